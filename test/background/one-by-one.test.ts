import { expect, it } from 'vitest';
import { createOneByOne } from '../../src/background/one-by-one.ts';

it('lets work on a row wait for what is under way on the same row, also where that fails, and on no other', async () => {
  const oneByOne = createOneByOne();
  const steps: string[] = [];
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const first = oneByOne('R1', async () => {
    steps.push('first begins');
    await gate;
    steps.push('first ends');
    throw new Error('the lease was lost');
  })();
  const second = oneByOne('R1', async () => void steps.push('second'))();
  const third = oneByOne('R1', async () => void steps.push('third'))();
  await oneByOne('R2', async () => void steps.push('another row'))();
  expect(steps).toEqual(['first begins', 'another row']);
  open();
  await expect(first).rejects.toThrow('the lease was lost');
  await Promise.all([second, third]);
  expect(steps.slice(2)).toEqual(['first ends', 'second', 'third']);
});
