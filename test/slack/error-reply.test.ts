import { WebAPIHTTPError, WebAPIPlatformError } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import {
  AlreadyDecided,
  AlreadyRunning,
  AlreadyVoted,
  CannotCheck,
  InvalidInput,
  inputRules,
  NotAllowed,
  NotFound,
  StoreAway,
} from '../../src/core/errors.ts';
import { CloudError } from '../../src/core/failure.ts';
import { TookTooLong } from '../../src/slack/dispatch/timing.ts';
import { errorReply, fieldSentences } from '../../src/slack/error-reply.ts';
import { OutOfDate } from '../../src/slack/out-of-date.ts';

const now = new Date('2026-11-21T10:00:00Z');
const people = { users: ['U1', 'U2'], groups: ['S1'] };

function said(error: unknown): string {
  return errorReply(error, { reference: 'AB12CD', now }).message.text;
}

describe('an error is said as what happened, why and what to do', () => {
  test.each<[string, unknown, string]>([
    [
      'not allowed',
      new NotAllowed({ action: 'run', project: 'payments', allowed: people }),
      '⛔ Only the operators of payments run its policies: <@U1>, <@U2> and <!subteam^S1>.',
    ],
    [
      'own request',
      new NotAllowed({ action: 'approve', project: 'payments', allowed: people, own: true }),
      '⛔ Only the owners of payments decide on this request: <@U1>, <@U2> and <!subteam^S1>. You asked for it, so your own vote would not count anyway.',
    ],
    [
      'withdrawing what another asked for',
      new NotAllowed({ action: 'withdraw', project: 'payments', allowed: { users: ['U1'], groups: [] } }),
      '⛔ Only the person who asked can withdraw this request.',
    ],
    [
      'trying again, which whoever asked may as well',
      new NotAllowed({ action: 'retry', project: 'payments', allowed: people }),
      '⛔ Only the one who asked and the owners of payments try it again: <@U1>, <@U2> and <!subteam^S1>.',
    ],
    [
      'nobody may',
      new NotAllowed({ action: 'stop', project: 'payments', allowed: { users: [], groups: [] } }),
      '⛔ Only the owners of payments stop a sharing: nobody yet.',
    ],
    [
      'a slip of the finger',
      new NotFound('project', 'paymnets', ['payments', 'analytics']),
      'There is no project `paymnets`. Did you mean `payments`?',
    ],
    [
      'nothing near',
      new NotFound('project', 'zebra', ['payments', 'analytics']),
      'There is no project `zebra`. There are `payments` and `analytics`.',
    ],
    [
      'nothing near the only one',
      new NotFound('project', 'zebra', ['payments']),
      'There is no project `zebra`. There is `payments`.',
    ],
    [
      'nothing near any of many',
      new NotFound(
        'policy',
        'zzz',
        Array.from({ length: 14 }, (_, index) => `p${index}`),
      ),
      'There is no policy `zzz`. There are `p0`, `p1`, `p2`, `p3`, `p4`, `p5`, `p6`, `p7`, `p8`, `p9` and 4 more.',
    ],
    ['gone', new NotFound('backup', 'B1'), 'There is no backup `B1`. It may have been deleted meanwhile.'],
    [
      'decided',
      new AlreadyDecided({ state: 'rejected', by: 'U2', at: new Date('2026-11-21T09:55:00Z') }),
      'This request was rejected already by <@U2>, 5 min ago. Nothing was changed.',
    ],
    [
      'expired',
      new AlreadyDecided({ state: 'expired', at: new Date('2026-11-21T08:00:00Z') }),
      'This request expired already, 2 h ago. Nothing was changed.',
    ],
    [
      'a second click of one’s own',
      new AlreadyDecided({ state: 'shared', by: 'U1', at: new Date('2026-11-21T09:58:00Z'), own: true }),
      'You approved this request 2 min ago; the backup is shared.',
    ],
    [
      'a click after another’s',
      new AlreadyDecided({ state: 'executing', by: 'U2', at: new Date('2026-11-21T09:58:00Z') }),
      'This request was approved already by <@U2>, 2 min ago; the bot is carrying it out.',
    ],
    [
      'a second try of what is being tried again',
      new AlreadyDecided({ state: 'approved', at: now }),
      'This request was dealt with already, just now; the bot is carrying it out.',
    ],
    [
      'a second rejection of one’s own',
      new AlreadyDecided({ state: 'rejected', by: 'U1', at: now, own: true }),
      'You rejected this request just now. Nothing was changed.',
    ],
    [
      'a rejection after one’s own approval',
      new AlreadyVoted(new Date('2026-11-21T09:58:00Z')),
      'You approved this request 2 min ago, and an approval is not taken back. Another owner can still reject it, and whoever asked can withdraw it.',
    ],
    [
      'running',
      new AlreadyRunning('RUN1'),
      'This policy is being run already; its card in the channel shows how far it is.',
    ],
    [
      'unknown rights',
      new CannotCheck('payments', new Error('away')),
      '⚠️ Who may do this in payments cannot be looked up in Slack now, so nothing was done. Try again in a minute.',
    ],
    [
      'a bot that Slack refuses',
      new WebAPIPlatformError({ ok: false, error: 'token_revoked' }),
      '❌ Slack does not let the bot do this, and trying again does not help. Tell whoever runs the bot: `vbs-chatops doctor` says how to mend it.\nSlack says: token_revoked · reference AB12CD',
    ],
    [
      'rights that the bot may not look up',
      new CannotCheck('payments', new WebAPIPlatformError({ ok: false, error: 'missing_scope' })),
      '❌ Slack does not let the bot do this, and trying again does not help. Tell whoever runs the bot: `vbs-chatops doctor` says how to mend it.\nSlack says: missing_scope · reference AB12CD',
    ],
    [
      'a Slack that is in trouble',
      new WebAPIPlatformError({ ok: false, error: 'internal_error' }),
      '⚠️ Slack does not take what the bot answers now. Try again in a minute; if it stays so, tell whoever runs the bot.\nSlack says: internal_error · reference AB12CD',
    ],
    [
      'a Slack that is down',
      new WebAPIHTTPError(503, 'Service Unavailable', {}, 'upstream error'),
      '⚠️ Slack does not take what the bot answers now. Try again in a minute; if it stays so, tell whoever runs the bot.\nSlack says: An HTTP protocol error occurred: statusCode = 503 · reference AB12CD',
    ],
    [
      'a Slack that refuses what was in the call',
      new WebAPIPlatformError({ ok: false, error: 'invalid_blocks' }),
      '❌ Something went wrong on our side. Try again; if it stays so, tell whoever runs the bot.\nreference AB12CD',
    ],
    ['an old form', new OutOfDate('/vbs share'), 'This form is out of date; run `/vbs share` again.'],
    ['too long', new TookTooLong(60_000), '⚠️ This takes longer than it should. Try again in a few minutes.'],
    [
      'the cloud',
      new CloudError('share', {
        failure: {
          kind: 'refused',
          code: 'VolumeBackup.0042',
          explanation: 'The backup is being used.',
          remedy: 'Wait for it to end.',
          requestId: 'req-1',
        },
        effect: 'none',
      }),
      '❌ The backup is being used. Wait for it to end.\nVolumeBackup.0042 · request id req-1',
    ],
    [
      'a database that is away',
      new StoreAway('none', new Error('connect ECONNREFUSED 127.0.0.1:5432')),
      '⚠️ The bot cannot reach its database now, so nothing was changed. Try again in a minute; if it stays so, tell whoever runs the bot.\nreference AB12CD',
    ],
    [
      'a database that went away while it took something',
      new StoreAway('unknown', new Error('Connection terminated unexpectedly')),
      '⚠️ The bot lost its database in the middle of this, so it is not certain whether it was put down. In a minute, see `/vbs requests` and the cards before you do it again; if it stays so, tell whoever runs the bot.\nreference AB12CD',
    ],
    [
      'ours',
      new TypeError('x is undefined'),
      '❌ Something went wrong on our side. Try again; if it stays so, tell whoever runs the bot.\nreference AB12CD',
    ],
  ])('%s', (_, error, text) => {
    expect(said(error)).toBe(text);
  });
});

test('names in an error are harmless', () => {
  expect(said(new NotFound('project', '<!channel> `x`'))).not.toContain('<!channel>');
});

test('every rule of input has its sentence at its field', () => {
  const faults = inputRules.map((rule) => ({ field: rule, rule, about: 'analytics' }));

  expect(fieldSentences(faults)).toMatchSnapshot();
});

test('the first fault of a field is the one that is said', () => {
  const error = new InvalidInput([
    { field: 'targets', rule: 'own_project', about: 'payments' },
    { field: 'targets', rule: 'too_long', about: '10' },
    { field: 'reason', rule: 'required' },
  ]);

  expect(errorReply(error, { reference: '', now }).fields).toEqual({
    targets: 'payments is the project that the backup belongs to; choose another one.',
    reason: 'This is needed.',
  });
});

test('only what is ours is an error in the log; what people did is none of it', () => {
  const severity = (error: unknown) => errorReply(error, { reference: '', now }).severity;

  expect([
    severity(new NotFound('backup', 'B1')),
    severity(new CannotCheck('payments', undefined)),
    severity(new Error('x')),
  ]).toEqual(['none', 'warn', 'error']);
});
