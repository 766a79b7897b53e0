import type { RespondArguments, SlashCommand } from '@slack/bolt';
import type { CommandAnswer } from '../answers.ts';
import { splitArguments, suggest } from '../arguments.ts';
import type { Command } from '../define.ts';
import { synopsis } from '../help/help-view.ts';
import type { Message } from '../kit.ts';
import { oneLine } from '../kit.ts';
import { sentence } from '../sentence.ts';
import { acknowledge } from './acknowledge.ts';
import { contextOf } from './context.ts';
import type { Environment } from './environment.ts';
import { explain } from './explain.ts';
import { urlReply } from './replies.ts';
import { later, open, type Scene, say, sayError } from './second-step.ts';
import { ACK_AFTER_MS, inTime } from './timing.ts';

interface Arrival {
  readonly command: SlashCommand;
  readonly ack: (answer?: RespondArguments) => Promise<void>;
}

/** Answers `/vbs …`: the first word chooses the subcommand, its answer goes into the acknowledgement. */
export function commandListener(env: Environment): (arrival: Arrival) => Promise<void> {
  return async ({ command: body, ack }) => {
    const began = performance.now();
    const { command, run } = route(env, body);
    const id = command?.word ?? 'unknown';
    const scene = sceneOf(env, body, id);
    const outcome = await inTime(run, ACK_AFTER_MS.command);
    const said =
      'error' in outcome
        ? explain(env, outcome.error, scene).message
        : 'answer' in outcome && 'say' in outcome.answer
          ? outcome.answer.say
          : undefined;
    await acknowledge(env, { kind: 'command', id, began }, { ack: () => ack(said && ephemeral(said)), outcome });
    if ('late' in outcome) env.work.follow(() => goOnLate(scene, outcome.late));
    else if ('answer' in outcome && said === undefined) env.work.follow(() => goOn(scene, outcome.answer));
  };
}

function ephemeral({ text, blocks }: Message): RespondArguments {
  return { response_type: 'ephemeral', text, blocks };
}

function sceneOf(env: Environment, body: SlashCommand, id: string): Scene {
  const person = { user: body.user_id, channel: body.channel_id };
  return {
    env,
    what: `command ${id}`,
    user: body.user_id,
    trigger: body.trigger_id,
    again: `/vbs ${id}`,
    reply: urlReply(env, person, { url: body.response_url, inMessage: false }),
  };
}

function route(
  env: Environment,
  body: SlashCommand,
): { readonly command: Command | undefined; readonly run: () => CommandAnswer | Promise<CommandAnswer> } {
  const { words, unclosed } = splitArguments(body.text ?? '');
  // Nothing within quotes is as good as nothing.
  const [word = 'help', ...args] = words.filter((one) => one.trim() !== '');
  const command = env.registry.commands.get(word.toLowerCase());
  if (unclosed !== undefined) return { command, run: () => ({ say: openQuote(unclosed, command) }) };
  if (!command) return { command, run: () => ({ say: unknownWord(env, word) }) };
  const surplus = command.surplus?.(args) ?? [];
  if (surplus.length > 0) return { command, run: () => ({ say: tooManyWords(surplus, command) }) };
  const ctx = contextOf(env, {
    user: body.user_id,
    channel: body.channel_id,
    responseUrl: body.response_url,
    dedupeKey: `command:${body.trigger_id}`,
  });
  return { command, run: () => command.run(ctx, args) };
}

function openQuote(quote: string, command: Command | undefined): Message {
  const example = command?.examples.find((text) => text.includes('"'));
  const like = example === undefined ? '' : ` For instance: \`${example}\``;
  return sentence(
    `A quote (${quote}) is opened and not closed, so it is not clear where the words end. Close it, or leave it out.${like}`,
  );
}

function unknownWord(env: Environment, word: string): Message {
  const nearest = env.registry.commands.get(suggest(word, env.registry.commands.keys()) ?? '');
  const meant = nearest ? ` Did you mean ${synopsis(nearest)}?` : '';
  const example = nearest?.examples[0] === undefined ? '' : ` For instance: \`${nearest.examples[0]}\`.`;
  return sentence(`There is no \`/vbs ${oneLine(word, 40)}\`.${meant}${example} \`/vbs help\` shows what there is.`);
}

function tooManyWords(surplus: readonly string[], command: Command): Message {
  const [example] = command.examples;
  const like = example === undefined || command.usage === '' ? '' : `, as in \`${example}\``;
  return sentence(
    `“${oneLine(surplus.join(' '), 80)}” is not understood after ${synopsis(command)}. Leave it out${like}.`,
  );
}

async function goOnLate(scene: Scene, late: Promise<CommandAnswer>): Promise<void> {
  let answer: CommandAnswer;
  try {
    answer = await late;
  } catch (error) {
    return sayError(scene, error);
  }
  await goOn(scene, answer);
}

async function goOn(scene: Scene, answer: CommandAnswer): Promise<void> {
  if ('say' in answer) return say(scene, answer.say);
  if ('open' in answer) return open(scene, 'open', { view: answer.open, after: answer.after });
  await later(scene, answer);
}
