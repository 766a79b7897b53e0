import type { Core } from '../core.ts';
import { CloudError, type Failure } from '../failure.ts';
import type { Backup } from './backup.ts';

/** A backup that a text names. */
export interface NamedBackup extends Pick<Backup, 'id' | 'name'> {
  readonly project: string;
}

export interface NamedBackups {
  readonly backups: readonly NamedBackup[];
  /** The projects whose backups could not be read, and why. */
  readonly unread: readonly { readonly project: string; readonly failure: Failure }[];
}

/** Longer texts are read this far: a message of Slack has at most 4,000 characters, and its blocks about as much again. */
const READ = 10_000;
const UUID = /(?<![\w-])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\w-])/g;
/** What is further away from a word does not belong to it. */
const NEAR = 64;
/** Of a shorter name no text can be sure to mean it. */
const SHORTEST_NAME = 3;

/** The backups that a text names, of every project in which this person may ask for one. Throws CannotCheck. */
export async function findNamedBackups(core: Core, wish: { by: string; text: string }): Promise<NamedBackups> {
  const projects = await core.access.projects('request', wish.by);
  const answers = await Promise.all(projects.map(({ alias }) => inProject(core, alias, wish.text)));
  return { backups: answers.flatMap(({ backups }) => backups), unread: answers.flatMap(({ unread }) => unread) };
}

async function inProject(core: Core, project: string, text: string): Promise<NamedBackups> {
  const all: Pick<Backup, 'id' | 'name'>[] = [];
  try {
    for await (const backup of core.clouds.of(project).backupNames()) all.push(backup);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return { backups: [], unread: [{ project, failure: error.failure }] };
  }
  return { backups: namedIn(text, all).map((backup) => ({ ...backup, project })), unread: [] };
}

/**
 * Those of the backups whose id, or else whose name, stands in the text as a word of its own. An id is meant for sure, so
 * where there is one names do not count; of names within longer names only the longer ones do.
 */
export function namedIn<B extends Pick<Backup, 'id' | 'name'>>(text: string, backups: readonly B[]): readonly B[] {
  const read = text.slice(0, READ);
  const ids = new Set(read.toLowerCase().match(UUID));
  const byId = backups.filter(({ id }) => ids.has(id.toLowerCase()));
  if (byId.length > 0) return byId;
  const names = new Set(backups.flatMap(({ name }) => (name && name.length >= SHORTEST_NAME ? [name] : [])));
  const taken: (readonly [from: number, to: number])[] = [];
  const meant = new Set<string>();
  for (const name of [...names].filter((one) => read.includes(one)).sort((a, b) => b.length - a.length)) {
    const places = placesOf(read, name).map((from) => [from, from + name.length] as const);
    const own = places.filter(([from, to]) => !taken.some((other) => other[0] <= from && to <= other[1]));
    if (own.length === 0) continue;
    meant.add(name);
    taken.push(...own);
  }
  return backups.filter(({ name }) => name !== undefined && meant.has(name));
}

/** Where the word stands in the text, not as a part of another word. */
function placesOf(text: string, word: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); word !== '' && at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.slice(Math.max(0, at - NEAR), at);
    const after = text.slice(at + word.length, at + word.length + NEAR);
    // A dot or dash goes on with a name if something follows it; at the end of a sentence it does not.
    if (/[\p{L}\p{N}_][.-]*$/u.test(before) || /^[.-]*[\p{L}\p{N}_]/u.test(after)) continue;
    places.push(at);
  }
  return places;
}
