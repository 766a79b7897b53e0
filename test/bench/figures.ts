import { z } from 'zod';

/**
 * One figure: how many times what it is held against it takes, and how many times it may. The detail tells what was
 * measured on either side, and how far the rounds lay apart.
 */
export const figureShape = z.strictObject({
  name: z.string(),
  ratio: z.number().positive(),
  aim: z.number().positive(),
  detail: z.string(),
});
export type Figure = Readonly<z.infer<typeof figureShape>>;

/** What both sides took in each round, in the same unit. */
export interface Rounds {
  readonly ours: readonly number[];
  readonly bare: readonly number[];
}

export interface FigureFacts {
  readonly name: string;
  readonly aim: number;
  readonly unit: 'ms' | 'MiB';
  /** What else belongs to the figure, such as counts. */
  readonly note?: string;
}

/** The middle of the values, or the mean of the two in the middle. Throws where there are none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('there is no median of nothing');
  return (lower + upper) / 2;
}

/** The mean of the middle half: a hiccup does not count, and it is finer than the clock that the values come from. */
export function middleMean(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / 4);
  const middle = sorted.slice(cut, sorted.length - cut);
  if (middle.length === 0) throw new RangeError('there is no mean of nothing');
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/**
 * The median of the rounds' own ratios: what slows the machine down for a while slows both sides of a round. Throws
 * RangeError unless both sides were measured as often, each time above zero.
 */
export function figureOf(facts: FigureFacts, { ours, bare }: Rounds): Figure {
  if (ours.length !== bare.length) throw new RangeError(`${facts.name}: one side was measured more often`);
  const ratios = ours.map((value, round) => value / (bare[round] ?? 0));
  if (!ratios.every((ratio) => Number.isFinite(ratio) && ratio > 0)) {
    throw new RangeError(`${facts.name}: a round without a ratio`);
  }
  const { name, aim, unit, note } = facts;
  const detail = [
    `${shown(median(ours))} ${unit} to ${shown(median(bare))} ${unit}`,
    `${ratios.length} rounds from ${rounded(Math.min(...ratios))} to ${rounded(Math.max(...ratios))}`,
    ...(note === undefined ? [] : [note]),
  ];
  return { name, ratio: rounded(median(ratios)), aim, detail: detail.join('; ') };
}

/** All figures as one object in one line. */
export function jsonOf(figures: readonly Figure[]): string {
  return JSON.stringify({ figures });
}

/** All figures as a table for people. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, ratio, aim, detail }) => [
    name,
    ratio.toFixed(2),
    aim.toFixed(2),
    ratio <= aim ? 'ok' : 'over',
    detail,
  ]);
  const table = [['figure', 'ratio', 'aim', '', 'detail'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, column) => aligned(cell, column, widths))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function aligned(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return column === 1 || column === 2 ? cell.padStart(width) : cell.padEnd(width);
}

function rounded(ratio: number): number {
  return Math.round(ratio * 1_000) / 1_000;
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
