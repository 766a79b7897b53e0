import { describe, expect, it } from 'vitest';
import {
  draftOf,
  enteredDraft,
  newDraft,
  type PolicyDraft,
  planOf,
} from '../../../src/slack/policy-form/policy-draft.ts';
import { type PolicyForm, policyFormView } from '../../../src/slack/policy-form/policy-form-view.ts';
import { expectView, HOSTILE } from '../expect-view.ts';
import { NOW, policy } from '../policies/samples.ts';

const ids = { form: 'policy:form', draw: 'policy:draw', metadata: '{}' };

function form(more: Partial<Omit<PolicyForm, 'draft'>> = {}, draft: Partial<PolicyDraft> = {}): PolicyForm {
  return {
    project: 'payments',
    policy: undefined,
    draft: { ...newDraft([]), ...draft },
    seen: { now: NOW, lastRun: undefined },
    keepMost: 99,
    policies: 3,
    ...more,
  };
}

describe('policyFormView', () => {
  const cases: readonly [string, PolicyForm][] = [
    ['asks for a new policy', form()],
    ['asks for days of the week in place of a number of days', form({}, { frequency: 'week', timeZone: 'UTC-05:00' })],
    ['says what is missing', form({}, { frequency: 'week', weekDays: [], hours: [], keepCount: Number.NaN })],
    ['says what half an hour means', form({}, { timeZone: 'UTC+05:30', hours: [0, 22] })],
    ['says that its first run is still to come', form({}, { everyDays: 3, keep: 'days', keepCount: 60 })],
    ['changes a policy', form({ policy: 'nightly', keepMost: 14 }, { ...draftOf(policy()), enabled: false })],
    ['leaves the name of the default policy alone', form({ policy: 'default' }, { name: 'default' })],
    ['keeps the tags that were typed', form({}, { tags: 'team=data\nstage' })],
    ['says that the project is full', form({ policies: 10 })],
  ];

  it.each(cases)('%s', (_, about) => {
    const view = policyFormView(about, ids);
    expectView(view);
    expect(view).toMatchSnapshot();
  });

  it.each([7.5, 1e23, Number.POSITIVE_INFINITY])('says that %d was typed in vain, and can be shown', (keepCount) => {
    const view = policyFormView(form({}, { keepCount }), ids);
    expectView(view);
    expect(JSON.stringify(view.blocks)).toContain('not said yet: a whole number from 2 to 99');
  });

  it('holds hostile names and zones', () => {
    const draft = draftOf(
      policy({ name: HOSTILE, schedule: { ...policy().schedule, timeZone: 'UTC+13:45', everyDays: 30 } }),
    );
    expectView(policyFormView(form({ project: HOSTILE, policy: HOSTILE }, { ...draft, name: '' }), ids));
  });
});

describe('a policy as its form holds it', () => {
  it('is the same plan as the policy that it was made of', () => {
    const { name, enabled, schedule, retention } = policy();
    expect(planOf(draftOf(policy()))).toEqual({ name, enabled, schedule, retention });
  });

  it('is what was entered, and starts in the zone that most policies have', () => {
    const zones = ['UTC+01:00', 'UTC+08:00', 'UTC+08:00', undefined, undefined, undefined];
    const start = newDraft(zones.map((timeZone) => policy({ schedule: { ...policy().schedule, timeZone } })));
    expect(start.timeZone).toBe('UTC+08:00');
    const entered = enteredDraft(
      {
        name: ' weekend ',
        frequency: 'week',
        weekDays: ['SAT'],
        timeZone: 'UTC+08:00',
        hours: ['2', '22'],
        keep: 'days',
        keepCount: '60',
        also: ['first'],
        tags: 'team=data\n',
      },
      start,
    );
    expect(entered.tags).toBe('team=data\n');
    expect(planOf(entered)).toEqual({
      name: 'weekend',
      enabled: false,
      schedule: { times: ['18:00', '14:00'], timeZone: 'UTC+08:00', everyDays: undefined, weekDays: ['SAT'] },
      retention: { keepLast: undefined, keepDays: 60, keepFirstOfMonth: true },
    });
  });

  it('starts with the hours that were chosen where the zone has just been changed, and they are still to come', () => {
    const start = { ...newDraft([]), hours: [5] };
    const entered = enteredDraft({ name: null, frequency: 'days', everyDays: '2', keep: 'last', keepCount: '' }, start);
    expect(entered).toMatchObject({ hours: [5], everyDays: 2, name: '', keepCount: Number.NaN });
  });
});
