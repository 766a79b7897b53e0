import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { RouteFault } from './faults.ts';
import type { Answer } from './route.ts';

export interface Delivery {
  answer: Answer;
  fault: RouteFault | undefined;
}

/** Writes an answer as it is, or spoilt by a fault. Tells the status that went out, if one did. */
export async function deliver(response: ServerResponse, { answer, fault }: Delivery): Promise<number | null> {
  if (fault?.kind === 'cut_before' || fault?.kind === 'cut_after') {
    response.destroy();
    return null;
  }
  const text = bodyText(answer, fault);
  response.statusCode = answer.status;
  if (text !== null && !answer.headers?.['Content-Type']) response.setHeader('Content-Type', 'application/json');
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.status !== 204) response.setHeader('Content-Length', Buffer.byteLength(text ?? ''));
  if (fault?.kind === 'slow_body' && text !== null) {
    const half = text.slice(0, Math.ceil(text.length / 2));
    response.write(half);
    await pause(fault.ms);
    response.end(text.slice(half.length));
  } else {
    response.end(text ?? undefined);
  }
  return answer.status;
}

function bodyText(answer: Answer, fault: RouteFault | undefined): string | null {
  if (answer.body === undefined) return null;
  if (typeof answer.body === 'string') return answer.body;
  if (fault?.kind === 'wrong_schema') return JSON.stringify(without(answer.body, fault.drop));
  const text = JSON.stringify(answer.body);
  return fault?.kind === 'truncated' ? text.slice(0, Math.floor(text.length / 2)) : text;
}

function without(value: unknown, field: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => without(entry, field));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== field);
  return Object.fromEntries(kept.map(([name, entry]) => [name, without(entry, field)]));
}

const GATEWAY_PAGE =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

/** The page that a gateway in front of the service shows. */
export function gatewayPage(status: number): Answer {
  return {
    status,
    headers: { 'Content-Type': 'text/html', Server: 'nginx' },
    body: GATEWAY_PAGE.replaceAll('502 Bad Gateway', status === 502 ? '502 Bad Gateway' : `${status} Error`),
  };
}
