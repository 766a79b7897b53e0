import { z } from 'zod';

export const directions = ['out', 'in'] as const;
export type Direction = (typeof directions)[number];

/** Which page of which list: all that its buttons carry. Whether the person may see it is asked at each click. */
export const placeShape = z.object({
  project: z.string(),
  direction: z.enum(directions),
  page: z.int().min(0),
});
export type SharesPlace = z.output<typeof placeShape>;

/** A place as the value of a button. */
export function placeValue(place: SharesPlace): string {
  return JSON.stringify(place);
}

/** Whether a word of a command names a direction, in whatever case. */
export function isDirection(word: string): boolean {
  return directions.some((direction) => direction === word.toLowerCase());
}

/** Takes the direction out of a command's words, wherever it stands; the settings allow no project of that name. */
export function splitDirection(words: readonly string[]): {
  readonly direction: Direction;
  readonly others: readonly string[];
} {
  const named = words.map((word) => directions.find((direction) => direction === word.toLowerCase()));
  const direction = named.find((one) => one !== undefined) ?? 'out';
  return { direction, others: words.filter((_, index) => named[index] === undefined) };
}
