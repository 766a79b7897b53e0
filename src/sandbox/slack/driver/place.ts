import type { Channel } from '../channels.ts';
import type { Person } from '../directory.ts';
import { type Found, interactiveElements } from '../forms/elements.ts';
import type { FormState } from '../forms/state.ts';
import type { Json } from '../json.ts';
import type { Message } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { channelReference } from '../payloads.ts';
import { type OpenView, viewPayload } from '../views.ts';
import { Refusal } from './refusal.ts';
import { memberChannel } from './who.ts';

/** Where a person acts: a message they see, the modal on top of their stack, or their home tab. */
export interface Place {
  readonly blocks: unknown;
  readonly form: FormState;
  readonly view?: OpenView;
  readonly channel?: Channel;
  readonly message?: Message;
  readonly ephemeral: boolean;
}

export interface Address {
  readonly channel?: string | undefined;
  readonly ts?: string | undefined;
  readonly home?: boolean | undefined;
}

/** Finds the place, as this person sees it now. */
export function placeOf(parts: Parts, person: Person, address: Address): Place {
  if (address.channel !== undefined || address.ts !== undefined) return messagePlace(parts, person, address);
  const view = address.home === true ? parts.views.home(person.id) : parts.views.top(person.id);
  if (!view) throw new Refusal(`${person.id} has no ${address.home === true ? 'home tab' : 'modal'} open`);
  return { blocks: view.definition.blocks, form: view.form, view, ephemeral: false };
}

function messagePlace(parts: Parts, person: Person, { channel: given, ts }: Address): Place {
  if (given === undefined || ts === undefined) throw new Refusal('a message is addressed by channel and ts');
  const channel = memberChannel(parts, given, person);
  const message = parts.messages.seenBy(channel.id, person.id).find((it) => it.ts === ts);
  if (!message) throw new Refusal(`${person.id} sees no message ${ts} in ${given}`, { status: 404 });
  return {
    blocks: [message.blocks, message.attachments],
    form: parts.forms.of(person.id, channel.id, ts),
    channel,
    message,
    ephemeral: message.ephemeral === true,
  };
}

/** The one element that is meant, if it is there. */
export function elementAt(place: Place, wanted: { action_id: string; block_id?: string; value?: unknown }): Found {
  const named = interactiveElements(place.blocks).filter(
    (it) => it.actionId === wanted.action_id && (wanted.block_id === undefined || it.blockId === wanted.block_id),
  );
  const fitting = named.filter(
    (it) => wanted.value === undefined || it.type !== 'button' || it.element.value === wanted.value,
  );
  const [only, ...others] = fitting;
  if (only && others.length === 0) return only;
  if (only) throw new Refusal(`${wanted.action_id} is there ${fitting.length} times: say which block_id`);
  const there = interactiveElements(place.blocks).map((it) => `${it.blockId}/${it.actionId}`);
  throw new Refusal(`there is no ${wanted.action_id} to use; there is: ${there.join(', ') || 'nothing'}`);
}

/** What a payload says about the place. An ephemeral message is never sent along: Slack has not kept it. */
export function placePayload(place: Place): Json {
  const { view, channel, message } = place;
  if (view) return { container: { type: 'view', view_id: view.id }, view: viewPayload(view) };
  if (!channel || !message) return {};
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: place.ephemeral,
      ...(message.thread_ts !== undefined && { thread_ts: message.thread_ts }),
    },
    channel: channelReference(channel),
    ...(!place.ephemeral && { message }),
  };
}
