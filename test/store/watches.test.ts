import { expect, it } from 'vitest';
import { onEachDatabase } from './on-each-database.ts';
import { claimAt, noon } from './samples.ts';

onEachDatabase('the store of watches', ({ open }) => {
  it('hands out each project once, and again when its next sweep is due', async () => {
    const { watches } = await open();
    const projects = ['payments', 'crm'];
    const [first] = await watches.claimDue(projects, claimAt(0, 1));
    const [second] = await watches.claimDue(projects, claimAt(0));
    expect(new Set([first?.item.project, second?.item.project])).toEqual(new Set(projects));
    expect(await watches.claimDue(projects, claimAt(0))).toEqual([]);
    const { project } = first?.item ?? { project: '' };
    const outcome = { at: noon(0.5), nextAt: noon(2), failure: { kind: 'credentials' } } as const;
    expect(await watches.done(project, 'other', outcome)).toBe(false);
    expect(await watches.done(project, first?.lease ?? '', outcome)).toBe(true);
    expect(await watches.get(project)).toEqual({ project, lastSweepAt: noon(0.5), lastFailure: outcome.failure });
    // The other's worker has died, so that its lease runs out first.
    expect((await watches.claimDue(projects, claimAt(1)))[0]?.item.project).toBe(second?.item.project);
    expect((await watches.claimDue(projects, claimAt(2))).map(({ item }) => item.project)).toContain(project);
  });

  it('hands a project out where its last sweep lies in the future, as after a clock that was set back', async () => {
    const { watches } = await open();
    const [claim] = await watches.claimDue(['payments'], claimAt(60));
    const outcome = { at: noon(60), nextAt: noon(61), failure: undefined };
    await watches.done('payments', claim?.lease ?? '', outcome);
    // The clocks of two replicas are never quite the same.
    expect(await watches.claimDue(['payments'], claimAt(59.9))).toEqual([]);
    expect(await watches.claimDue(['payments'], claimAt(0))).toMatchObject([{ item: { project: 'payments' } }]);
  });

  it('leaves alone the projects that are not asked for', async () => {
    const { watches } = await open();
    await watches.claimDue(['payments'], claimAt(0));
    expect(await watches.claimDue(['crm'], claimAt(0))).toMatchObject([{ item: { project: 'crm' } }]);
    expect(await watches.claimDue([], claimAt(9))).toEqual([]);
    expect(await watches.get('unheard-of')).toBeUndefined();
  });

  it('remembers the policies that were swept before, more than a thousand', async () => {
    const { watches } = await open();
    expect(await watches.seenPolicies('payments')).toEqual(new Set());
    const policies = Array.from({ length: 1_100 }, (_, index) => `policy-${index}`);
    await watches.markSeen('payments', policies);
    await watches.markSeen('payments', ['policy-1', 'policy-new']);
    await watches.markSeen('crm', ['policy-crm']);
    await watches.markSeen('crm', []);
    expect(await watches.seenPolicies('payments')).toEqual(new Set([...policies, 'policy-new']));
  });
});
