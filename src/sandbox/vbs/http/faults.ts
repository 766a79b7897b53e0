import { z } from 'zod';
import { DISK_STATUSES } from '../world/types.ts';
import { ERROR_SHAPES } from './refusal.ts';

const status = z.int().min(400).max(599);
const milliseconds = z.int().min(0);

const where = {
  /** A route's name as the log has it, such as `sharings.share`; `*` is every route. */
  route: z.string().min(1),
  /** Only calls on this project, by id or name. */
  project: z.string().optional(),
  /** How many calls are let through before the fault begins. */
  skip: z.int().min(0).default(0),
  /** How many calls it befalls; until cleared unless given. */
  times: z.int().positive().optional(),
};

const routeFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...where, kind: z.literal('latency'), ms: milliseconds }),
  z.strictObject({
    ...where,
    kind: z.literal('rate_limit'),
    retryAfter: z.int().min(0).default(1),
    status: z.union([z.literal(429), z.literal(413)]).default(429),
  }),
  z.strictObject({
    ...where,
    kind: z.literal('status'),
    status,
    shape: z.enum(ERROR_SHAPES).optional(),
    code: z.string().optional(),
    message: z.string().optional(),
  }),
  z.strictObject({ ...where, kind: z.literal('html'), status: status.default(502) }),
  z.strictObject({ ...where, kind: z.literal('truncated') }),
  z.strictObject({ ...where, kind: z.literal('cut_before') }),
  z.strictObject({ ...where, kind: z.literal('cut_after') }),
  z.strictObject({ ...where, kind: z.literal('slow_body'), ms: milliseconds }),
  /** Leaves out a field wherever the answer has it. */
  z.strictObject({ ...where, kind: z.literal('wrong_schema'), drop: z.string().default('id') }),
  /** Answers what the route answered last. */
  z.strictObject({ ...where, kind: z.literal('duplicate_page') }),
]);
export type RouteFault = z.output<typeof routeFaultSchema>;

// An id or a name.
const diskId = z.string().min(1);
const limit = z.int().min(-1);

/** What `setFaults` takes. Faults add to those that are set; `clear` takes all away first, `clearRoutes` those of routes. */
export const faultsSchema = z.strictObject({
  clear: z.boolean().default(false),
  clearRoutes: z.boolean().default(false),
  routes: z.array(routeFaultSchema).default([]),
  failNextBackup: z
    .strictObject({
      diskId,
      code: z.string().default('VolumeBackup.0027'),
      reason: z.string().default('Failed to create the backup.'),
      withoutJob: z.boolean().optional(),
    })
    .optional(),
  timeoutNextBackup: z.strictObject({ diskId }).optional(),
  slowBackup: z.strictObject({ diskId, factor: z.number().positive().default(10) }).optional(),
  failNextRestore: z
    .strictObject({
      diskId,
      code: z.string().default('VolumeBackup.0200'),
      reason: z.string().default('Failed to restore data.'),
      /** Whether the disk and the backup are left in error. */
      lasting: z.boolean().default(false),
    })
    .optional(),
  failNextDelete: z
    .strictObject({
      backupId: z.string().min(1),
      code: z.string().default('VolumeBackup.0102'),
      reason: z.string().default('Failed to delete the backup.'),
    })
    .optional(),
  diskStatus: z.strictObject({ diskId, status: z.enum(DISK_STATUSES) }).optional(),
  /** Limits of a project from now on; -1 is none. */
  quotas: z
    .strictObject({
      project: z.string(),
      backups: limit.optional(),
      gigabytes: limit.optional(),
      backupsPerDisk: limit.optional(),
    })
    .optional(),
  projectDown: z.strictObject({ project: z.string(), status: status.nullable().default(503) }).optional(),
});
/** Faults as one writes them. */
export type Faults = z.input<typeof faultsSchema>;

interface Armed {
  fault: RouteFault;
  skip: number;
  times: number;
}

/** The faults of routes that are set, each counted down as it strikes. */
export class RouteFaults {
  #armed: Armed[] = [];

  add(fault: RouteFault): void {
    this.#armed.push({ fault, skip: fault.skip, times: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Those that befall this call: every latency, and the first of the others. */
  strike(route: string, projectId: string | undefined): RouteFault[] {
    const struck: RouteFault[] = [];
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (fault.route !== '*' && fault.route !== route) continue;
      if (fault.project !== undefined && fault.project !== projectId) continue;
      if (fault.kind !== 'latency' && struck.some((other) => other.kind !== 'latency')) continue;
      if (armed.skip > 0) {
        armed.skip--;
        continue;
      }
      armed.times--;
      struck.push(fault);
    }
    this.#armed = this.#armed.filter((armed) => armed.times > 0);
    return struck;
  }
}
