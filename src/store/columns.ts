import { z } from 'zod';
import type { BackupFacts } from '../core/backups/backup.ts';
import { type Failure, failureKinds } from '../core/failure.ts';
import type { Json, Time } from './database.ts';

/** More rows than this go into several statements: both databases limit the values of one. */
export const ROWS_A_STATEMENT = 500;

export const failure = z.object({
  // A newer version may have written a kind of its own: nothing that waits may hang on that.
  kind: z.enum(failureKinds).catch('no_reason_given'),
  code: z.string().exactOptional(),
  message: z.string().exactOptional(),
  explanation: z.string().exactOptional(),
  remedy: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
});

export const backupFacts = z
  .object({
    name: z.string().optional(),
    diskId: z.string().optional(),
    sizeGib: z.number().optional(),
    takenAt: z.string().optional(),
  })
  .transform(({ name, diskId, sizeGib, takenAt }) => ({ name, diskId, sizeGib, takenAt: fromTime(takenAt ?? null) }));

const auditDetails = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

/** A moment as a column keeps it; none is null. */
export function toTime(at: Date): Time;
export function toTime(at: Date | undefined): Time | null;
export function toTime(at: Date | undefined): Time | null {
  return at === undefined ? null : at.toISOString();
}

export function fromTime(time: Time): Date;
export function fromTime(time: Time | null): Date | undefined;
export function fromTime(time: Time | null): Date | undefined {
  return time === null ? undefined : new Date(time);
}

/** A value as a JSON column keeps it; none is null. */
export function toJson(value: object): Json;
export function toJson(value: object | undefined): Json | null;
export function toJson(value: object | undefined): Json | null {
  return value === undefined ? null : JSON.stringify(value);
}

export function failureFrom(json: Json | null): Failure | undefined {
  return json === null ? undefined : failure.parse(JSON.parse(json));
}

export function backupFrom(json: Json | null): BackupFacts | undefined {
  if (json === null) return undefined;
  return backupFacts.parse(JSON.parse(json));
}

export function detailsFrom(json: Json): z.infer<typeof auditDetails> {
  return auditDetails.parse(JSON.parse(json));
}

/** The rows in parts small enough for one statement each. */
export function* inParts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) yield rows.slice(from, from + ROWS_A_STATEMENT);
}

/** The rows by the value of one of their columns, each group in the order of the rows. */
export function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): ReadonlyMap<Key, readonly Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
