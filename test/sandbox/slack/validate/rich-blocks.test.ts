import { describe, expect, it } from 'vitest';
import { validateBlocks } from '../../../../src/sandbox/slack/validate/blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const raw = (text: string) => ({ type: 'raw_text', text });
const words = (text: string) => ({ type: 'text', text });
const sectionOf = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
const richText = (...elements: unknown[]) => ({ type: 'rich_text', elements });
const inMessage = (...blocks: unknown[]) => validateBlocks(blocks, 'message');

describe('rich text', () => {
  it('is built of sections, lists, quotes and preformatted text', () => {
    const block = richText(
      sectionOf(words('a'), { type: 'user', user_id: 'U1' }, { type: 'emoji', name: 'wave' }),
      sectionOf({ type: 'link', url: 'https://example.com', text: 'b', style: { bold: true } }),
      sectionOf({ type: 'date', timestamp: 1_700_000_000, format: '{date}', fallback: 'then' }),
      { type: 'rich_text_list', style: 'bullet', indent: 8, border: 1, elements: [sectionOf(words('c'))] },
      { type: 'rich_text_quote', elements: [{ type: 'broadcast', range: 'here' }] },
      { type: 'rich_text_preformatted', elements: [words('d')] },
    );
    expect(inMessage(block)).toEqual([]);
  });

  it('refuses what is empty, unknown or out of place', () => {
    expect(
      inMessage(
        richText(),
        richText(words('a')),
        richText(sectionOf(words(''), { ...words('a'), style: { big: true } })),
        richText({ type: 'rich_text_list', style: 'dots', indent: 9, elements: [words('a')] }),
        richText({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
      ),
    ).toEqual([
      '[ERROR] no fewer than 1 items allowed [json-pointer:/blocks/0/elements]',
      '[ERROR] unsupported type: text [json-pointer:/blocks/1/elements/0/type]',
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/2/elements/0/elements/0/text]',
      '[ERROR] invalid additional property: big [json-pointer:/blocks/2/elements/0/elements/1/style]',
      '[ERROR] must be a valid enum value [json-pointer:/blocks/3/elements/0/style]',
      '[ERROR] unsupported type: text [json-pointer:/blocks/3/elements/0/elements/0/type]',
      '[ERROR] missing required field: elements [json-pointer:/blocks/3/elements/0/elements/0]',
      '[ERROR] invalid additional property: text [json-pointer:/blocks/3/elements/0/elements/0]',
      '[ERROR] must be less than 9 [json-pointer:/blocks/3/elements/0/indent]',
      '[ERROR] unsupported type: user [json-pointer:/blocks/4/elements/0/elements/0/type]',
    ]);
  });
});

describe('tables', () => {
  const table = (rows: unknown, more: object = {}) => ({ type: 'table', rows, ...more });

  it('hold 100 rows of 20 cells, with settings for some columns', () => {
    const row = (count: number) => Array(count).fill(raw('x'));
    const settings = [{ align: 'right' }, null, { is_wrapped: true }];
    expect(inMessage(table(Array(100).fill(row(20)), { column_settings: settings }))).toEqual([]);
    expect(inMessage(table(Array(101).fill(row(1))))).toEqual([
      '[ERROR] no more than 100 items allowed [json-pointer:/blocks/0/rows]',
    ]);
    expect(inMessage(table([row(21)], { column_settings: [{ align: 'middle' }] }))).toEqual([
      '[ERROR] no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
      '[ERROR] must be a valid enum value [json-pointer:/blocks/0/column_settings/0/align]',
    ]);
  });

  it('have cells of text, numbers or rich text', () => {
    const cells = [raw('a'), { type: 'raw_number', value: 1204, text: '1,204' }, richText(sectionOf(words('a')))];
    expect(inMessage(table([cells]))).toEqual([]);
    expect(inMessage(table([[plain('a'), raw('')]]))).toEqual([
      '[ERROR] unsupported type: plain_text [json-pointer:/blocks/0/rows/0/0/type]',
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/rows/0/1/text]',
    ]);
  });

  it('hold 10,000 characters over all cells', () => {
    const half = raw('x'.repeat(5000));
    expect(inMessage(table([[half], [half]]))).toEqual([]);
    expect(inMessage(table([[half], [half], [raw('x')]]))).toEqual([
      '[ERROR] must be less than 10001 characters in total over all table blocks [json-pointer:/blocks/0]',
    ]);
  });

  it('of data have a caption, a plain header and rows of one length', () => {
    const data = (rows: unknown, more: object = {}) => ({ type: 'data_table', caption: 'Disks', rows, ...more });
    expect(inMessage(data([[raw('a')], [raw('b')]], { page_size: 100 }))).toEqual([]);
    expect(
      inMessage(data([[richText(sectionOf(words('a')))], [raw('b'), raw('c')]], { caption: undefined, page_size: 0 })),
    ).toEqual([
      '[ERROR] missing required field: caption [json-pointer:/blocks/0]',
      '[ERROR] must be more than 0 [json-pointer:/blocks/0/page_size]',
    ]);
    expect(inMessage(data([[richText(sectionOf(words('a')))], [raw('b'), raw('c')]]))).toEqual([
      '[ERROR] must have as many cells as the first row [json-pointer:/blocks/0/rows/1]',
      '[ERROR] unsupported type: rich_text [json-pointer:/blocks/0/rows/0/0/type]',
    ]);
  });
});

describe('charts', () => {
  const chart = (it: object) => ({ type: 'data_visualization', title: 'Backups', chart: it });
  const axis_config = { categories: ['Mon', 'Tue'], x_label: 'Day' };
  const points = ['Tue', 'Mon'].map((label) => ({ label, value: -1 }));
  const bars = (...names: string[]) =>
    chart({ type: 'bar', axis_config, series: names.map((name) => ({ name, data: points })) });

  it('plot a point for each category in series told apart', () => {
    expect(inMessage(bars('good', 'bad'))).toEqual([]);
    expect(inMessage(bars('good', 'good'))).toEqual([
      '[ERROR] series name "good" already exists [json-pointer:/blocks/0/chart/series/1/name]',
    ]);
    const short = { type: 'line', axis_config, series: [{ name: 'a', data: points.slice(1) }] };
    expect(inMessage(chart(short))).toEqual([
      '[ERROR] must have one data point for each category [json-pointer:/blocks/0/chart/series/0/data]',
    ]);
  });

  it('cut a pie in one to six pieces of a positive size', () => {
    const pie = (...values: number[]) =>
      chart({ type: 'pie', segments: values.map((value) => ({ label: 'x', value })) });
    expect(inMessage(pie(1, 2))).toEqual([]);
    expect(inMessage(pie(0))).toEqual([
      '[ERROR] must be greater than 0 [json-pointer:/blocks/0/chart/segments/0/value]',
    ]);
    expect(inMessage(pie(1, 2, 3, 4, 5, 6, 7))).toEqual([
      '[ERROR] no more than 6 items allowed [json-pointer:/blocks/0/chart/segments]',
    ]);
  });

  it('come two to a message', () => {
    expect(inMessage(bars('a'), bars('b'), bars('c'))).toEqual([
      '[ERROR] no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]',
    ]);
  });
});

describe('plans and tasks', () => {
  const task = (more: object = {}) => ({
    type: 'task_card',
    task_id: 't1',
    title: 'Disk',
    status: 'complete',
    ...more,
  });

  it('have bare strings for titles and rich text for details', () => {
    const details = richText(sectionOf(words('a')));
    const sources = [{ type: 'url', url: 'https://example.com', text: 'source' }];
    expect(inMessage({ type: 'plan', title: 'Run', status: 'x', tasks: [task({ details, sources })] })).toEqual([]);
    expect(inMessage({ type: 'plan', title: plain('Run'), tasks: [task({ details: 'a', status: 'done' })] })).toEqual([
      '[ERROR] must provide a string [json-pointer:/blocks/0/title]',
      '[ERROR] must provide an object [json-pointer:/blocks/0/tasks/0/details]',
      '[ERROR] must be a valid enum value [json-pointer:/blocks/0/tasks/0/status]',
    ]);
  });

  it('may wait inside a plan only', () => {
    const waiting = task({ status: 'pending' });
    expect(inMessage({ type: 'plan', title: 'Run', tasks: [waiting] })).toEqual([]);
    expect(inMessage(waiting)).toEqual(['[ERROR] must be a valid enum value [json-pointer:/blocks/0/status]']);
  });

  it('tell their tasks apart', () => {
    expect(inMessage({ type: 'plan', title: 'Run', tasks: [task(), task()] })).toEqual([
      '[ERROR] task_id "t1" already exists [json-pointer:/blocks/0/tasks/1/task_id]',
    ]);
  });
});

describe('cards and containers', () => {
  it('have text objects, unlike a plan, and something to show', () => {
    const click = { type: 'button', text: plain('Go') };
    expect(inMessage({ type: 'card', title: mrkdwn('t'), actions: [click, click] })).toEqual([]);
    expect(
      inMessage(
        { type: 'card', title: 't' },
        { type: 'card', subtitle: plain('s') },
        { type: 'card', body: plain('x'.repeat(201)), actions: [click, click, click] },
      ),
    ).toEqual([
      '[ERROR] must provide an object [json-pointer:/blocks/0/title]',
      '[ERROR] must define at least one of `hero_image`, `title`, `actions` or `body` [json-pointer:/blocks/1]',
      '[ERROR] must be less than 201 characters [json-pointer:/blocks/2/body/text]',
      '[ERROR] no more than 2 items allowed [json-pointer:/blocks/2/actions]',
    ]);
  });

  it('stand side by side in a carousel of one to ten', () => {
    const card = { type: 'card', title: mrkdwn('t') };
    expect(inMessage({ type: 'carousel', elements: Array(10).fill(card) })).toEqual([]);
    expect(inMessage({ type: 'carousel', elements: Array(11).fill(card) })).toEqual([
      '[ERROR] no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ]);
  });

  it('wrap up to ten plain blocks under a title', () => {
    const child_blocks = [{ type: 'divider' }];
    expect(inMessage({ type: 'container', rich_text_title: richText(sectionOf()), child_blocks })).toEqual([]);
    expect(
      inMessage(
        { type: 'container', child_blocks },
        { type: 'container', title: plain('t'), child_blocks: [{ type: 'markdown', text: 'x' }] },
        { type: 'container', title: plain('t'), child_blocks, default_collapsed: true, width: 'huge' },
      ),
    ).toEqual([
      '[ERROR] must define either `title` or `rich_text_title` [json-pointer:/blocks/0]',
      '[ERROR] unsupported type: markdown [json-pointer:/blocks/1/child_blocks/0/type]',
      '[ERROR] must be a valid enum value [json-pointer:/blocks/2/width]',
    ]);
  });
});
