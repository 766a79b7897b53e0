import { describe, expect, it } from 'vitest';
import { allTagsView } from '../../../src/slack/policy-tags/all-tags-view.ts';
import { policyTagsView } from '../../../src/slack/policy-tags/policy-tags-view.ts';
import { tagProblem, tagsIn, wantedIn } from '../../../src/slack/policy-tags/tag-lines.ts';
import { tagsFormView } from '../../../src/slack/policy-tags/tags-form-view.ts';
import { expectView, HOSTILE } from '../expect-view.ts';

const buttons = { edit: 'tags:edit', remove: 'tags:remove', show: 'policy:show' };
const form = { callbackId: 'tags:find', metadata: '{}', show: 'policy:show' };
const policy = { id: 'p1', name: 'nightly' };
const tags = [
  { key: 'stage', value: 'production' },
  { key: 'empty', value: '' },
];
const wanted = [
  { key: 'stage', values: ['production', 'test'] },
  { key: 'team', values: [] },
];

describe('the views of tags', () => {
  it.each([
    [
      'shows the tags of a policy to an admin',
      policyTagsView({ project: 'payments', policy, tags, mayManage: true }, buttons),
    ],
    ['shows them to others', policyTagsView({ project: 'payments', policy, tags, mayManage: false }, buttons)],
    ['shows none', policyTagsView({ project: 'payments', policy, tags: [], mayManage: true }, buttons)],
    [
      'asks for tags',
      tagsFormView({ project: 'payments', policyName: 'nightly', action: 'update', text: 'stage=test' }, form),
    ],
    ['shows all tags', allTagsView({ project: 'payments', tags: wanted, found: undefined }, form)],
    [
      'shows what was found',
      allTagsView(
        { project: 'payments', tags: wanted, found: { wanted, total: 27, policies: [{ ...policy, tags }] } },
        form,
      ),
    ],
    [
      'shows that nothing was found',
      allTagsView({ project: 'payments', tags: [], found: { wanted, total: 0, policies: [] } }, form),
    ],
  ])('%s', (_, view) => {
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });

  it('hold hostile tags', () => {
    const bad = Array.from({ length: 10 }, () => ({ key: HOSTILE, value: HOSTILE }));
    // The cloud's keys are no longer than that.
    const longest = bad.map(({ value }) => ({ key: HOSTILE.slice(0, 127), value }));
    const of = { project: HOSTILE, policy: { id: 'p1', name: HOSTILE } };
    expectView(policyTagsView({ ...of, tags: longest, mayManage: true }, buttons));
    const values = Array.from({ length: 100 }, () => HOSTILE);
    const all = Array.from({ length: 40 }, () => ({ key: HOSTILE, values }));
    const policies = Array.from({ length: 40 }, (_, at) => ({ id: `p${at}`, name: HOSTILE, tags: bad }));
    const found = { wanted: all.slice(0, 2), total: 40, policies };
    expectView(allTagsView({ project: HOSTILE, tags: all, found }, form));
  });
});

describe('lines of tags', () => {
  it('are a key and a value each', () => {
    expect(tagsIn('stage=test\r\n\n team = a=b \nempty')).toEqual([
      { key: 'stage', value: 'test' },
      { key: 'team', value: 'a=b' },
      { key: 'empty', value: '' },
    ]);
  });

  it('are a key and any of several values where they are looked for', () => {
    expect(wantedIn('stage=test, production,test,\nteam')).toEqual([
      { key: 'stage', values: ['test', 'production'] },
      { key: 'team', values: [] },
    ]);
  });

  it.each([
    ['create', ['new'], undefined],
    ['create', ['stage'], 'The policy has stage already: choose “Change” for it.'],
    ['update', ['stage'], undefined],
    ['update', ['new'], 'The policy has no tag new: it has stage, team.'],
    ['delete', ['new', 'team'], 'The policy has no tag new: it has stage, team.'],
    [
      'create',
      Array.from({ length: 9 }, (_, at) => `k${at}`),
      'A policy has at most 10 tags, and this would make 11: remove one first.',
    ],
  ] as const)('to %s %j: %s', (action, keys, problem) => {
    const given = keys.map((key) => ({ key, value: '' }));
    expect(tagProblem(action, given, ['stage', 'team'])).toBe(problem);
  });
});
