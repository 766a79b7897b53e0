import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { faultsSchema } from '../faults.ts';
import { BodyTooLarge, readBody, sendJson } from '../http.ts';
import { parsed } from '../json.ts';
import type { Parts } from '../parts.ts';
import { act, actionBody } from './actions.ts';
import { commandBody, runCommand } from './commands.ts';
import { homeBody, openHome } from './home.ts';
import { askOptions, optionsBody } from './options.ts';
import { messages, state } from './reading.ts';
import { Refusal } from './refusal.ts';
import { runShortcut, shortcutBody } from './shortcuts.ts';
import { causeTrouble, type SimulatorFaults } from './troubles.ts';
import { close, closeBody, submit, submitBody, topView } from './views.ts';

interface Route {
  answer(parts: Parts, given: { body: unknown; query: URLSearchParams }): unknown;
}

/** A route whose body has a schema. */
function posted<Body>(schema: z.ZodType<Body>, answer: (parts: Parts, body: Body) => unknown): Route {
  return { answer: (parts, given) => answer(parts, read(schema, given.body)) };
}

function read<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const result = schema.safeParse(body);
  if (!result.success) throw new Refusal(z.prettifyError(result.error));
  return result.data;
}

/** All of `/_sandbox`, by method and path below it. */
function routes(simulator: SimulatorFaults | undefined): Record<string, Route> {
  return {
    'GET /state': { answer: (parts) => state(parts) },
    'POST /command': posted(commandBody, runCommand),
    'GET /messages': { answer: (parts, { query }) => messages(parts, query) },
    'GET /view': { answer: (parts, { query }) => topView(parts, query.get('user') ?? '') },
    'POST /view/submit': posted(submitBody, submit),
    'POST /view/close': posted(closeBody, close),
    'POST /action': posted(actionBody, act),
    'POST /options': posted(optionsBody, askOptions),
    'POST /home': posted(homeBody, openHome),
    'POST /shortcut': posted(shortcutBody, runShortcut),
    'POST /faults': posted(faultsSchema, (parts, faults) => causeTrouble(parts, faults, simulator)),
    'GET /log': { answer: (parts) => parts.traffic.log() },
  };
}

/** More than any message, view or command could be. */
const MOST_BYTES = 1024 * 1024;

/** The JSON of a request; an empty object where nothing was sent. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let source: string;
  try {
    source = (await readBody(request, MOST_BYTES)).toString('utf8');
  } catch (error) {
    if (error instanceof BodyTooLarge) throw new Refusal(error.message, { status: 413 });
    throw error;
  }
  if (source.trim() === '') return {};
  const body = parsed(source);
  if (body === undefined) throw new Refusal('the body is not JSON');
  return body;
}

export type ServeDriver = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves `/_sandbox`, through which any script can play a person. */
export function createDriver(parts: Parts, simulator: SimulatorFaults | undefined): ServeDriver {
  const table = routes(simulator);
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = `${request.method} ${url.pathname.slice('/_sandbox'.length)}`;
    try {
      const body = await bodyOf(request);
      const route = Object.hasOwn(table, name) ? table[name] : undefined;
      if (!route) throw new Refusal(`there is no ${name} under /_sandbox`, { status: 404 });
      sendJson(response, await route.answer(parts, { body, query: url.searchParams }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendJson(response, { error: error.message, ...error.details }, { status: error.status });
    }
  };
}
