import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvals, missingApprovals, outcomeOfVotes, type Vote } from '../../src/core/votes.ts';

const AT = new Date('2026-11-20T10:00:00Z');

function vote(user: string, kind: Vote['kind'] = 'approve'): Vote {
  return { side: 'source', user, kind, reason: undefined, at: AT };
}

describe('votes on a share request', () => {
  it('never count the requester', () => {
    const request = { requester: 'U1', approvalsNeeded: 1, votes: [vote('U1')] };
    expect(approvals(request)).toEqual([]);
    expect(outcomeOfVotes(request)).toBe('pending');
    expect(outcomeOfVotes({ ...request, votes: [vote('U1', 'reject')] })).toBe('pending');
  });

  it('count each person once', () => {
    const request = { requester: 'U1', approvalsNeeded: 2, votes: [vote('U2'), vote('U2')] };
    expect(missingApprovals(request)).toBe(1);
    expect(outcomeOfVotes(request)).toBe('pending');
  });

  it('approve once there are enough', () => {
    const request = { requester: 'U1', approvalsNeeded: 2, votes: [vote('U2'), vote('U3')] };
    expect(outcomeOfVotes(request)).toBe('approved');
  });

  it('reject by a single rejection, however many approved', () => {
    const request = { requester: 'U1', approvalsNeeded: 2, votes: [vote('U2'), vote('U3'), vote('U4', 'reject')] };
    expect(outcomeOfVotes(request)).toBe('rejected');
  });

  it('never approve on fewer distinct approvers than needed, whatever is clicked', () => {
    const votes = fc.array(fc.record({ user: fc.constantFrom('U1', 'U2', 'U3'), approve: fc.boolean() }));
    fc.assert(
      fc.property(votes, fc.integer({ min: 1, max: 4 }), (clicks, approvalsNeeded) => {
        const cast = clicks.map(({ user, approve }) => vote(user, approve ? 'approve' : 'reject'));
        const outcome = outcomeOfVotes({ requester: 'U1', approvalsNeeded, votes: cast });
        const others = new Set(clicks.filter(({ user, approve }) => approve && user !== 'U1').map(({ user }) => user));
        expect(outcome === 'approved' ? others.size >= approvalsNeeded : true).toBe(true);
      }),
    );
  });
});
