import { describe, expect, test } from 'vitest';
import { figureOf, figureShape, jsonOf, median, middleMean, tableOf } from './bench/figures.ts';
import { alternate } from './bench/rounds.ts';

describe('a figure', () => {
  test('is the median of the ratios of its rounds, so that a slow while of the machine does not count', () => {
    const rounds = { ours: [12, 110, 13], bare: [10, 100, 10] };
    expect(figureOf({ name: 'help', aim: 1.15, unit: 'ms', note: '5 requests' }, rounds)).toEqual({
      name: 'help',
      ratio: 1.2,
      aim: 1.15,
      detail: '13.0 ms to 10.0 ms; 3 rounds from 1.1 to 1.3; 5 requests',
    });
  });

  test('is refused where a side was measured less often, or not at all', () => {
    const facts = { name: 'help', aim: 1.15, unit: 'ms' } as const;
    expect(() => figureOf(facts, { ours: [1, 2], bare: [1] })).toThrow('one side was measured more often');
    expect(() => figureOf(facts, { ours: [1], bare: [0] })).toThrow('a round without a ratio');
    expect(() => figureOf(facts, { ours: [], bare: [] })).toThrow('no median of nothing');
  });

  test('goes out as one line of JSON that can be read again, and as a table that says what is over', () => {
    const figures = [
      { name: 'help', ratio: 1.1, aim: 1.15, detail: 'fine' },
      { name: 'memory', ratio: 1.5, aim: 1.4, detail: 'too much' },
    ];
    const json = jsonOf(figures);
    expect(json).not.toContain('\n');
    expect(JSON.parse(json)).toEqual({ figures: figures.map((figure) => figureShape.parse(figure)) });
    expect(tableOf(figures)).toBe(
      [
        'figure  ratio   aim        detail',
        'help     1.10  1.15  ok    fine',
        'memory   1.50  1.40  over  too much',
      ].join('\n'),
    );
  });
});

test('the median of an even number of values is between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([5, 1, 3])).toBe(3);
});

test('the mean of the middle leaves out what lies far off', () => {
  expect(middleMean([1, 1.1, 1.2, 900])).toBeCloseTo(1.15);
  expect(() => middleMean([])).toThrow('no mean of nothing');
});

test('both sides take turns, each round beginning with the one that ended the last, and the warm-up does not count', async () => {
  const turns: string[] = [];
  const side = (name: string) => async () => turns.push(name);
  const rounds = await alternate({ rounds: 2, warmUp: 1 }, { ours: side('ours'), bare: side('bare') });
  expect(turns).toEqual(['ours', 'bare', 'bare', 'ours', 'ours', 'bare']);
  expect(rounds).toEqual({ ours: [4, 5], bare: [3, 6] });
});
