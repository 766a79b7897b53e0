import type { KnownCommand } from '../../shared.ts';

/** The commands that what was typed may become; none where it is complete, or is no command. */
export function completions(typed: string, commands: readonly KnownCommand[]): KnownCommand[] {
  if (!typed.startsWith('/')) return [];
  const fitting = commands.filter(({ command }) => command.startsWith(typed.toLowerCase().trimEnd()));
  return fitting.some(({ command }) => typed.startsWith(`${command} `) && command.includes(' ')) ? [] : fitting;
}

/** The command whose arguments are being typed. */
export function commandIn(typed: string, commands: readonly KnownCommand[]): KnownCommand | undefined {
  return commands
    .filter(({ command }) => typed === command || typed.startsWith(`${command} `))
    .sort((a, b) => b.command.length - a.command.length)[0];
}
