import { describe, expect, it } from 'vitest';
import { Access } from '../../src/core/access.ts';
import { CannotCheck, NotAllowed } from '../../src/core/errors.ts';
import type { Directory } from '../../src/core/ports.ts';
import { type ManagedProject, Projects } from '../../src/core/projects.ts';

const payments: ManagedProject = {
  alias: 'payments',
  id: 'a'.repeat(32),
  region: 'eu-de',
  approvalsChannel: 'C1',
  alertsChannel: 'C2',
  approvers: { users: ['UOWNER'], groups: ['SOWNERS'] },
  requesters: { users: ['UDEV'], groups: [] },
  operators: { users: ['UOPS'], groups: [] },
  admins: { users: ['UADMIN'], groups: [] },
  approvals: 1,
  requestOpenForMs: 1_000,
  allowUnknownTargets: false,
  disks: new Map(),
};
const open: ManagedProject = { ...payments, alias: 'open', id: 'b'.repeat(32), requesters: 'everyone' };

const groups: Directory = { membersOf: async (id) => new Set(id === 'SOWNERS' ? ['UGROUP'] : []) };
const down: Directory = {
  membersOf: async () => {
    throw new Error('Slack is down');
  },
};

function access(directory: Directory): Access {
  return new Access(directory, new Projects([payments, open], []));
}

describe('access', () => {
  it.each([
    ['approve', 'UOWNER', true],
    ['approve', 'UGROUP', true],
    ['approve', 'UDEV', false],
    ['approve', 'UOPS', false],
    ['stop', 'UGROUP', true],
    ['stop', 'UOPS', false],
    ['run', 'UOPS', true],
    ['run', 'UOWNER', false],
    ['request', 'UDEV', true],
    ['request', 'UOWNER', false],
    ['view', 'UDEV', true],
    ['view', 'UGROUP', true],
    ['view', 'UOPS', true],
    ['view', 'USTRANGER', false],
    ['view', 'UADMIN', true],
    ['ask-change', 'UDEV', true],
    ['ask-change', 'UOPS', true],
    ['ask-change', 'UADMIN', true],
    ['ask-change', 'UOWNER', false],
    ['back-up', 'UOPS', true],
    ['back-up', 'UADMIN', true],
    ['back-up', 'UDEV', false],
    ['manage', 'UADMIN', true],
    ['manage', 'UOPS', false],
    ['manage', 'UOWNER', false],
    ['audit', 'UGROUP', true],
    ['audit', 'UADMIN', true],
    ['audit', 'UDEV', false],
  ] as const)('to %s for %s is %s', async (action, user, allowed) => {
    expect(await access(groups).may(action, payments, user)).toBe(allowed);
  });

  it('lets everyone request where the project says so, and view what they may request', async () => {
    expect(await access(groups).may('request', open, 'USTRANGER')).toBe(true);
    expect((await access(groups).projects('view', 'USTRANGER')).map((project) => project.alias)).toEqual(['open']);
  });

  it('refuses with who may', async () => {
    const refusal = access(groups).assert('approve', payments, 'UDEV');
    await expect(refusal).rejects.toBeInstanceOf(NotAllowed);
    await expect(refusal).rejects.toMatchObject({
      action: 'approve',
      project: 'payments',
      allowed: payments.approvers,
    });
  });

  it('lets nobody in while a group cannot be looked up, except those named one by one', async () => {
    expect(await access(down).may('approve', payments, 'UOWNER')).toBe(true);
    await expect(access(down).may('approve', payments, 'UGROUP')).rejects.toBeInstanceOf(CannotCheck);
  });

  it('lets in by the one group that can be looked up', async () => {
    const half: Directory = {
      membersOf: (id) => (id === 'SLOST' ? down.membersOf(id) : groups.membersOf(id)),
    };
    const project = { ...payments, approvers: { users: [], groups: ['SLOST', 'SOWNERS'] } };
    expect(await access(half).may('approve', project, 'UGROUP')).toBe(true);
    await expect(access(half).may('approve', project, 'UDEV')).rejects.toBeInstanceOf(CannotCheck);
  });

  it('counts who may approve besides the one who asks, and does not guess', async () => {
    expect(await access(groups).othersWhoApprove(payments, 'UDEV')).toBe(2);
    expect(await access(groups).othersWhoApprove(payments, 'UOWNER')).toBe(1);
    expect(await access(down).othersWhoApprove(payments, 'UDEV')).toBeUndefined();
  });

  it('names the approvers it can still know when a group cannot be looked up', async () => {
    expect(await access(down).approversOf(payments)).toEqual(['UOWNER']);
    expect(await access(groups).approversOf(payments)).toEqual(['UOWNER', 'UGROUP']);
  });

  it.each([
    ['request', 'UDEV', true],
    ['request', 'UOPS', false],
    ['request', 'UOWNER', true],
    ['request', 'UGROUP', true],
    [undefined, 'UGROUP', true],
    [undefined, 'UDEV', false],
  ] as const)('lets a request that was asked for by “%s” be tried again by %s: %s', async (asked, user, may) => {
    const trying = access(groups).assertRetry(asked, payments, user);
    await (may ? trying : expect(trying).rejects.toBeInstanceOf(NotAllowed));
  });

  it('lets whoever still may ask try again also while Slack is down', async () => {
    await access(down).assertRetry('request', payments, 'UDEV');
  });
});
