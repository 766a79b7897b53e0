import { z } from 'zod';
import { handleOf } from '../directory.ts';
import { SLACKBOT } from '../identity.ts';
import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { commandPayload } from '../payloads.ts';
import { applyResponse } from '../respond.ts';
import type { ResponseTarget } from '../response-urls.ts';
import { Refusal } from './refusal.ts';
import { notAcked } from './send.ts';
import { human, memberChannel } from './who.ts';

export const commandBody = z.strictObject({
  user: z.string(),
  channel: z.string(),
  command: z.string(),
  text: z.string().default(''),
});

/** Types a slash command into a channel. */
export async function runCommand(parts: Parts, body: z.infer<typeof commandBody>): Promise<Json> {
  const person = human(parts, body.user);
  const channel = memberChannel(parts, body.channel, person);
  const known = parts.manifest.commands.get(body.command);
  if (!known) throw new Refusal(`${body.command} is not a valid command`);
  if (!parts.manifest.scopes.has('commands')) throw new Refusal('the manifest lacks the scope commands');
  if (channel.archived) throw new Refusal(`${body.channel} is archived`);
  const target: ResponseTarget = { channel: channel.id, user: person.id };
  const payload = commandPayload(
    { person, channel },
    {
      command: body.command,
      text: known.shouldEscape ? escaped(parts, body.text.trim()) : body.text.trim(),
      trigger_id: parts.triggers.issue({ user: person.id }),
      response_url: parts.responseUrls.issue(target),
    },
  );
  const outcome = await parts.courier.deliver({ type: 'slash_commands', payload });
  if (!outcome.acked) {
    const notice = failureNotice(body.command, outcome);
    tell(parts, target, notice);
    throw notAcked(outcome.error, { notice, reason: outcome.reason });
  }
  if (Object.keys(outcome.payload).length === 0) return { ack_ms: outcome.ms };
  const refused = applyResponse(parts, target, outcome.payload);
  if (refused) {
    const error = String(refused.body.error);
    const notice = `${body.command} failed with the error "${error}"`;
    tell(parts, target, notice);
    throw new Refusal(error, { details: { ...refused.body, notice } });
  }
  return { ack_ms: outcome.ms, response: outcome.payload };
}

function failureNotice(command: string, outcome: { error: string; reason: string }): string {
  if (outcome.reason === 'connection_failed') return `${command} failed because the app did not respond`;
  return `${command} failed with the error "${outcome.error}"`;
}

/** Slackbot's private word to the person. */
function tell(parts: Parts, { channel, user }: ResponseTarget, notice: string): void {
  const ts = parts.stamps.next();
  parts.messages.addEphemeral({ channel, user, message: { type: 'message', ts, user: SLACKBOT, text: notice } });
}

/** What `should_escape` does to a command's text: control characters, mentions, channels and links. */
function escaped(parts: Parts, source: string): string {
  return source
    .split(/(<[@#][A-Z0-9]+(?:\|[^>]*)?>)/)
    .map((piece, index) => (index % 2 === 1 ? reference(parts, piece) : escapedPlain(parts, piece)))
    .join('');
}

function escapedPlain(parts: Parts, piece: string): string {
  return piece
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/https?:\/\/[^\s|]+/g, '<$&>')
    .replace(/(^|\s)@([\w.-]*\w)/g, (whole, before: string, handle: string) => {
      const person = parts.directory.byHandle(handle);
      return person ? `${before}<@${person.id}|${handleOf(person)}>` : whole;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = parts.channels.byName(name);
      return channel ? `${before}<#${channel.id}|${channel.name}>` : whole;
    });
}

/** A mention picked from Slack's list rather than typed: it carries an id already. */
function reference(parts: Parts, piece: string): string {
  const id = piece.slice(2).replace(/[|>].*$/, '');
  const person = piece.startsWith('<@') ? parts.directory.people.get(id) : undefined;
  if (person) return `<@${person.id}|${handleOf(person)}>`;
  const channel = piece.startsWith('<#') ? parts.channels.get(id) : undefined;
  return channel ? `<#${channel.id}|${channel.name}>` : escapedPlain(parts, piece);
}
