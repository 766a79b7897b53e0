import { z } from 'zod';
import { BACKUP_STATUSES, DISK_KINDS, DISK_STATUSES, ROLES, TASK_STATUSES, WEEKDAYS } from './world/types.ts';

const projectId = z.string().regex(/^[0-9a-f]{32}$/, 'a project id has 32 hexadecimal characters');
const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'an id is a UUID in lower case');
// An id or a name, of something in this seed or already in the world.
const reference = z.string().min(1);
const time = z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))]);

// -1 is no limit.
const limit = z.int().min(-1);

const project = z.strictObject({
  id: projectId,
  name: z.string().min(1),
  quotas: z
    .strictObject({
      backups: limit.default(-1),
      gigabytes: limit.default(-1),
      /** Counting what no policy made; the service's 20 unless given. */
      backupsPerDisk: limit.default(20),
    })
    .prefault({}),
});

const accessKey = z.strictObject({
  accessKey: z.string().min(1),
  secretKey: z.string().min(1),
  /** Of a temporary key. */
  securityToken: z.string().min(1).optional(),
});

const user = z.strictObject({
  name: z.string().min(1),
  password: z.string().min(1),
  domain: z.string().min(1).default('Default'),
  /** By project id or name. */
  roles: z.record(reference, z.enum(ROLES)),
  /** With these the user signs requests in place of a token. */
  accessKeys: z.array(accessKey).default([]),
});

const disk = z.strictObject({
  id: uuid.optional(),
  name: z.string().min(1),
  size: z.int().positive(),
  project: reference,
  availabilityZone: z.string().default('eu-de-01'),
  status: z.enum(DISK_STATUSES).default('available'),
  kind: z.enum(DISK_KINDS).default('standard'),
});

const explicitBackup = z.strictObject({
  id: uuid.optional(),
  disk: reference,
  name: z.string().nullable().optional(),
  status: z.enum(BACKUP_STATUSES).default('available'),
  createdAt: time,
  description: z.string().nullable().optional(),
  failReason: z.string().nullable().default(null),
  incremental: z.boolean().default(true),
  /** An image was made of it, so it cannot be deleted. */
  isImage: z.boolean().default(false),
  policy: reference.optional(),
});

const generatedBackups = z.strictObject({
  disk: reference,
  count: z.int().positive(),
  newest: time,
  everyHours: z.number().positive().default(24),
  /** The names begin so, by default with the disk's name; the date follows. */
  prefix: z.string().optional(),
  status: z.enum(BACKUP_STATUSES).default('available'),
  policy: reference.optional(),
});

const policy = z.strictObject({
  id: uuid.optional(),
  name: z.string().min(1),
  project: reference,
  /** Full hours, UTC. */
  startTimes: z.array(z.string().regex(/^([01]\d|2[0-3]):00$/)).min(1),
  frequency: z.int().min(1).max(30).optional(),
  weekdays: z.array(z.enum(WEEKDAYS)).min(1).optional(),
  retentionNum: z.int().min(2).max(99).optional(),
  retentionDays: z.int().min(2).max(99_999).optional(),
  keepFirstOfMonth: z.boolean().optional(),
  status: z.enum(['ON', 'OFF']).default('ON'),
  timeZone: z
    .string()
    .regex(/^UTC[+-]\d{2}:\d{2}$/)
    .optional(),
  disks: z.array(reference).default([]),
  tags: z.array(z.strictObject({ key: z.string().min(1), value: z.string() })).default([]),
  /** The one that a project has from the beginning: it can be neither renamed nor deleted. */
  isDefault: z.boolean().default(false),
  createdAt: time.optional(),
});

const sharing = z.strictObject({ id: uuid.optional(), backup: reference, to: reference, createdAt: time });

const task = z.strictObject({
  id: uuid.optional(),
  policy: reference,
  disk: reference,
  status: z.enum(TASK_STATUSES),
  createdAt: time,
  finishedAt: time.optional(),
  backupName: z.string().optional(),
  /** The backup that it made, by id or name. */
  backup: reference.optional(),
  error: z.strictObject({ code: z.string(), reason: z.string() }).optional(),
});

/** What a world begins with. What is referred to may stand in the same seed or already be in the world. */
export const seedSchema = z.strictObject({
  projects: z.array(project).default([]),
  users: z.array(user).default([]),
  disks: z.array(disk).default([]),
  policies: z.array(policy).default([]),
  backups: z.array(z.union([explicitBackup, generatedBackups])).default([]),
  sharings: z.array(sharing).default([]),
  tasks: z.array(task).default([]),
});

/** A seed as one writes it: what has a default may be left out. */
export type Seed = z.input<typeof seedSchema>;
export type ParsedSeed = z.output<typeof seedSchema>;
