import type { WebClientOptions } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import type { CardKind, ClaimedCard } from '../../../src/core/cards.ts';
import type { Core } from '../../../src/core/core.ts';
import type { Clock } from '../../../src/core/ports.ts';
import type { SlackSandbox, SlackSandboxOptions } from '../../../src/sandbox/slack/workspace.ts';
import { type CardDelivery, createCardDelivery, type DeliveryOutcome } from '../../../src/slack/card-delivery.ts';
import { createCardRegistry } from '../../../src/slack/card-registry.ts';
import type { Message } from '../../../src/slack/kit.ts';
import { sentence } from '../../../src/slack/sentence.ts';
import { deliveringClient } from '../../../src/slack/slack-client.ts';
import { person } from '../../support/slack-person.ts';
import { CHANNEL, realClock, recordingLog, startSandbox, testCore } from '../bot-in-sandbox.ts';

/** Real time, moved on by hand. */
export interface MovedClock extends Clock {
  forward(ms: number): void;
}

export function movedClock(): MovedClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    sleep: (ms, signal) => realClock.sleep(ms, signal),
    forward(ms) {
      ahead += ms;
    },
  };
}

export interface CardsInSandbox {
  readonly sandbox: SlackSandbox;
  readonly core: Core;
  readonly clock: MovedClock;
  readonly delivery: CardDelivery;
  readonly log: ReturnType<typeof recordingLog>;
  /** What each entity looks like now; one that is missing is gone. */
  readonly entities: Map<string, Message | Error>;
  /** Opens a card of an entity, which shows its id. */
  open(entityId: string, place?: ClaimedCard['place'], inThreadOf?: string): Promise<void>;
  /** Claims what is due and delivers it, one after the other; answers what became of each. */
  deliverDue(signal?: AbortSignal): Promise<readonly DeliveryOutcome[]>;
  claim(): Promise<readonly ClaimedCard[]>;
}

/** What stands in a channel, oldest first. */
export async function texts({ sandbox }: CardsInSandbox, channel = CHANNEL): Promise<string[]> {
  return (await person(sandbox.url, 'U2').messages(channel)).map((message) => message.text);
}

/** How often a method of the Web API was called. */
export function calls({ sandbox }: CardsInSandbox, method: string): number {
  return sandbox.log().filter((exchange) => JSON.stringify(exchange).includes(`"${method}"`)).length;
}

const LEASE_MS = 60_000;

/** A workspace, a database and the delivery between them. Cards are of the kind `share-request`. */
export async function startDelivery(
  options: { workspace?: Partial<SlackSandboxOptions>; whoOwns?: readonly string[]; client?: WebClientOptions } = {},
): Promise<CardsInSandbox> {
  const sandbox = await startSandbox(options.workspace);
  const log = recordingLog();
  const clock = movedClock();
  const core = await testCore({ log, clock });
  onTestFinished(() => core.store.close());
  const entities = new Map<string, Message | Error>();
  const outcomes: DeliveryOutcome[] = [];
  const kind: CardKind = 'share-request';
  const delivery = createCardDelivery({
    core,
    client: deliveringClient({ botToken: sandbox.tokens.bot, apiUrl: sandbox.apiUrl }, log),
    cards: createCardRegistry([
      {
        kind,
        async render(_core, entityId) {
          const drawn = entities.get(entityId);
          if (drawn instanceof Error) throw drawn;
          return drawn;
        },
      },
    ]),
    whoOwns: async () => options.whoOwns ?? [],
    onOutcome: (_card, outcome) => void outcomes.push(outcome),
  });
  const claim = () => {
    const now = clock.now();
    return core.store.cards.claimDue({ now, until: new Date(now.getTime() + LEASE_MS), limit: 10 });
  };
  return {
    sandbox,
    core,
    clock,
    delivery,
    log,
    entities,
    claim,
    async open(entityId, place = { kind: 'channel', id: CHANNEL }, inThreadOf) {
      if (!entities.has(entityId)) entities.set(entityId, sentence(entityId));
      const thread = inThreadOf === undefined ? {} : { inThreadOf: { kind, entityId: inThreadOf } };
      await core.store.cards.open({ kind, entityId, place, ...thread });
    },
    async deliverDue(signal = new AbortController().signal) {
      outcomes.length = 0;
      for (const card of await claim()) await delivery.deliver(card, signal);
      return [...outcomes];
    },
  };
}
