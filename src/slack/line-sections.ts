import type { KnownBlock } from '@slack/types';
import { LIMITS, section } from './kit.ts';

/** Lines of safe mrkdwn as paragraphs, as few as hold them all: one paragraph would cut a long story. */
export function lineSections(lines: readonly string[]): KnownBlock[] {
  const paragraphs: string[] = [];
  for (const line of lines) {
    const last = paragraphs.at(-1);
    const joined = last === undefined ? line : `${last}\n${line}`;
    if (last !== undefined && Array.from(joined).length <= LIMITS.sectionText)
      paragraphs[paragraphs.length - 1] = joined;
    else paragraphs.push(line);
  }
  return paragraphs.map((text) => section(text));
}
