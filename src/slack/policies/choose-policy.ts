import { confirmation } from './confirm-run.ts';
import { RUN_TITLE } from './confirm-run-view.ts';
import { PolicyChooser } from './policy-chooser.ts';

/** Which policy is to be run. */
export const runChooser = new PolicyChooser({
  id: 'run',
  command: '/vbs run',
  title: RUN_TITLE,
  action: 'run',
  next: confirmation,
});
