import { createContext } from 'preact';
import { useContext, useLayoutEffect, useState } from 'preact/hooks';
import { type Json, records } from '../json.ts';
import { call } from '../state/api.ts';
import type { Session } from '../state/session.ts';
import { Store } from '../state/store.ts';
import { fieldOf, initialValue, isOffered } from './fields.ts';

/** Where a person acts: a message, the modal on top, or the home tab. */
export type Address =
  | { readonly channel: string; readonly ts: string }
  | { readonly home: true }
  | Record<string, never>;

/** An element and the block around it. */
export interface At {
  readonly element: Json;
  readonly block: Json;
}

type Edits = Readonly<Record<string, unknown>>;

/** One place's inputs: what was entered there, and how it gets to the app. */
export class Place {
  readonly address: Address;
  /** What was entered, by element; kept until the place is gone. */
  readonly edits = new Store<Edits>({});
  /** What the app or Slack's client finds wrong, by block. */
  readonly errors = new Store<Readonly<Record<string, string>>>({});
  readonly #session: Session;
  readonly #me: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: Session, address: Address) {
    this.#session = session;
    this.#me = session.store.value.me;
    this.address = address;
  }

  /** A click, or a choice that the app is told at once. Resolves when it has been acked, or the trouble was shown. */
  async act(at: At, fields: Json): Promise<void> {
    await this.#session.attempt(() => this.#send(at, fields));
  }

  /** Puts a value into an input; the app is told at once where the element does so. */
  async enter(at: At, value: unknown): Promise<void> {
    this.edits.set({ [keyOf(at)]: value });
    this.errors.set({ [String(at.block.block_id)]: '' });
    if (dispatches(at)) await this.act(at, { [fieldOf(at.element)]: value });
    else await this.#send(at, { [fieldOf(at.element)]: value }).catch(() => undefined);
  }

  /** Only keeps what is being typed; `enter` hands it on when the person is done. */
  note(at: At, value: unknown): void {
    this.edits.set({ [keyOf(at)]: value });
  }

  async options(at: At, query: string): Promise<Json | undefined> {
    const { element, block } = at;
    const body = { user: this.#me, ...this.address, action_id: element.action_id, block_id: block.block_id, query };
    const answer = await this.#session.attempt(() => call('/_sandbox/options', body));
    return answer === undefined ? undefined : Object(answer);
  }

  /** The present value of an input: what was entered and is still offered, else what the app began with. */
  value(at: At): unknown {
    const entered = this.edits.value[keyOf(at)];
    return entered === undefined || !isOffered(at.element, entered) ? initialValue(at.element) : entered;
  }

  /** What was entered into these blocks, as `state.values`. */
  entered(blocks: readonly Json[]): Record<string, Record<string, Json>> {
    const values: Record<string, Record<string, Json>> = {};
    for (const at of elementsOf(blocks)) {
      if (this.edits.value[keyOf(at)] === undefined) continue;
      const { element, block } = at;
      const entry = { type: element.type, [fieldOf(element)]: this.value(at) };
      values[String(block.block_id)] = { ...values[String(block.block_id)], [String(element.action_id)]: entry };
    }
    return values;
  }

  /** Resolves when everything entered so far has reached the sandbox. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** One after the other, so that what was entered is there when a button is pressed. */
  #send({ element, block }: At, fields: Json): Promise<unknown> {
    const body = { user: this.#me, ...this.address, action_id: element.action_id, block_id: block.block_id, ...fields };
    const sent = this.#last.then(() => call('/_sandbox/action', body));
    this.#last = sent.catch(() => undefined);
    return sent;
  }
}

/** Whether a choice here goes to the app at once: everywhere but in an input block that does not ask for it. */
export function dispatches({ block }: At): boolean {
  return block.type !== 'input' || block.dispatch_action === true;
}

function elementsOf(blocks: readonly Json[]): At[] {
  return blocks.flatMap((block) =>
    [...records([block.element]), ...records([block.accessory]), ...records(block.elements)]
      .filter((element) => fieldOf(element) !== '')
      .map((element) => ({ element, block })),
  );
}

function keyOf({ element, block }: At): string {
  return JSON.stringify([block.block_id, element.action_id, element.type]);
}

const PlaceContext = createContext<Place | undefined>(undefined);

export const PlaceProvider = PlaceContext.Provider;

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('an element stands outside of any place');
  return place;
}

/** The present value of an input, drawn again when it changes. */
export function useValue(at: At): unknown {
  const place = usePlace();
  useStore(place.edits);
  return place.value(at);
}

export function useStore<T>(store: Store<T>): T {
  const [, draw] = useState<T>(store.value);
  useLayoutEffect(() => store.listen(() => draw(store.value)), [store]);
  return store.value;
}
