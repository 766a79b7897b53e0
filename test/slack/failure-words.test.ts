import { describe, expect, it } from 'vitest';
import { failureKinds } from '../../src/core/failure.ts';
import { failureSentence, failureWords } from '../../src/slack/failure-words.ts';

describe('work that failed in the cloud', () => {
  it('was not refused: it is told in the cloud’s words, with what to do', () => {
    expect(failureSentence({ kind: 'failed_in_cloud', message: 'Failed to query the <backup>.' })).toBe(
      'The cloud says: “Failed to query the &lt;backup&gt;.” Try again, and ask the cloud’s support if it stays so.',
    );
    expect(failureSentence({ kind: 'failed_in_cloud', code: 'VolumeBackup.9999' })).toBe(
      'It failed in the cloud. Try again, and ask the cloud’s support if it stays so.',
    );
  });
});

describe('every failure', () => {
  it('says what to do, or that the bot does it', () => {
    const silent = failureKinds.filter((kind) => failureWords({ kind }).remedy === undefined);
    expect(silent).toEqual(['reason_unread']);
    expect(failureSentence({ kind: 'reason_unread' })).toMatch(/the bot goes on asking\.$/);
  });

  it('ends what the cloud wrote with the full stop that it lacks, and with no second one', () => {
    const said = ['no such zone', 'No such zone.'].map((message) => failureSentence({ kind: 'refused', message }));
    expect(said).toEqual([
      'The cloud refused this. It says: “no such zone”. Ask the cloud’s support why, if its answer does not tell.',
      'The cloud refused this. It says: “No such zone.” Ask the cloud’s support why, if its answer does not tell.',
    ]);
  });

  it('whose outcome is not certain names the list to look at', () => {
    expect(failureSentence({ kind: 'not_confirmed' }, '/vbs shares payments out')).toBe(
      'The cloud took the call, but does not show that it was done. Before repeating it, look whether it was: `/vbs shares payments out`.',
    );
  });
});

describe('what to do about a backup', () => {
  it('that is worked on is to wait, and about one that failed is to choose another', () => {
    const sentences = (['creating', 'error'] as const).map((message) =>
      failureSentence({ kind: 'backup_not_available', message }),
    );
    expect(sentences).toEqual([
      'The backup is not available now. Its status is “creating”. Try again once its status is “available”.',
      'The backup is not available now. Its status is “error”. Choose another backup.',
    ]);
  });

  it('that is gone fits also whoever wanted it deleted', () => {
    expect(failureSentence({ kind: 'backup_gone' })).toBe(
      'The backup was deleted meanwhile. If one is still needed, choose another or make a new one.',
    );
  });
});

describe('credentials that the cloud refused', () => {
  it('are not tried again at once, and people hear when, why, and what to do', () => {
    const nextTryAt = new Date('2026-11-21T04:16:00Z');
    expect(failureSentence({ kind: 'credentials', remedy: 'Check the password of payments.', nextTryAt })).toBe(
      'The cloud does not accept the credentials of this project. Check the password of payments. The bot does not log in again before <!date^1795234560^{time}|04:16 UTC>, since the cloud may lock a user that it refuses too often; restarted, it tries at once.',
    );
  });
});
