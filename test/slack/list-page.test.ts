import { describe, expect, it } from 'vitest';
import { pageButtons, pageTitle, pageWithin, turnButtons } from '../../src/slack/list-page.ts';

describe('the page of a list', () => {
  it.each([
    [0, 1_204, { page: 0, total: 1_204 }],
    [120, 1_204, { page: 120, total: 1_204 }],
    [121, 1_204, { page: 120, total: 1_204 }],
    [7, 10, { page: 0, total: 10 }],
    [-1, 11, { page: 0, total: 11 }],
    [3, 0, { page: 0, total: 0 }],
  ])('%i of a list of %i is one that there is', (asked, total, page) => {
    expect(pageWithin(asked, total)).toEqual(page);
  });

  it.each([
    [0, 4, 'Things, 1–4 of 4'],
    [1, 1_204, 'Things, 11–20 of 1,204'],
    [120, 1_204, 'Things, 1,201–1,204 of 1,204'],
    [1, 11, 'Things, 11 of 11'],
    [0, 0, 'Things'],
  ])('%i of %i is told by its place and the total', (page, total, title) => {
    expect(pageTitle('Things', { page, total })).toBe(title);
  });

  it.each([
    [0, 10, []],
    [0, 11, ['Next → 1']],
    [1, 11, ['← Previous 0']],
    [1, 21, ['← Previous 0', 'Next → 2']],
  ])('%i of %i leads to the pages beside it alone', (page, total, expected) => {
    const blocks = pageButtons({ page, total }, { actionId: 'things:turn', value: String });
    const shown = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    expect(shown.map((element) => element.type === 'button' && `${element.text.text} ${element.value}`)).toEqual(
      expected,
    );
  });

  it('leads to what is newer and older in a list in the order of time', () => {
    const buttons = turnButtons({ page: 1, total: 21 }, { actionId: 'things:turn', value: String, newestFirst: true });
    expect(buttons.map((one) => [one.text.text, one.action_id])).toEqual([
      ['← Newer', 'things:turn#previous'],
      ['Older →', 'things:turn#next'],
    ]);
  });
});
