import { BOT } from '../../core/audit.ts';
import { oneLine } from '../kit.ts';
import { mention } from '../people-words.ts';

/** How people and raw text are written: in a message, or in a file. */
export interface Speech {
  person(user: string): string;
  text(raw: string): string;
}

/** Safe mrkdwn. */
export const inMessage: Speech = {
  person: (user) => (user === BOT ? 'the bot' : mention(user)),
  text: (raw) => oneLine(raw, 300),
};
