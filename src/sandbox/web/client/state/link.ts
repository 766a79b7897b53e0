import { isRecord, type Json } from '../json.ts';

const SOONEST_MS = 300;
const LATEST_MS = 2_000;

export interface LinkHandlers {
  readonly onEvent: (event: Json) => void;
  /** The connection was lost; it is tried again and again until it is there. */
  readonly onLost: () => void;
}

/** Keeps a connection to the sandbox's push channel, whatever happens to the sandbox. */
export function keepLinked(handlers: LinkHandlers): void {
  let wait = SOONEST_MS;
  const connect = (): void => {
    const address = new URL('/_sandbox/events', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    socket.onmessage = ({ data }) => {
      wait = SOONEST_MS;
      const event: unknown = JSON.parse(String(data));
      if (isRecord(event)) handlers.onEvent(event);
    };
    socket.onclose = () => {
      handlers.onLost();
      setTimeout(connect, wait);
      wait = Math.min(wait * 1.5, LATEST_MS);
    };
  };
  connect();
}
