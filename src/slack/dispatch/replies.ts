import type { Reply } from '../answers.ts';
import type { Message } from '../kit.ts';
import { noticeView } from '../notice-view.ts';
import { slackErrorOf } from '../slack-calls.ts';
import type { Environment } from './environment.ts';

/** Who is spoken to, and where they are. */
export interface Person {
  readonly user: string;
  readonly channel: string | undefined;
}

/** Speaks through the `response_url` of a command or of a message that was clicked; failing that, by other ways. */
export function urlReply(
  env: Environment,
  person: Person,
  about: { readonly url: string; readonly inMessage: boolean; readonly threadTs?: string | undefined },
): Reply {
  const respond = async (message: Message, replace: boolean) => {
    try {
      await env.calls.respond(about.url, { message, replace, threadTs: about.threadTs });
    } catch (error) {
      env.log.warn({ error: slackErrorOf(error) }, 'a response_url was refused; answering in another way');
      await privately(env, person, message);
    }
  };
  return {
    say: (message) => respond(message, false),
    replace: (message) => respond(message, about.inMessage),
  };
}

/** Speaks in a modal over the one that was clicked or over the home tab; once the trigger is used up, directly. */
export function overlayReply(
  env: Environment,
  person: Person,
  about: { readonly trigger: string; readonly how: 'open' | 'push' | 'direct' },
): Reply {
  const say = async (message: Message) => {
    try {
      if (about.how === 'open') await env.calls.openView(about.trigger, noticeView(message));
      else if (about.how === 'push') await env.calls.pushView(about.trigger, noticeView(message));
      else await env.calls.direct(person.user, message);
    } catch (error) {
      if (about.how === 'direct') throw error;
      env.log.info({ error: slackErrorOf(error) }, 'a notice could not be opened; sending it directly');
      await env.calls.direct(person.user, message);
    }
  };
  return { say, replace: say };
}

/** Speaks in the channel, seen by this person alone; where the bot may not, directly. */
async function privately(env: Environment, { user, channel }: Person, message: Message): Promise<void> {
  if (channel !== undefined) {
    try {
      return await env.calls.ephemeral(channel, user, message);
    } catch (error) {
      env.log.info({ error: slackErrorOf(error) }, 'the bot may not speak in a channel; answering directly');
    }
  }
  await env.calls.direct(user, message);
}
