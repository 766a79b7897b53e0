import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuotaUse } from '../../../src/core/backups/quota.ts';
import { quotaView } from '../../../src/slack/quota/quota-view.ts';
import { expectMessage, HOSTILE } from '../expect-view.ts';
import { NOW } from '../policies/samples.ts';

const use = (used: number, limit?: number, reserved = 0): QuotaUse => ({ used, reserved, limit });
const show = (backups: QuotaUse | undefined, gigabytes: QuotaUse | undefined) => {
  const shown = quotaView({ project: 'payments', quota: { backups, gigabytes }, at: NOW });
  expectMessage(shown);
  return shown;
};

describe('quotaView', () => {
  it.each([
    ['there is room in both', use(412, 1_000, 3), use(51_200, 200_000, 240)],
    ['one is nearly used up', use(899, 1_000, 1), use(51_200, 200_000)],
    ['one is used up', use(412, 1_000), use(199_900, 200_000, 100)],
    ['more is used than there may be', use(1_050, 1_000), use(10, 200_000)],
    ['there is no limit', use(124), use(18_400, undefined, 100)],
    ['nothing is used', use(0, 1_000), use(0, 200_000)],
    ['nothing may be used', use(0, 0), use(0, 0)],
    ['the cloud tells one only', undefined, use(10, 100)],
  ])('shows bars and words where %s', (_, backups, gigabytes) => {
    expect(show(backups, gigabytes)).toMatchSnapshot();
  });

  it('has a bar of twenty cells that is full when there is nothing left, and only then', () => {
    const number = fc.integer({ min: 0, max: 2_000 });
    fc.assert(
      fc.property(number, number, number, (used, reserved, limit) => {
        const text = JSON.stringify(show(use(used, limit, reserved), undefined).blocks);
        const bar = /`([█▒░]*)`/.exec(text)?.[1] ?? '';
        expect(bar).toMatch(/^█*▒*░*$/);
        expect(bar).toHaveLength(20);
        expect(bar.includes('░')).toBe(used + reserved < limit);
        expect(bar.includes('▒')).toBe(reserved > 0);
        if (reserved === 0 && limit > 0) expect(bar.includes('█')).toBe(used > 0);
      }),
    );
  });

  it('keeps a hostile name harmless', () => {
    expectMessage(quotaView({ project: HOSTILE, quota: { backups: use(1, 1), gigabytes: undefined }, at: NOW }));
  });
});
