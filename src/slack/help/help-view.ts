import type { Command } from '../define.ts';
import type { Message } from '../kit.ts';
import { context, escapeText, message, section } from '../kit.ts';

/** A subcommand with its arguments, in mrkdwn. */
export function synopsis({ word, usage }: Pick<Command, 'word' | 'usage'>): string {
  return `\`/vbs ${escapeText([word, usage].filter((part) => part).join(' '))}\``;
}

/** Every subcommand with what it does and an example. */
export function helpOverview(commands: Iterable<Command>): Message {
  const lines = [...commands].map((command) => {
    const example = command.examples[0] ?? `/vbs ${command.word}`;
    return `${synopsis(command)}  ${escapeText(command.summary)}\n      for instance  \`${escapeText(example)}\``;
  });
  const title = '*What `/vbs` does*';
  const note = 'What you leave out is asked for. Names with spaces go in quotes.';
  return message(`${title}\n${lines.join('\n')}\n${note}`, [section(title), ...inSections(lines), context(note)]);
}

/** One subcommand with all its examples. */
export function helpOn(command: Command): Message {
  const text = `${synopsis(command)}\n${escapeText(command.summary)}`;
  const examples = command.examples.map((example) => `\`${escapeText(example)}\``).join('\n');
  return message(`${text}\n${examples}`, [section(text), ...(examples ? [section(examples)] : [])]);
}

/** A few lines to a section: few blocks, each well below Slack's limit of text. */
function inSections(lines: readonly string[]): ReturnType<typeof section>[] {
  const sections: ReturnType<typeof section>[] = [];
  for (let at = 0; at < lines.length; at += LINES_A_SECTION) {
    sections.push(section(lines.slice(at, at + LINES_A_SECTION).join('\n')));
  }
  return sections;
}

const LINES_A_SECTION = 6;
