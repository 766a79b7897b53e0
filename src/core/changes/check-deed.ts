import type { NewBackup, Tag } from '../backups/backup.ts';
import type { InputFault } from '../errors.ts';
import { keepsAsLong, type PolicyPlan } from '../policies/policy.ts';
import { isUuid } from '../uuid.ts';
import type { Deed } from './change.ts';

/** The limits that the API documents for what people type. */
export const CHANGE_LIMITS = {
  name: 64,
  description: 64,
  tagKey: 36,
  tagValue: 43,
  tags: 10,
  startTimes: 24,
  everyDays: 14,
  keepLastNew: 99,
  keepLastChanged: 14,
  keepDays: 99_999,
  keepLeast: 2,
} as const;

const PLAIN = /^[A-Za-z0-9_-]*$/;
const FULL_HOUR = /^([01]\d|2[0-3]):00$/;

/** What the cloud would refuse of it, each fault with its field; nothing is asked of the cloud. */
export function deedFaults(deed: Deed): readonly InputFault[] {
  switch (deed.kind) {
    case 'backup.create':
      return backupFaults(deed.backup);
    case 'backup.restore':
      return [...idFaults('backup', deed.backupId), ...idFaults('disk', deed.diskId)];
    case 'backup.delete':
      return idFaults('backup', deed.backupId);
    case 'policy.create':
      return [
        ...nameFaults(deed.plan.name, 'default'),
        ...planFaults(deed.plan, CHANGE_LIMITS.keepLastNew),
        ...policyTagFaults(deed.tags),
      ];
    case 'policy.modify': {
      const { plan, before } = deed;
      // A new policy may keep more than a changed one: what it keeps may stay, but not be said anew.
      const most = keepsAsLong(plan.retention, before.retention)
        ? CHANGE_LIMITS.keepLastNew
        : CHANGE_LIMITS.keepLastChanged;
      return [...(plan.name === before.name ? [] : nameFaults(plan.name, 'default')), ...planFaults(plan, most)];
    }
    case 'policy.add-disks':
    case 'policy.remove-disks':
      return diskFaults(deed.diskIds);
    case 'policy.tags':
      return [
        ...(deed.tags.length === 0 ? [needed('tags')] : []),
        // What is there may be longer than what may be made, and has to go all the same.
        ...(deed.action === 'delete' ? doubledFaults(deed.tags) : policyTagFaults(deed.tags)),
      ];
    case 'policy.switch':
    case 'policy.delete':
      return [];
  }
}

function backupFaults({ diskId, name, description, snapshotId, tags }: NewBackup): readonly InputFault[] {
  const text = description ?? '';
  return [
    ...idFaults('disk', diskId),
    ...nameFaults(name, 'auto'),
    ...(text.length > CHANGE_LIMITS.description ? [tooLong('description', CHANGE_LIMITS.description)] : []),
    ...(/[<>]/.test(text) ? [{ field: 'description', rule: 'bad_characters', about: '< >' } as const] : []),
    ...(snapshotId === undefined ? [] : idFaults('snapshot', snapshotId)),
    ...tagFaults(tags, (word) => !/[\p{Cc}=*<>\\,|/]/u.test(word)),
  ];
}

function planFaults({ schedule, retention }: PolicyPlan, keepLastMost: number): readonly InputFault[] {
  const { times, everyDays, weekDays = [] } = schedule;
  const { keepLast, keepDays } = retention;
  const { keepLeast, keepDays: keepDaysMost, startTimes, everyDays: everyDaysMost } = CHANGE_LIMITS;
  return [
    ...(times.length === 0 ? [needed('times')] : []),
    ...(times.length > startTimes ? [{ field: 'times', rule: 'too_many', about: String(startTimes) } as const] : []),
    ...(times.some((time) => !FULL_HOUR.test(time)) ? [{ field: 'times', rule: 'full_hours' } as const] : []),
    ...(everyDays === undefined && weekDays.length === 0 ? [needed('frequency')] : []),
    ...(everyDays === undefined ? [] : rangeFaults('frequency', everyDays, [1, everyDaysMost])),
    ...(keepLast === undefined && keepDays === undefined ? [needed('retention')] : []),
    ...(keepLast === undefined ? [] : rangeFaults('retention', keepLast, [keepLeast, keepLastMost])),
    ...(keepLast !== undefined || keepDays === undefined
      ? []
      : rangeFaults('retention', keepDays, [keepLeast, keepDaysMost])),
  ];
}

function nameFaults(name: string, reserved: string): readonly InputFault[] {
  if (name === '') return [needed('name')];
  if (name.length > CHANGE_LIMITS.name) return [tooLong('name', CHANGE_LIMITS.name)];
  if (!PLAIN.test(name)) return [{ field: 'name', rule: 'bad_name' }];
  return name.startsWith(reserved) ? [{ field: 'name', rule: 'reserved_name', about: reserved }] : [];
}

function policyTagFaults(tags: readonly Tag[]): readonly InputFault[] {
  return tagFaults(tags, (word) => PLAIN.test(word));
}

function tagFaults(tags: readonly Tag[], allowed: (word: string) => boolean): readonly InputFault[] {
  const { tagKey, tagValue, tags: most } = CHANGE_LIMITS;
  if (tags.length > most) return [{ field: 'tags', rule: 'too_many', about: String(most) }];
  const doubled = doubledFaults(tags);
  if (doubled.length > 0) return doubled;
  for (const { key, value } of tags) {
    if (key === '' || key.length > tagKey) return [{ field: 'tags', rule: 'tag_key', about: key }];
    if (value.length > tagValue) return [{ field: 'tags', rule: 'tag_value', about: key }];
    if (!allowed(key) || !allowed(value)) return [{ field: 'tags', rule: 'bad_characters', about: `${key}=${value}` }];
  }
  return [];
}

function doubledFaults(tags: readonly Tag[]): readonly InputFault[] {
  return new Set(tags.map(({ key }) => key)).size < tags.length ? [{ field: 'tags', rule: 'doubled' }] : [];
}

function diskFaults(diskIds: readonly string[]): readonly InputFault[] {
  if (diskIds.length === 0) return [needed('disks')];
  const wrong = diskIds.find((id) => !isUuid(id));
  return wrong === undefined ? [] : [{ field: 'disks', rule: 'malformed', about: wrong }];
}

function idFaults(field: string, id: string): readonly InputFault[] {
  if (id === '') return [needed(field)];
  return isUuid(id) ? [] : [{ field, rule: 'malformed', about: id }];
}

function rangeFaults(field: string, value: number, [least, most]: readonly [number, number]): readonly InputFault[] {
  const within = Number.isInteger(value) && value >= least && value <= most;
  return within ? [] : [{ field, rule: 'out_of_range', about: `${least}–${most}` }];
}

function needed(field: string): InputFault {
  return { field, rule: 'required' };
}

function tooLong(field: string, most: number): InputFault {
  return { field, rule: 'too_long', about: String(most) };
}
