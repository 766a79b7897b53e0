import { z } from 'zod';
import { blockFaults } from './blocks.ts';
import { fault, faultsOf, isObject } from './faults.ts';
import { MOST_BLOCKS } from './surfaces.ts';
import { codePoints, mrkdwnLength } from './text.ts';
import { countTables } from './whole.ts';

/** What Slack answers to a message that it refuses; `messages` goes into `response_metadata`. */
export interface MessageFault {
  error: string;
  messages?: string[];
}

/** `chat.postMessage` cuts text beyond this; the stand-in refuses, so that nothing is lost unseen. */
const MOST_POSTED = 40_000;
/** `chat.update` refuses text beyond this. */
const MOST_UPDATED = 4_000;
const MOST_MARKDOWN = 12_000;
const MOST_ATTACHMENTS = 100;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const flat = z.record(z.string(), scalar);
const eventMetadata = z.strictObject({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.union([scalar, flat, z.array(z.union([scalar, flat]))])),
});

/**
 * Checks the arguments of `chat.postMessage`, `chat.update` (told by its `ts`) and `chat.postEphemeral`.
 * @param args the arguments with `blocks`, `attachments` and `metadata` already decoded from JSON
 * @returns Slack's error, or undefined when the message may be sent
 */
export function validateMessage(args: Record<string, unknown>): MessageFault | undefined {
  return (
    textFault(args) ??
    blocksFault(args.blocks) ??
    attachmentsFault(args.attachments) ??
    tableFault(args) ??
    metadataFault(args.metadata)
  );
}

function textFault(args: Record<string, unknown>): MessageFault | undefined {
  const { text, markdown_text: markdown } = args;
  const rich = isFilled(args.blocks) || isFilled(args.attachments);
  if (text !== undefined && typeof text !== 'string') return argumentFault('must provide a string', 'text');
  if (markdown !== undefined && typeof markdown !== 'string') {
    return argumentFault('must provide a string', 'markdown_text');
  }
  if (markdown && (text || isFilled(args.blocks))) return { error: 'markdown_text_conflict' };
  if (!text && !markdown && !rich) return { error: 'no_text' };
  if (markdown && codePoints(markdown) > MOST_MARKDOWN) return { error: 'msg_too_long' };
  const most = args.ts === undefined ? MOST_POSTED : MOST_UPDATED;
  return text && mrkdwnLength(text) > most ? { error: 'msg_too_long' } : undefined;
}

function blocksFault(blocks: unknown): MessageFault | undefined {
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) return { error: 'invalid_blocks_format' };
  if (blocks.length > MOST_BLOCKS.message) {
    const message = fault(`no more than ${MOST_BLOCKS.message} items allowed`, ['blocks']);
    return { error: 'msg_blocks_too_long', messages: [message] };
  }
  const messages = blockFaults(blocks, 'message', ['blocks']);
  return messages.length > 0 ? { error: 'invalid_blocks', messages } : undefined;
}

function attachmentsFault(attachments: unknown): MessageFault | undefined {
  if (attachments === undefined) return undefined;
  if (!Array.isArray(attachments)) return { error: 'invalid_attachments' };
  if (attachments.length > MOST_ATTACHMENTS) return { error: 'too_many_attachments' };
  const messages = attachments.flatMap((attachment: unknown, index) => {
    if (!isObject(attachment)) return [fault('must provide an object', ['attachments', index])];
    const blocks: unknown = Reflect.get(attachment, 'blocks');
    return blocks === undefined ? [] : blockFaults(blocks, 'message', ['attachments', index, 'blocks']);
  });
  return messages.length > 0 ? { error: 'invalid_attachments', messages } : undefined;
}

function tableFault(args: Record<string, unknown>): MessageFault | undefined {
  const attachments: unknown[] = Array.isArray(args.attachments) ? args.attachments : [];
  const lists = [args.blocks, ...attachments.map((it) => (isObject(it) ? Reflect.get(it, 'blocks') : undefined))];
  const tables = lists.reduce((sum: number, blocks) => sum + countTables(blocks), 0);
  return tables > 1 ? { error: 'invalid_attachments', messages: ['only_one_table_allowed'] } : undefined;
}

function metadataFault(metadata: unknown): MessageFault | undefined {
  if (metadata === undefined) return undefined;
  if (!isObject(metadata)) return { error: 'invalid_metadata_format' };
  const messages = faultsOf(eventMetadata, metadata, ['metadata']);
  return messages.length > 0 ? { error: 'invalid_metadata_schema', messages } : undefined;
}

function argumentFault(text: string, key: string): MessageFault {
  return { error: 'invalid_arguments', messages: [fault(text, [key])] };
}

function isFilled(list: unknown): boolean {
  return Array.isArray(list) ? list.length > 0 : list !== undefined;
}
