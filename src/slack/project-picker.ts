import { z } from 'zod';
import type { Action } from '../core/errors.ts';
import type { ManagedProject } from '../core/projects.ts';
import type { CommandAnswer, Context, Reply } from './answers.ts';
import { type Command, defineCommand, defineModal, type Modal } from './define.ts';
import { WAITING_AFTER_MS } from './dispatch/timing.ts';
import type { Message } from './kit.ts';
import { metadataText } from './metadata.ts';
import { PROJECT_BLOCK, projectPickerView } from './project-picker-view.ts';
import { sentence } from './sentence.ts';
import { marked } from './words.ts';

/** A command that is about one project, and answers with a message of its own. */
export interface ProjectCommand {
  readonly word: string;
  readonly summary: string;
  readonly usage: string;
  readonly examples: readonly string[];
  /** The words that it has no use for; none unless given. */
  surplus?(args: readonly string[]): readonly string[];
  /** What a person must be allowed in the project to be shown the answer. */
  readonly action: Action;
  /** The title of the modal that asks for the project: at most 24 characters. */
  readonly title: string;
  /** What is waited for, in safe mrkdwn, should it take long. */
  waiting(project: ManagedProject): string;
  /** Which argument is the project, and what is left; the first one and the rest unless this says otherwise. */
  split?(args: readonly string[]): { readonly alias: string | undefined; readonly rest: readonly string[] };
  answer(ctx: Context, asked: AskedProject, reply: Reply): Promise<void>;
}

export interface AskedProject {
  readonly project: ManagedProject;
  /** The arguments beside the project, whether it was named or chosen. */
  readonly rest: readonly string[];
}

/** The arguments and the command's `response_url`, through which the answer comes once the project is chosen. */
const metadata = z.object({ rest: z.array(z.string()), responseUrl: z.string().optional() });
const values = z.object({ [PROJECT_BLOCK]: z.string() });

/** Longer arguments are cut: the modal carries them, and its room is limited. */
const LONGEST_ARGUMENT = 200;
const MOST_ARGUMENTS = 5;

/**
 * Defines a command of the form `/vbs word [project] …`, with the modal that asks for the project where it is left out
 * and more than one comes into question.
 */
export function defineProjectCommand(about: ProjectCommand): readonly [Command, Modal] {
  const { word, summary, usage, examples } = about;
  const surplus = about.surplus?.bind(about);
  const modalId = `${word}:choose-project`;
  const answer = async (ctx: Context, asked: AskedProject, reply: Reply): Promise<void> => {
    await ctx.core.access.assert(about.action, asked.project, ctx.user);
    await about.answer(ctx, asked, reply);
  };
  const command = defineCommand({
    word,
    summary,
    usage,
    examples,
    ...(surplus && { surplus }),
    run(ctx, args) {
      const { alias, rest } = about.split?.(args) ?? { alias: args[0], rest: args.slice(1) };
      const later = (project: ManagedProject): CommandAnswer => ({
        later: (reply) => answer(ctx, { project, rest }, reply),
        waiting: about.waiting(project),
      });
      return alias === undefined ? ask(ctx, { about, modalId, rest, later }) : later(projectNamed(ctx, alias));
    },
  });
  const modal = defineModal({
    id: modalId,
    again: `/vbs ${word}`,
    metadata,
    values,
    submit(ctx, form) {
      const project = ctx.core.projects.get(form.values[PROJECT_BLOCK]);
      const { rest, responseUrl } = form.metadata;
      return {
        close: true,
        after: (ownReply) => {
          const reply = responseUrl === undefined ? ownReply : ctx.client.replyTo(responseUrl);
          const work = answer(ctx, { project, rest }, reply);
          return sayIfSlow(ctx, work, () => reply.say(sentence(about.waiting(project))));
        },
      };
    },
  });
  return [command, modal];
}

/** The project that was typed, in whatever case. Throws NotFound, with the aliases there are. */
export function projectNamed(ctx: Context, alias: string): ManagedProject {
  const { projects } = ctx.core;
  const meant = projects.managed.find((project) => project.alias.toLowerCase() === alias.toLowerCase());
  return meant ?? projects.get(alias);
}

/** The only project there is, or the one that the channel belongs to. */
export function projectMeant(
  { channel }: Pick<Context, 'channel'>,
  among: readonly ManagedProject[],
): ManagedProject | undefined {
  const here = among.filter((project) => project.approvalsChannel === channel || project.alertsChannel === channel);
  if (here.length === 1) return here[0];
  return among.length === 1 ? among[0] : undefined;
}

/** What a person is told who may do this nowhere. */
export function noProject(): { readonly say: Message } {
  const text =
    'There is no project in which you may do this. Who may do what is in the settings of whoever runs the bot.';
  return { say: sentence(marked('refused', text)) };
}

async function ask(
  ctx: Context,
  of: {
    readonly about: ProjectCommand;
    readonly modalId: string;
    readonly rest: readonly string[];
    readonly later: (project: ManagedProject) => CommandAnswer;
  },
): Promise<CommandAnswer> {
  const projects = await ctx.core.access.projects(of.about.action, ctx.user);
  const [first, second] = projects;
  if (first === undefined) return noProject();
  if (second === undefined) return of.later(first);
  const rest = of.rest.slice(0, MOST_ARGUMENTS).map((argument) => argument.slice(0, LONGEST_ARGUMENT));
  return {
    open: projectPickerView({
      title: of.about.title,
      callbackId: of.modalId,
      metadata: metadataText(metadata, { rest, responseUrl: ctx.responseUrl }),
      aliases: projects.map((project) => project.alias),
    }),
  };
}

/** The work's own outcome; if it takes long, what is waited for is said before. */
async function sayIfSlow(ctx: Context, work: Promise<void>, say: () => Promise<void>): Promise<void> {
  const done = new AbortController();
  const waited = ctx.core.clock.sleep(WAITING_AFTER_MS, done.signal).then(
    () => say(),
    () => undefined,
  );
  try {
    await work;
  } finally {
    done.abort();
    await waited;
  }
}
