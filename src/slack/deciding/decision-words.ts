import type { ActionsBlockElement } from '@slack/types';
import type { Decidable } from '../../core/decidable.ts';
import { approvals, missingApprovals, REASON_MAX, type Votable, type Vote } from '../../core/votes.ts';
import { button, oneLine, safe } from '../kit.ts';
import { mention } from '../people-words.ts';
import { moment } from '../share/share-words.ts';
import { count, marked, slackDate } from '../words.ts';

/** `1 more approval` */
export function missingWords(request: Votable): string {
  const missing = missingApprovals(request);
  return `${count(missing)} more ${missing === 1 ? 'approval' : 'approvals'}`;
}

/** A line for each approval that counts, in safe mrkdwn. */
export function approvalLines(request: Votable): readonly string[] {
  return approvals(request).map((vote) => marked('done', `Approved by ${mention(vote.user)}, ${moment(vote.at)}`));
}

/** A line for each rejection, with its reason. */
export function rejectionLines({ votes }: Votable): readonly string[] {
  return votes
    .filter((vote) => vote.kind === 'reject')
    .map((vote) => {
      const why = vote.reason === undefined ? '' : `: “${oneLine(vote.reason, REASON_MAX)}”`;
      return marked('refused', `Rejected by ${mention(vote.user)}, ${moment(vote.at)}${why}`);
    });
}

/** Who took it back, and when. */
export function withdrawnLine(request: Pick<Decidable, 'requester' | 'updatedAt'>): string {
  return marked('withdrawn', `Withdrawn by ${mention(request.requester)}, ${moment(request.updatedAt)}`);
}

/** That it was not decided in time; `again` is the command that asks anew. */
export function expiredLine({ expiresAt }: Pick<Decidable, 'expiresAt'>, again: string): string {
  return marked('expired', `Not decided by ${slackDate(expiresAt)}. \`${again}\` asks again.`);
}

/** What was missing after this person's approval; with nothing missing, `then`. */
export function nowNeeded(request: Votable, user: string, then: string): string {
  const at = request.votes.findIndex((vote) => vote.user === user && vote.kind === 'approve');
  const missing = missingApprovals({ ...request, votes: request.votes.slice(0, at + 1) });
  if (missing === 0) return then;
  return missing === 1 ? '1 more approval is needed.' : `${count(missing)} more approvals are needed.`;
}

/** Why this person rejected the request. */
export function reasonOf(request: Votable, user: string): string | undefined {
  return request.votes.find((vote: Vote) => vote.kind === 'reject' && vote.user === user)?.reason;
}

/** `: “the reason”`, on the line that it ends. */
export function because(reason: string | undefined): string {
  return reason === undefined ? '.' : `: “${oneLine(reason, REASON_MAX)}”`;
}

/** A longer reason stands by itself: in one of two columns it would make a tower. */
const SHORT_REASON = 120;

/** Whether a reason fits into a column beside the other facts. */
export function isShortReason(reason: string): boolean {
  return reason.length <= SHORT_REASON && !safe(reason).includes('\n');
}

/** More lines than these are written on as one: a card's buttons stay near its top. */
const REASON_LINES = 20;

/**
 * Why something is asked for, behind its label. Several lines stand as a quote, so that none of them passes for what the
 * bot says.
 */
export function whyWords(label: string, reason: string): string {
  const lines = safe(reason)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const [only = '', second] = lines;
  if (second === undefined) return `${label}${only}`;
  const shown = [...lines.slice(0, REASON_LINES - 1), lines.slice(REASON_LINES - 1).join(' ')].filter(
    (line) => line !== '',
  );
  return [label.trimEnd(), ...shown.map((line) => `> ${line}`)].join('\n');
}

/** Who decides on what waits, and until when. */
export function decidersWords({ project, approvalsNeeded, expiresAt }: Decidable): string {
  const many = approvalsNeeded > 1 ? ` ${count(approvalsNeeded)} of them are needed.` : '';
  const who = `Owners of ${oneLine(project)} decide; not the one who asks.${many}`;
  return `${who} Open until ${slackDate(expiresAt)}.`;
}

/** The buttons of a request that waits to be decided on. */
export function decisionButtons(
  request: Pick<Decidable, 'id' | 'state'>,
  ids: { readonly approve: string; readonly reject: string; readonly withdraw: string },
): readonly ActionsBlockElement[] {
  if (request.state !== 'pending') return [];
  const value = request.id;
  return [
    button({ text: 'Approve', actionId: ids.approve, value, style: 'primary' }),
    button({ text: 'Reject…', actionId: ids.reject, value }),
    button({ text: 'Withdraw', actionId: ids.withdraw, value }),
  ];
}
