import { suggest } from '../arguments.ts';
import { type Command, defineCommand } from '../define.ts';
import type { Message } from '../kit.ts';
import { oneLine } from '../kit.ts';
import { sentence } from '../sentence.ts';
import { helpOn, helpOverview } from './help-view.ts';

/** `/vbs help [command]`, and `/vbs` alone. Answers from what is registered, without asking anything. */
export function helpCommand(commands: ReadonlyMap<string, Command>): Command {
  let overview: Message | undefined;
  return defineCommand({
    word: 'help',
    summary: 'shows what there is, or how to use one command',
    usage: '[command]',
    examples: ['/vbs help share'],
    surplus: (args) => args.slice(1),
    run(_ctx, [word]) {
      overview ??= helpOverview(commands.values());
      if (word === undefined) return { say: overview };
      const command = commands.get(word.toLowerCase());
      if (command) return { say: helpOn(command) };
      const nearest = suggest(word, commands.keys());
      const meant =
        nearest === undefined ? '`/vbs help` shows what there is.' : `Did you mean \`/vbs help ${nearest}\`?`;
      return { say: sentence(`There is no \`/vbs ${oneLine(word, 40)}\`. ${meant}`) };
    },
  });
}
