import { expect, it } from 'vitest';
import { createOneByOne } from '../../src/background/one-by-one.ts';

it('lets work on a row wait for what is under way on the same row, also where that fails, and on no other', async () => {
  const oneByOne = createOneByOne();
  const steps: string[] = [];
  const [first, second] = [gate(), gate()];
  const firstWork = oneByOne('R1', async () => {
    steps.push('first begins');
    await first.opened;
    steps.push('first ends');
    throw new Error('the lease was lost');
  })();
  const secondWork = oneByOne('R1', async () => {
    steps.push('second begins');
    await second.opened;
    steps.push('second ends');
  })();
  await oneByOne('R2', async () => void steps.push('another row'))();
  expect(steps).toEqual(['first begins', 'another row']);
  first.open();
  await expect(firstWork).rejects.toThrow('the lease was lost');
  // Comes when the first is over, while the second goes on.
  const thirdWork = oneByOne('R1', async () => void steps.push('third'))();
  second.open();
  await Promise.all([secondWork, thirdWork]);
  expect(steps.slice(2)).toEqual(['first ends', 'second begins', 'second ends', 'third']);
});

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
