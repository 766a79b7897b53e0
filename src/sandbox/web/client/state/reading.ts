import type { About, CloudCall, CloudView, KnownCommand, KnownGroup, KnownShortcut } from '../../shared.ts';
import { isRecord, type Json, number, record, records, text, texts } from '../json.ts';
import type { Channel, Exchange, FileInMessage, Message, Person, View } from './model.ts';

/** What the server answers, read field by field: what is not there is empty, and nothing unknown breaks the page. */

export function readPeople(state: unknown): Person[] {
  return records(record(state).users).map(({ id, name, role }) => ({
    id: String(id),
    name: String(name),
    role: String(role),
  }));
}

export function readChannels(state: unknown): Channel[] {
  return records(record(state).channels).map(({ id, name, members }) => ({
    id: String(id),
    name: String(name),
    members: texts(members),
  }));
}

export function readApp(state: unknown): { appUser: string; isAppConnected: boolean } {
  const bot = record(record(state).bot);
  return { appUser: text(bot.user_id) ?? '', isAppConnected: bot.connected === true };
}

export function readMessages(answer: unknown): Message[] {
  return records(answer).map((message) => ({
    ts: String(message.ts),
    user: text(message.user) ?? '',
    text: text(message.text) ?? '',
    blocks: records(message.blocks),
    attachments: records(message.attachments),
    files: records(message.files).map(readFile),
    threadTs: text(message.thread_ts),
    replyCount: number(message.reply_count) ?? 0,
    latestReply: text(message.latest_reply),
    isEphemeral: message.ephemeral === true,
    isEdited: isRecord(message.edited),
  }));
}

function readFile({ id, name, title, size, filetype, url_private: url }: Json): FileInMessage {
  return {
    id: String(id),
    name: text(name) ?? 'file',
    title: text(title) ?? text(name) ?? 'file',
    bytes: number(size) ?? 0,
    type: text(filetype) ?? '',
    path: pathOf(text(url) ?? ''),
  };
}

/** Where a file lies in this sandbox, whichever port it had when the file was put there. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : '';
}

export function readView(value: unknown): View | undefined {
  if (!isRecord(value)) return undefined;
  return {
    id: String(value.id),
    hash: String(value.hash),
    callbackId: text(value.callback_id) ?? '',
    title: words(value.title) ?? '',
    submit: words(value.submit),
    close: words(value.close),
    blocks: records(value.blocks),
  };
}

export function readViews(value: unknown): View[] {
  return records(value).flatMap((one) => readView(one) ?? []);
}

/** The text of a text object. */
export function words(value: unknown): string | undefined {
  return text(record(value).text);
}

export function readExchange(value: Json): Exchange {
  const exchange = record(value.exchange);
  return {
    number: number(value.number) ?? 0,
    at: text(exchange.at) ?? '',
    toApp: exchange.direction === 'to_app',
    kind: text(exchange.kind) ?? '',
    method: text(exchange.method),
    type: text(exchange.type),
    request: exchange.request,
    response: exchange.response,
    status: number(exchange.status),
    ms: number(exchange.ms),
    error: text(exchange.error),
  };
}

export function readAbout(value: unknown): About {
  const about = record(value);
  return {
    workspace: text(about.workspace) ?? 'Sandbox',
    app: text(about.app) ?? 'app',
    commands: records(about.commands).map(readCommand),
    shortcuts: records(about.shortcuts).map(readShortcut),
    groups: records(about.groups).map(readGroup),
    kept: about.kept === true,
  };
}

function readCommand({ command, usage, summary }: Json): KnownCommand {
  return { command: String(command), usage: text(usage) ?? '', summary: text(summary) ?? '' };
}

function readShortcut({ callbackId, name, summary, isOnMessages }: Json): KnownShortcut {
  return {
    callbackId: String(callbackId),
    name: String(name),
    summary: text(summary) ?? '',
    isOnMessages: isOnMessages === true,
  };
}

function readGroup({ id, handle, users }: Json): KnownGroup {
  return { id: String(id), handle: String(handle), users: texts(users) };
}

/** The server's own view of the cloud; one type for both ends, so that its shape alone is asked for. */
export function isCloudView(value: unknown): value is CloudView {
  return isRecord(value) && Array.isArray(value.projects) && typeof value.now === 'number';
}

export function isCalls(value: unknown): value is CloudCall[] {
  return Array.isArray(value) && value.every((one) => isRecord(one) && typeof one.number === 'number');
}
