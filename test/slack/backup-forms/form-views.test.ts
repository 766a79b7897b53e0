import { describe, expect, it } from 'vitest';
import { type SeenDisk, seenDisks } from '../../../src/core/backups/disks.ts';
import type { ManagedProject } from '../../../src/core/projects.ts';
import { createFormView, proposedName } from '../../../src/slack/backup-forms/create-form-view.ts';
import { deleteFormView } from '../../../src/slack/backup-forms/delete-form-view.ts';
import { type DrawnForm, formIds } from '../../../src/slack/backup-forms/form-kind.ts';
import { restoreFormView } from '../../../src/slack/backup-forms/restore-form-view.ts';
import type { BackupDetails } from '../../../src/slack/backups/read-backup.ts';
import { payments as somewhere } from '../bot-in-sandbox.ts';
import { expectView, HOSTILE } from '../expect-view.ts';
import { backup, DISK_ID, NOW, unavailable } from '../share/samples.ts';

const OTHER = 'd0000002-0000-4000-8000-000000000000';
const names = new Map([
  [DISK_ID, 'payments-db-1'],
  [OTHER, 'payments-db-2'],
]);
const payments: ManagedProject = { ...somewhere, disks: names };
const ids = formIds('f');

function form(more: Partial<DrawnForm> = {}): DrawnForm {
  return { projects: ['payments', 'platform'], project: payments, metadata: '{}', now: NOW, ...more };
}

function disk(id: string, backups = [{ ...backup, diskId: id }]): SeenDisk {
  const [found] = seenDisks(backups, names).filter((one) => one.id === id);
  return found ?? { id, name: undefined, sizeGib: undefined, backups: [] };
}

function details(more: Partial<BackupDetails> = {}): BackupDetails {
  return {
    project: 'payments',
    backup,
    disks: names,
    sharings: [],
    sharingsFailure: undefined,
    mayShare: true,
    mayStop: true,
    mayChange: true,
    ...more,
  };
}

const shared = {
  id: 's1',
  to: { alias: 'analytics', projectId: 'b'.repeat(32) },
  since: undefined,
  registered: undefined,
};

const forms = {
  create: (about: DrawnForm) => createFormView(about, ids),
  restore: (about: DrawnForm) => restoreFormView(about, ids),
  delete: (about: DrawnForm) => deleteFormView(about, ids, 'share:stop-all'),
};

const cases: readonly (readonly [title: string, draw: keyof typeof forms, about: DrawnForm])[] = [
  ['asks for the project first', 'create', form({ project: undefined })],
  ['asks for a disk, and proposes a name for its backup', 'create', form({ disk: disk(DISK_ID) })],
  [
    'says that a snapshot is needed where the cloud backs up nothing else',
    'create',
    form({ project: { ...payments, nativeBackups: true }, disk: disk(DISK_ID) }),
  ],
  ['asks for a backup and a disk', 'restore', form()],
  ['says that it is being read', 'restore', form({ reading: true })],
  ['says what is lost on the disk, and asks for its name', 'restore', form({ backup, disk: disk(OTHER) })],
  ['says that nothing tells how large the disk is', 'restore', form({ backup, disk: disk(OTHER, []) })],
  [
    'takes no disk that is too small',
    'restore',
    form({ backup, disk: disk(OTHER, [{ ...backup, diskId: OTHER, sizeGib: 40 }]) }),
  ],
  [
    'takes no backup that is not available',
    'restore',
    form({ backup: { ...backup, status: 'error' }, disk: disk(OTHER) }),
  ],
  ['asks for the name of what is deleted', 'delete', form({ backup, details: details() })],
  ['deletes nothing that is shared', 'delete', form({ backup, details: details({ sharings: [shared] }) })],
  [
    'offers nobody to stop a sharing who may not',
    'delete',
    form({ backup, details: details({ sharings: [shared], mayStop: false }) }),
  ],
  [
    'deletes nothing that is in use',
    'delete',
    form({ backup, details: details({ backup: { ...backup, status: 'restoring' } }) }),
  ],
  [
    'deletes nothing that later backups build on',
    'delete',
    form({ backup, details: details({ backup: { ...backup, hasDependents: true } }) }),
  ],
  [
    'says that it cannot be read whether it is shared',
    'delete',
    form({ backup, details: details({ sharingsFailure: unavailable }) }),
  ],
];

describe('the forms that change backups', () => {
  it.each(cases)('%s (%s)', (_, draw, about) => {
    const view = forms[draw](about);
    expectView(view);
    expect(view).toMatchSnapshot();
  });

  it.each(['create', 'restore', 'delete'] as const)('stays a view that Slack takes in hostile hands (%s)', (draw) => {
    const project = { ...payments, disks: new Map([[OTHER, HOSTILE]]) };
    const named = { ...backup, name: HOSTILE, id: 'b1' };
    const hostile = { id: OTHER, name: HOSTILE, sizeGib: undefined, backups: [named] };
    const to = { alias: HOSTILE, projectId: HOSTILE };
    for (const sharings of [[], Array.from({ length: 30 }, () => ({ ...shared, to }))]) {
      const about = details({ project: HOSTILE, backup: named, sharings });
      const view = forms[draw](form({ project, backup: named, disk: hostile, details: about, note: 'x' }));
      expectView(view);
      const mrkdwn = [...JSON.stringify(view).matchAll(/"type":"mrkdwn","text":"((?:[^"\\]|\\.)*)"/g)];
      expect(mrkdwn.map((match) => match[1]).join('\n')).not.toContain('<!channel>');
    }
  });
});

describe('proposedName', () => {
  it.each([
    ['payments-db-1', 'payments-db-1-20261120-1220'],
    ['Größe (neu)', 'Gr-e-neu-20261120-1220'],
    ['autopilot', 'disk-autopilot-20261120-1220'],
    [undefined, 'disk-d0000002-20261120-1220'],
    ['x'.repeat(80), `${'x'.repeat(50)}-20261120-1220`],
  ])('makes of %s a name that the cloud takes', (name, proposed) => {
    expect(proposedName({ id: OTHER, name }, NOW)).toBe(proposed);
    expect(proposed).toMatch(/^(?!auto)[A-Za-z0-9_-]{1,64}$/);
  });
});
