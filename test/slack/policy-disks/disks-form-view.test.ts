import { describe, expect, it } from 'vitest';
import type { KnownDisks } from '../../../src/core/policies/known-disks.ts';
import { diskChoices, typedIds } from '../../../src/slack/policy-disks/disk-choices.ts';
import { type DisksForm, disksFormView } from '../../../src/slack/policy-disks/disks-form-view.ts';
import { expectView, HOSTILE } from '../expect-view.ts';
import { disks, minutesAgo, policy } from '../policies/samples.ts';

const ids = { form: 'policy:disks', search: 'policy:find-disks', metadata: '{}' };
const [first = '', second = '', third = ''] = disks.keys();
const unnamed = 'd0000009-0000-4000-8000-000000000000';
const nightly = { id: policy().id, name: 'nightly' };
const known: KnownDisks = {
  places: new Map([
    [first, { diskId: first, policy: nightly }],
    [second, { diskId: second, policy: { id: 'b', name: 'weekly' } }],
    [third, { diskId: third, policy: undefined }],
  ]),
  of: (policyId) => (policyId === nightly.id ? [first] : []),
};

function form(more: Partial<DisksForm> = {}): DisksForm {
  return { way: 'add', project: 'payments', policy: policy(), chosen: [], typed: [], known, names: disks, ...more };
}

describe('disksFormView', () => {
  const all = [first, second, third, unnamed];

  it.each<[string, DisksForm]>([
    ['asks for disks to add', form()],
    ['says from which policy each is taken', form({ chosen: all })],
    ['asks for disks to take out', form({ way: 'remove' })],
    ['says what each loses', form({ way: 'remove', chosen: all })],
  ])('%s', (_, about) => {
    const view = disksFormView(about, ids);
    expectView(view);
    expect(view.blocks).toMatchSnapshot();
  });

  it('lists the disks that were chosen, and says of the typed ones too what happens to them', () => {
    const view = disksFormView(form({ chosen: [first], typed: [first, unnamed] }), ids);
    expectView(view);
    const shown = JSON.stringify(view.blocks);
    expect(shown.match(/"initial_options":\[.*?\]/)?.[0]).not.toContain(unnamed);
    expect(shown).toContain('• payments-db-1 is in this policy already.\\n• disk d0000009 is in no policy');
  });

  it('holds many disks with hostile names', () => {
    const chosen = Array.from({ length: 300 }, (_, index) => `disk-${index}`);
    const names = new Map(chosen.map((id) => [id, HOSTILE]));
    expectView(disksFormView(form({ chosen, names, project: HOSTILE, policy: policy({ name: HOSTILE }) }), ids));
  });
});

describe('the disks of a search', () => {
  const backup = {
    id: 'b1',
    name: 'ledger-0412',
    status: 'available' as const,
    sizeGib: 100,
    diskId: unnamed,
    takenAt: minutesAgo(600),
    description: undefined,
    failReason: undefined,
    incremental: undefined,
    availabilityZone: undefined,
  };
  const sources = { names: disks, known, backups: [backup] };

  it('are found by name, id, policy or the name of their last backup', () => {
    const found = (query: string) => diskChoices(sources, query).map(({ text }) => text);
    expect(found('')).toEqual([unnamed, 'payments-db-1', 'payments-db-2', 'payments-web-1']);
    expect(found('DB-2')).toEqual(['payments-db-2']);
    expect(found('weekly')).toEqual(['payments-db-2']);
    expect(found('d0000009')).toEqual([unnamed]);
    expect(found('ledger')).toEqual([unnamed]);
    expect(diskChoices(sources, '', [first])).toEqual([
      { text: 'payments-db-1', value: first, description: 'in nightly' },
    ]);
    expect(diskChoices(sources, 'ledger')[0]?.description).toBe('last backup 20 Nov 2026');
  });

  it('are typed in any way that parts them', () => {
    expect(typedIds(` ${unnamed.toUpperCase()},${first};\n${second} `)).toEqual([unnamed, first, second]);
    expect(typedIds(' \n')).toEqual([]);
  });
});
