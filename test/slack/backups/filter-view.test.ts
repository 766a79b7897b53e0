import { expect, it } from 'vitest';
import { filterView } from '../../../src/slack/backups/filter-view.ts';
import { expectView } from '../expect-view.ts';

it('asks which backups to show, with the present filter filled in', () => {
  const filter = { name: 'nightly', status: 'error' as const };
  const place = { project: 'payments', page: 7, filter };
  const view = filterView({ place, callbackId: 'backups:filter-form', metadata: '{}' });
  expectView(view);
  expect(view).toMatchSnapshot();
});
