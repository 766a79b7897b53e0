import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { CloudCall } from '../../shared.ts';
import { record, text } from '../json.ts';
import { call } from '../state/api.ts';
import { useModel } from '../state/context.ts';
import type { Exchange } from '../state/model.ts';
import { isCalls } from '../state/reading.ts';
import { usePolling } from './use-polled.ts';

const MOST_CALLS = 300;
/** Slack's deadline for an ack. */
const ACK_MS = 3_000;

/** Everything said between Slack, the app and the cloud, the latest first. */
export function TrafficPanel(): JSX.Element {
  const [shown, setShown] = useState<'slack' | 'cloud'>('slack');
  return (
    <>
      <div class="tabs" role="group" aria-label="With whom">
        <button type="button" class="tab" aria-pressed={shown === 'slack'} onClick={() => setShown('slack')}>
          With Slack
        </button>
        <button type="button" class="tab" aria-pressed={shown === 'cloud'} onClick={() => setShown('cloud')}>
          With the cloud
        </button>
      </div>
      {shown === 'slack' ? <SlackTraffic /> : <CloudTraffic />}
    </>
  );
}

function SlackTraffic(): JSX.Element {
  const exchanges = useModel((model) => model.exchanges);
  if (exchanges.length === 0) return <p class="nothing">Nothing was said yet.</p>;
  return (
    <ol class="traffic">
      {[...exchanges].reverse().map((exchange) => (
        <ExchangeLine key={exchange.number} exchange={exchange} />
      ))}
    </ol>
  );
}

function ExchangeLine({ exchange }: { readonly exchange: Exchange }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const { toApp, error, ms } = exchange;
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class={error === undefined ? '' : 'wrong'}>
          <span class="arrow" role="img" aria-label={toApp ? 'to the app' : 'from the app'}>
            {toApp ? '→' : '←'}
          </span>
          <span class="traffic-name">{nameOf(exchange)}</span>
          <span class={ms !== undefined && toApp && ms > ACK_MS ? 'traffic-ms wrong' : 'traffic-ms'}>
            {error ?? outcomeOf(exchange)}
          </span>
        </summary>
        {isOpen && (
          <>
            <p class="faint">{exchange.at.slice(11, 23)} UTC</p>
            <Content title={toApp ? 'Sent to the app' : 'Sent by the app'} content={exchange.request} />
            <Content title={toApp ? 'Its ack' : 'Slack’s answer'} content={exchange.response} />
          </>
        )}
      </details>
    </li>
  );
}

function Content({ title, content }: { readonly title: string; readonly content: unknown }): JSX.Element | null {
  if (content === undefined) return null;
  return (
    <>
      <h4>{title}</h4>
      <pre tabIndex={0}>{JSON.stringify(content, undefined, 2)}</pre>
    </>
  );
}

/** `/vbs share payments`, `block_actions share:approve`, `chat.update`. */
function nameOf({ kind, method, type, request }: Exchange): string {
  if (method !== undefined) return method;
  const payload = record(request);
  if (kind === 'slash_commands') return `${type} ${text(payload.text) ?? ''}`;
  const [action] = Array.isArray(payload.actions) ? payload.actions : [];
  const view = record(payload.view);
  const what =
    text(record(action).action_id) ?? text(payload.action_id) ?? text(view.callback_id) ?? text(payload.callback_id);
  return [kind === 'interactive' ? '' : kind, type, what].filter(Boolean).join(' ');
}

function outcomeOf({ toApp, kind, ms, status, response }: Exchange): string {
  if (kind === 'socket') return '';
  if (ms === undefined) return '…';
  const failed = text(record(response).error);
  if (toApp) return `acked in ${Math.round(ms)} ms`;
  return `${failed ?? (status === 200 ? '' : (status ?? ''))} ${Math.round(ms)} ms`;
}

function CloudTraffic(): JSX.Element {
  const [calls, setCalls] = useState<readonly CloudCall[]>([]);
  const last = useRef(0);
  usePolling(async () => {
    const answer = await call(`/_demo/calls?after=${last.current}`);
    if (!isCalls(answer) || answer.length === 0) return;
    last.current = answer.at(-1)?.number ?? 0;
    setCalls((before) => [...before, ...answer].slice(-MOST_CALLS));
  });
  if (calls.length === 0) return <p class="nothing">The cloud was not called yet.</p>;
  return (
    <ol class="traffic">
      {folded(calls).map(({ call: one, times }) => (
        <CallLine key={one.number} call={one} times={times} />
      ))}
    </ol>
  );
}

function CallLine({ call: one, times }: { readonly call: CloudCall; readonly times: number }): JSX.Element {
  const isWrong = one.fault !== undefined || one.status === null || one.status >= 400;
  return (
    <li class={isWrong ? 'call wrong' : 'call'} title={`${one.method} ${one.path}`}>
      <span class="traffic-name">
        {one.route} {times > 1 && <span class="faint">× {times}</span>}
      </span>
      <span class="traffic-ms">
        {one.status ?? 'cut'} {one.fault} {Math.round(one.ms)} ms
      </span>
    </li>
  );
}

/** Newest first; what the poller asks again and again takes one line. */
function folded(calls: readonly CloudCall[]): { call: CloudCall; times: number }[] {
  const lines: { call: CloudCall; times: number }[] = [];
  for (const one of calls.toReversed()) {
    const last = lines.at(-1);
    const isSame = last?.call.route === one.route && last.call.status === one.status && last.call.fault === one.fault;
    if (last && isSame) last.times += 1;
    else lines.push({ call: one, times: 1 });
  }
  return lines;
}
