import type { KnownBlock } from '@slack/types';
import type { Job, JobStatus } from '../../core/jobs/job.ts';
import { actions, button, LIMITS, oneLine } from '../kit.ts';
import { duration, type Mark, marked } from '../words.ts';

const states: Readonly<Record<JobStatus, readonly [mark: Mark, word: string]>> = {
  waiting: ['waiting', 'Waiting'],
  running: ['working', 'Running'],
  succeeded: ['done', 'Done'],
  failed: ['failed', 'Failed'],
  unknown: ['attention', 'In a status that the bot does not know'],
};

/** What a job does, in safe mrkdwn. Clouds run the words of a type together, behind their own prefix. */
export function jobTypeWords(type: string): string {
  const words = type.replaceAll(/(?<=[a-z\d])(?=[A-Z])|[_-]+/g, ' ').split(' ');
  const named = words.length > 2 && /^[a-z]{2,4}$/.test(words[0] ?? '') ? words.slice(1) : words;
  return oneLine(named.join(' ').toLowerCase(), 60) || 'job';
}

/** A job's mark and word, to begin a line with: `✅ Done: create backup`. */
export function jobMarked(job: Pick<Job, 'status' | 'type'>): string {
  const [mark, word] = states[job.status];
  return marked(mark, `${word}: ${jobTypeWords(job.type)}`);
}

/** How long it took, or has taken so far: `4 min 12 s`; undefined where the cloud does not tell. */
export function jobTook({ beganAt, endedAt, status }: Job, now: Date): string | undefined {
  if (beganAt === undefined) return undefined;
  if (endedAt !== undefined) return duration(endedAt.getTime() - beganAt.getTime());
  return status === 'running' ? `${duration(now.getTime() - beganAt.getTime())} so far` : undefined;
}

/** Whether it may still change. */
export function goesOn({ status }: Pick<Job, 'status'>): boolean {
  return status === 'waiting' || status === 'running' || status === 'unknown';
}

/** A button about a job; what is no id of a cloud's gets none. */
export function jobButton(text: string, actionId: string, about: { project: string; job: string }): KnownBlock[] {
  const value = JSON.stringify(about);
  return value.length > LIMITS.buttonValue ? [] : [actions(button({ text, actionId, value }))];
}
