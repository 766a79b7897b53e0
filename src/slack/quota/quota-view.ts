import type { Quota, QuotaUse } from '../../core/backups/quota.ts';
import type { Message } from '../kit.ts';
import { context, message, oneLine, section } from '../kit.ts';
import { count, gib, type Mark, marked, plural, slackDate } from '../words.ts';

export interface QuotaParts {
  readonly project: string;
  readonly quota: Quota;
  /** When it was read. */
  readonly at: Date;
}

/** From this share of the limit on there is something to do before backups fail. */
const NEARLY = 0.9;
const BAR_LENGTH = 20;

type Standing = 'plenty' | 'nearly' | 'full' | 'unlimited' | 'untold';
const order: readonly Standing[] = ['full', 'nearly', 'plenty', 'untold', 'unlimited'];

const headlines: Readonly<Record<Standing, readonly [mark: Mark, words: string]>> = {
  full: ['failed', 'Used up'],
  nearly: ['attention', 'Nearly used up'],
  plenty: ['done', 'There is room'],
  untold: ['attention', 'Not told by the cloud'],
  unlimited: ['done', 'No limit'],
};

/** How much of its backup quota a project uses, as bars and in words. */
export function quotaView({ project, quota, at }: QuotaParts): Message {
  const name = oneLine(project);
  const { backups, gigabytes } = quota;
  const standings = [standingOf(backups), standingOf(gigabytes)];
  const worst = order.find((standing) => standings.includes(standing)) ?? 'untold';
  const [mark, words] = headlines[worst];
  const headline = marked(mark, `${words}: the backup quota of ${name}`);
  const number = useWords(backups, { unit: count, of: (limit) => plural(limit, 'backup') });
  const size = useWords(gigabytes, { unit: gib, of: gib });
  const remedy = remedyOf(worst, name);
  const note = `Read from the cloud at ${slackDate(at, 'time')}.`;
  return message([headline, `Number: ${number}`, `Size: ${size}`, ...remedy, note].join('\n'), [
    section(`*${headline}*`),
    section(part('Number of backups', backups, number)),
    section(part('Size of backups', gigabytes, size)),
    ...remedy.map((text) => section(text)),
    context(note),
  ]);
}

function part(title: string, use: QuotaUse | undefined, words: string): string {
  const bar = barOf(use);
  return [`*${title}*`, ...(bar === undefined ? [] : [bar]), words].join('\n');
}

function standingOf(use: QuotaUse | undefined): Standing {
  if (use === undefined) return 'untold';
  if (use.limit === undefined) return 'unlimited';
  const taken = use.used + use.reserved;
  if (taken >= use.limit) return 'full';
  return taken >= use.limit * NEARLY ? 'nearly' : 'plenty';
}

function useWords(
  use: QuotaUse | undefined,
  say: { readonly unit: (number: number) => string; readonly of: (limit: number) => string },
): string {
  if (use === undefined) return 'The cloud does not tell how much is used.';
  const { used, reserved, limit } = use;
  const aside = reserved > 0 ? `, ${say.unit(reserved)} set aside for what is under way` : '';
  if (limit === undefined) return `${say.unit(used)} used${aside}; there is no limit.`;
  const left = limit - used - reserved;
  const rest = left > 0 ? `${say.unit(left)} left` : 'nothing left';
  return `${say.unit(used)} of ${say.of(limit)} used (${percent(used, limit)})${aside}; ${rest}.`;
}

/** Only what is all of it, or nothing, is called so. */
function percent(used: number, limit: number): string {
  if (limit <= 0) return '100 %';
  const exact = (used / limit) * 100;
  if (exact > 0 && exact < 1) return 'less than 1 %';
  return `${count(exact < 100 ? Math.min(Math.round(exact), 99) : Math.round(exact))} %`;
}

/** `███████▒░░░░░░░░░░░░`: used, set aside, free. What is there at all is seen, and so is what is left. */
function barOf(use: QuotaUse | undefined): string | undefined {
  if (use?.limit === undefined) return undefined;
  const { used, reserved, limit } = use;
  const taken = cells(used + reserved, limit);
  const solid = reserved > 0 ? Math.min(cells(used, limit), taken - 1) : taken;
  return `\`${'█'.repeat(solid)}${'▒'.repeat(taken - solid)}${'░'.repeat(BAR_LENGTH - taken)}\``;
}

function cells(amount: number, limit: number): number {
  if (amount >= limit) return BAR_LENGTH;
  if (amount <= 0) return 0;
  return Math.min(Math.max(Math.round((amount / limit) * BAR_LENGTH), 1), BAR_LENGTH - 1);
}

function remedyOf(worst: Standing, name: string): readonly string[] {
  if (worst !== 'full' && worst !== 'nearly') return [];
  const what = worst === 'full' ? 'New backups fail until there is room.' : 'Backups begin to fail when it is used up.';
  return [
    `${what} Delete backups that are no longer needed (\`/vbs backups ${name}\`), let policies keep fewer (\`/vbs policies ${name}\`), or have the quota raised.`,
  ];
}
