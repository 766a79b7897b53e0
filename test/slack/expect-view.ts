import { expect } from 'vitest';
import { validateMessage } from '../../src/sandbox/slack/validate/message.ts';
import { validateView } from '../../src/sandbox/slack/validate/view.ts';

/** As an enemy of the bot would name things. */
export const HOSTILE = '<!channel> *x* `y` <https://evil.test|ok> &amp; \u202e\n> '.repeat(20);

/** Fails unless Slack would take it, with no mention, link or command in it that a name brought along. */
export function expectMessage(message: object): void {
  expect(validateMessage({ ...message, ts: '1.1' })).toBeUndefined();
  expectHarmless(message);
}

/** The same of a modal. */
export function expectView(view: object): void {
  expect(validateView(view, 'modal')).toEqual([]);
  expectHarmless(view);
}

function expectHarmless(shown: object): void {
  for (const text of parsedTexts(shown)) expect(text).not.toMatch(/<!(?:channel|here|everyone)|<https:\/\/evil/);
}

/** What Slack parses: a message's text and every mrkdwn object; plain text, values and labels it leaves alone. */
function parsedTexts(shown: unknown): string[] {
  if (typeof shown !== 'object' || shown === null) return [];
  if ('type' in shown && shown.type === 'plain_text') return [];
  const own = 'text' in shown && typeof shown.text === 'string' ? [shown.text] : [];
  return [...own, ...Object.values(shown).flatMap(parsedTexts)];
}
