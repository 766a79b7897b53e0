import { describe, expect, it } from 'vitest';
import { validateView } from '../../src/sandbox/slack/validate/view.ts';
import { projectPickerView } from '../../src/slack/project-picker-view.ts';

const pick = (aliases: readonly string[]) =>
  projectPickerView({
    title: 'Policies',
    callbackId: 'policies:choose-project',
    metadata: '{"rest":[]}',
    aliases,
  });

const aliases = (many: number) => Array.from({ length: many }, (_, index) => `project-${index + 1}`);

describe('projectPickerView', () => {
  it('asks for the project by name', () => {
    const view = pick(['payments', 'analytics']);
    expect(validateView(view, 'modal')).toEqual([]);
    expect(view).toMatchSnapshot();
  });

  it.each([100, 101, 1_204])('offers all of %i projects', (many) => {
    const view = pick(aliases(many));
    expect(validateView(view, 'modal')).toEqual([]);
    const values = JSON.stringify(view).match(/"value":"project-\d+"/g);
    expect(values).toHaveLength(many);
  });
});
