import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { CallOptions } from './options.ts';

/** How much of something there may be, and is. */
export interface QuotaUse {
  readonly used: number;
  /** Set aside for what is under way. */
  readonly reserved: number;
  /** Undefined where there is none. */
  readonly limit: number | undefined;
}

/** The project's quota; a part that the cloud does not tell is undefined. */
export interface Quota {
  /** How many backups. */
  readonly backups: QuotaUse | undefined;
  /** How large they are together, in GiB. */
  readonly gigabytes: QuotaUse | undefined;
}

export interface Quotas {
  get(options?: CallOptions): Promise<Quota>;
}

const quotaBody = z.object({
  quotas: z.object({
    resources: z.array(
      z.object({
        type: z.string(),
        used: z.number().nullable(),
        reserved: z.number().nullish(),
        quota: z.number().nullable(),
      }),
    ),
  }),
});
type QuotaBody = z.infer<typeof quotaBody>;

/** The quota of a project. */
export function createQuotas(caller: Caller): Quotas {
  return {
    async get(options) {
      const call = { operation: 'getQuota', signal: options?.signal } as const;
      return (await caller.ask(call, { schema: quotaBody, map: toQuota })).value;
    },
  };
}

function toQuota(wire: QuotaBody): Quota {
  const use = (type: string): QuotaUse | undefined => {
    // One published example has a blank within the name.
    const found = wire.quotas.resources.find((each) => each.type.replace(/\s/g, '') === type);
    const { used = null, reserved, quota = null } = found ?? {};
    if (used === null || quota === null) return undefined;
    return { used, reserved: reserved ?? 0, limit: quota < 0 ? undefined : quota };
  };
  return { backups: use('backups'), gigabytes: use('backup_gigabytes') };
}
