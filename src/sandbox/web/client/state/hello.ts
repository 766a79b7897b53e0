import { isRecord, type Json, records } from '../json.ts';
import { call } from './api.ts';
import { remembered } from './memory.ts';
import type { Model, Where } from './model.ts';
import { readAbout, readApp, readChannels, readExchange, readPeople, readView, readViews } from './reading.ts';

export interface Begun {
  readonly model: Partial<Model>;
  /** Whether this is another start of a demo that went on with what it had. */
  readonly isRestart: boolean;
}

/** What the page begins or goes on with when the sandbox says hello: everything anew, since anything may have happened. */
export async function begin(hello: Json, boot: string, before: Model): Promise<Begun> {
  const [aboutAnswer, state] = await Promise.all([call('/_demo/about'), call('/_sandbox/state')]);
  const about = readAbout(aboutAnswer);
  const memory = before.boot === '' ? remembered() : before;
  const isRestart = about.kept && memory.boot !== '' && memory.boot !== boot;
  const isSameWorld = memory.boot === boot || isRestart;
  const people = readPeople(state);
  const channels = readChannels(state);
  return {
    isRestart,
    model: {
      link: 'open',
      boot,
      about,
      people,
      channels,
      ...readApp(state),
      me: (people.find((person) => person.id === memory.me) ?? people[0])?.id ?? '',
      where: before.boot === '' ? firstPlace(channels) : before.where,
      seen: isSameWorld ? memory.seen : {},
      ticked: isSameWorld ? memory.ticked : [],
      // They end with the demo that they were brought over.
      troubles: memory.boot === boot ? memory.troubles : {},
      stacks: mapped(hello.stacks, readViews),
      homes: mapped(hello.homes, readView),
      exchanges: records(hello.exchanges).map(readExchange),
      ...(!isSameWorld && { messages: {}, thread: undefined, stirred: {} }),
    },
  };
}

/** Whether the demo that was started again serves another page than this one. */
export async function isOutOfDate(): Promise<boolean> {
  const script = document.querySelector('script[src]')?.getAttribute('src') ?? '';
  const page = await fetch('/').then((response) => response.text());
  return !page.includes(script);
}

function firstPlace(channels: Model['channels']): Where {
  return { kind: 'channel', id: channels[0]?.id ?? '' };
}

function mapped<T>(value: unknown, read: (one: unknown) => T): Record<string, T> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, read(one)])) : {};
}
