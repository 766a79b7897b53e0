import type { ActionsBlockElement } from '@slack/types';
import type { Backup } from '../../core/backups/backup.ts';
import { failureSentence } from '../failure-words.ts';
import type { Message } from '../kit.ts';
import { actions, button, context, message, oneLine, section } from '../kit.ts';
import { placeWords, turnButtons } from '../list-page.ts';
import { ago, count, gib, list, marked, slackDate } from '../words.ts';
import { diskName, nameWords, statusMarked } from './backup-words.ts';
import { filterWords, placeValue } from './backups-place.ts';
import type { BackupsPage } from './read-backups.ts';

/** The ids of what can be clicked in the list. */
export interface BackupsListIds {
  readonly page: string;
  readonly filter: string;
  readonly details: string;
  readonly create: string;
}

/** More projects than these are counted, not named, in one line. */
const NAMED = 3;

/** A page of a project's backups. */
export function backupsListView(page: BackupsPage, about: { ids: BackupsListIds; now: Date }): Message {
  if (page.items.length === 0) return emptyView(page, about.ids);
  const { ids, now } = about;
  const { place } = page;
  const filter = filterWords(place.filter);
  const heading = `*Backups of ${oneLine(place.project)}*, ${placeWords(page)} · ${filter ? `${filter}, ` : ''}newest first`;
  const change = button({ text: 'Change filter', actionId: ids.filter, value: placeValue(place) });
  const lines = page.items.map((backup) => backupLine(backup, page, now));
  const notes = notesOf(page);
  const entries = page.items.map((backup, index) => {
    const value = JSON.stringify({ project: place.project, backupId: backup.id });
    const label = `Details of ${backup.name ?? 'an unnamed backup'}`;
    return section(lines[index] ?? '', button({ text: 'Details', actionId: ids.details, value, label }));
  });
  const turn = (to: number) => placeValue({ ...place, page: to });
  const turns = turnButtons(page, { actionId: ids.page, value: turn, newestFirst: true });
  const row = [...turns, ...createButton(page, ids)];
  return message([heading, ...lines, ...notes].join('\n'), [
    section(heading, change),
    ...entries,
    ...(row.length > 0 ? [actions(...row)] : []),
    context(notes.join('\n')),
  ]);
}

function backupLine(backup: Backup, page: BackupsPage, now: Date): string {
  const projects = page.sharedWith.get(backup.id) ?? [];
  const facts = [
    gib(backup.sizeGib),
    diskName(backup.diskId, page.disks),
    backup.takenAt ? ago(backup.takenAt, now) : 'time unknown',
    ...(projects.length > 0 ? [`shared with ${few(projects)}`] : []),
  ];
  return `${statusMarked(backup.status)}: *${nameWords(backup)}*\n${facts.join(' · ')}`;
}

function few(projects: readonly string[]): string {
  const left = projects.length - NAMED;
  return list(left > 0 ? [...projects.slice(0, NAMED), `${count(left)} more`] : projects);
}

function notesOf({ at, all, total, sharingsFailure }: BackupsPage): readonly string[] {
  const hidden = all > total ? `; ${count(all)} without the filter` : '';
  const read = `Read from the cloud at ${slackDate(at, 'time')}${hidden}.`;
  if (!sharingsFailure) return [read];
  const why = `With whom they are shared may be incomplete. ${failureSentence(sharingsFailure)}`;
  return [marked('attention', why), read];
}

function createButton({ place, mayBackUp }: BackupsPage, ids: BackupsListIds): ActionsBlockElement[] {
  if (!mayBackUp) return [];
  const value = JSON.stringify({ project: place.project });
  return [button({ text: 'Back up a disk…', actionId: ids.create, value })];
}

function emptyView(page: BackupsPage, ids: BackupsListIds): Message {
  const { place, all } = page;
  const project = oneLine(place.project);
  const filter = filterWords(place.filter);
  const create = createButton(page, ids);
  if (filter === undefined || all === 0) {
    const what = `*Backups of ${project}*: none yet`;
    const then = `The policies make them: \`/vbs policies ${project}\` shows when, and \`/vbs run ${project}\` starts one now.`;
    const row = create.length > 0 ? [actions(...create)] : [];
    return message(`${what}\n${then}`, [section(`${what}\n${then}`), ...row]);
  }
  const what = `*Backups of ${project}*: none of ${count(all)} match · ${filter}`;
  const then = 'Change the filter, or look at all of them.';
  const without = placeValue({ ...place, page: 0, filter: {} });
  return message(`${what}\n${then}`, [
    section(`${what}\n${then}`),
    actions(
      button({ text: 'Change filter', actionId: ids.filter, value: placeValue(place) }),
      button({ text: 'Show all', actionId: `${ids.page}#all`, value: without }),
    ),
  ]);
}
