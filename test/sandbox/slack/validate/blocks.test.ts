import { describe, expect, it } from 'vitest';
import { validateBlocks } from '../../../../src/sandbox/slack/validate/blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const option = (value: string) => ({ text: plain(value), value });
const options = (count: number) => Array.from({ length: count }, (_, index) => option(`option ${index}`));
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const input = (element: unknown, more: object = {}) => ({ type: 'input', label: plain('Label'), element, ...more });
const accessory = (element: unknown) => ({ ...section('text'), accessory: element });
const inMessage = (...blocks: unknown[]) => validateBlocks(blocks, 'message');
const inModal = (...blocks: unknown[]) => validateBlocks(blocks, 'modal');

describe('a list of blocks', () => {
  it('is valid when empty', () => {
    expect(inMessage()).toEqual([]);
  });

  it('must be an array of objects with a known type', () => {
    expect(validateBlocks('[]', 'message')).toEqual(['[ERROR] must provide an array [json-pointer:/blocks]']);
    expect(inMessage(null, {}, { type: 'nope' }, { type: 3 })).toEqual([
      '[ERROR] must provide an object [json-pointer:/blocks/0]',
      '[ERROR] missing required field: type [json-pointer:/blocks/1]',
      '[ERROR] unsupported type: nope [json-pointer:/blocks/2/type]',
      '[ERROR] unsupported type: 3 [json-pointer:/blocks/3/type]',
    ]);
  });

  it.each([
    ['message', 50],
    ['modal', 100],
    ['home', 100],
  ] as const)('holds at most as many blocks as fit on a %s', (surface, most) => {
    const dividers = (count: number) => Array.from({ length: count }, () => ({ type: 'divider' }));
    expect(validateBlocks(dividers(most), surface)).toEqual([]);
    expect(validateBlocks(dividers(most + 1), surface)).toEqual([
      `[ERROR] no more than ${most} items allowed [json-pointer:/blocks]`,
    ]);
  });

  it('refuses a block_id that is there twice, in a container too', () => {
    const twin = { type: 'divider', block_id: 'a' };
    expect(inMessage(twin, twin, { type: 'container', title: plain('t'), child_blocks: [twin] })).toEqual([
      '[ERROR] `block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
      '[ERROR] `block_id` "a" already exists [json-pointer:/blocks/2/child_blocks/0/block_id]',
    ]);
  });

  it('refuses an action_id that is twice in one block, and allows it in two', () => {
    expect(inMessage(actions(button(), button()))).toEqual([
      '[ERROR] `action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ]);
    expect(inMessage(actions(button()), actions(button()))).toEqual([]);
  });

  it('lets one element take the focus', () => {
    const focused = input({ type: 'plain_text_input', focus_on_load: true });
    expect(inModal(focused, focused)).toEqual([
      '[ERROR] only one element can have `focus_on_load` set to true [json-pointer:/blocks/1/element/focus_on_load]',
    ]);
  });

  it('refuses ids that are empty or longer than 255 characters', () => {
    expect(
      inMessage({ type: 'divider', block_id: '' }, actions(button({ action_id: 'a'.repeat(256) })), {
        type: 'divider',
        block_id: 'b'.repeat(255),
      }),
    ).toEqual([
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/block_id]',
      '[ERROR] must be less than 256 characters [json-pointer:/blocks/1/elements/0/action_id]',
    ]);
  });

  it('escapes what it names in a pointer', () => {
    expect(inMessage({ type: 'divider', 'a/b~c': 1 })).toEqual([
      '[ERROR] invalid additional property: a/b~c [json-pointer:/blocks/0]',
    ]);
  });
});

describe('the surfaces', () => {
  const raw = (text: string) => ({ type: 'raw_text', text });
  const task = { type: 'task_card', task_id: 't', title: 'Task', status: 'complete' };
  const card = { type: 'card', title: mrkdwn('Card') };
  const samples: Record<string, object> = {
    section: section('text'),
    actions: actions(button()),
    context: { type: 'context', elements: [mrkdwn('text')] },
    divider: { type: 'divider' },
    header: { type: 'header', text: plain('text') },
    image: { type: 'image', alt_text: 'a disk', image_url: 'https://example.com/disk.png' },
    input: input({ type: 'plain_text_input' }),
    rich_text: { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] },
    video: {
      type: 'video',
      alt_text: 'a film',
      title: plain('Film'),
      video_url: 'https://example.com/v',
      thumbnail_url: 'https://example.com/t.png',
    },
    file: { type: 'file', source: 'remote', external_id: 'f' },
    markdown: { type: 'markdown', text: '**text**' },
    table: { type: 'table', rows: [[raw('a')]] },
    data_table: { type: 'data_table', caption: 'c', rows: [[raw('a')], [raw('b')]] },
    data_visualization: {
      type: 'data_visualization',
      title: 't',
      chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] },
    },
    plan: { type: 'plan', title: 'Plan', tasks: [{ ...task, status: 'pending' }] },
    task_card: task,
    alert: { type: 'alert', text: mrkdwn('text'), level: 'warning' },
    card,
    carousel: { type: 'carousel', elements: [card] },
    container: { type: 'container', title: plain('t'), child_blocks: [section('text')] },
    context_actions: {
      type: 'context_actions',
      elements: [{ type: 'icon_button', icon: 'trash', text: plain('Delete'), action_id: 'delete' }],
    },
  };
  const everywhere = 'section actions context divider header image input rich_text video'.split(' ');
  const messages =
    'markdown table data_table data_visualization plan task_card card carousel container context_actions';

  it.each([
    ['message', [...everywhere, ...messages.split(' ')]],
    ['modal', [...everywhere, 'alert']],
    ['home', [...everywhere, 'carousel']],
  ] as const)('a %s takes its own kinds of blocks and no others', (surface, expected) => {
    const taken = Object.keys(samples).filter((type) => validateBlocks([samples[type]], surface).length === 0);
    expect(taken.sort()).toEqual([...expected].sort());
    const refused = Object.keys(samples).find((type) => !taken.includes(type));
    expect(validateBlocks([samples[String(refused)]], surface)).toEqual([
      `[ERROR] unsupported type: ${refused} [json-pointer:/blocks/0/type]`,
    ]);
  });
});

describe('texts', () => {
  it('may be as long as their place allows and not empty', () => {
    expect(inMessage(section('x'.repeat(3000)), section('x'.repeat(3001)), section(''))).toEqual([
      '[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]',
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/2/text/text]',
    ]);
    expect(inMessage({ type: 'section', fields: [mrkdwn('x'.repeat(2000)), plain('x'.repeat(2001))] })).toEqual([
      '[ERROR] must be less than 2001 characters [json-pointer:/blocks/0/fields/1/text]',
    ]);
    expect(inMessage({ type: 'header', text: plain('x'.repeat(151)) })).toEqual([
      '[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ]);
  });

  it.each([
    ['an emoji is one character', '🦆'.repeat(150), true],
    ['an ampersand is five', '&'.repeat(31), false],
    ['an entity is as long as it reads', '&amp;'.repeat(30), true],
    ['angle brackets are four', '<'.repeat(38), false],
  ])('are counted as stored: %s', (_, text, fits) => {
    expect(inMessage({ type: 'header', text: plain(text) }).length === 0).toBe(fits);
  });

  it('keep their mentions and links as they are in mrkdwn', () => {
    const mention = '<@U0123>';
    expect(inMessage(section(mention.repeat(3000 / mention.length)))).toEqual([]);
    expect(inMessage(section('<'.repeat(751)))).toHaveLength(1);
  });

  it('are plain where mrkdwn is not allowed', () => {
    expect(inMessage({ type: 'header', text: mrkdwn('text') }, actions({ ...button(), text: mrkdwn('text') }))).toEqual(
      [
        '[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
        '[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/1/elements/0/text/type]',
      ],
    );
  });

  it('know no keys but their own', () => {
    expect(
      inMessage(
        { type: 'section', text: { ...plain('text'), verbatim: true } },
        { type: 'section', text: { ...mrkdwn('text'), emoji: true, verbatim: true } },
        { type: 'section', text: 'text' },
      ),
    ).toEqual([
      '[ERROR] invalid additional property: verbatim [json-pointer:/blocks/0/text]',
      '[ERROR] invalid additional property: emoji [json-pointer:/blocks/1/text]',
      '[ERROR] must provide an object [json-pointer:/blocks/2/text]',
    ]);
  });
});

describe('layout blocks', () => {
  it('name what is missing and what does not belong', () => {
    expect(inMessage({ type: 'section' }, { type: 'divider', text: plain('text') }, { type: 'header' })).toEqual([
      '[ERROR] must define either `text` or `fields` [json-pointer:/blocks/0]',
      '[ERROR] invalid additional property: text [json-pointer:/blocks/1]',
      '[ERROR] missing required field: text [json-pointer:/blocks/2]',
    ]);
  });

  it.each([
    ['fields', 10, (count: number) => ({ type: 'section', fields: Array(count).fill(mrkdwn('x')) })],
    ['elements', 10, (count: number) => ({ type: 'context', elements: Array(count).fill(mrkdwn('x')) })],
    ['elements', 25, (count: number) => actions(...Array(count).fill({ ...button(), action_id: undefined }))],
  ])('hold at least one and at most so many %s: %i', (key, most, block) => {
    expect(inMessage(block(most))).toEqual([]);
    expect(inMessage(block(most + 1))).toEqual([
      `[ERROR] no more than ${most} items allowed [json-pointer:/blocks/0/${key}]`,
    ]);
    expect(inMessage(block(0))).toEqual([`[ERROR] no fewer than 1 items allowed [json-pointer:/blocks/0/${key}]`]);
  });

  it('take an image from one source, with words for who cannot see it', () => {
    const file = (slack_file: object) => ({ type: 'image', alt_text: 'chart', slack_file });
    expect(
      inMessage(
        file({ id: 'F1' }),
        file({ id: 'F1', url: 'https://files.example.com/1' }),
        { type: 'image', alt_text: 'chart' },
        { type: 'image', image_url: 'nowhere', alt_text: '' },
      ),
    ).toEqual([
      '[ERROR] must define exactly one of `id` or `url` [json-pointer:/blocks/1/slack_file]',
      '[ERROR] must define exactly one of `image_url` or `slack_file` [json-pointer:/blocks/2]',
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/3/alt_text]',
      '[ERROR] must be a valid URL [json-pointer:/blocks/3/image_url]',
    ]);
  });

  it('put elements only where they belong', () => {
    expect(
      inModal(actions({ type: 'plain_text_input' }), accessory({ type: 'datetimepicker' }), input(button()), {
        type: 'context',
        elements: [button()],
      }),
    ).toEqual([
      '[ERROR] unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
      '[ERROR] unsupported type: datetimepicker [json-pointer:/blocks/1/accessory/type]',
      '[ERROR] unsupported type: button [json-pointer:/blocks/2/element/type]',
      '[ERROR] unsupported type: button [json-pointer:/blocks/3/elements/0/type]',
    ]);
  });

  it('give an input a plain label, and a file input no dispatch', () => {
    const asks = input({ type: 'file_input' }, { dispatch_action: true, hint: mrkdwn('h') });
    expect(inModal({ ...asks, label: undefined })).toEqual([
      '[ERROR] missing required field: label [json-pointer:/blocks/0]',
      '[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/hint/type]',
    ]);
    expect(inModal(input({ type: 'file_input' }, { dispatch_action: true }))).toEqual([
      '[ERROR] `dispatch_action` is not supported with `file_input` [json-pointer:/blocks/0/dispatch_action]',
    ]);
  });

  it('keep to modals what only modals can do', () => {
    const file = input({ type: 'file_input' });
    const responds = { type: 'conversations_select', response_url_enabled: true };
    expect(inModal(file, input(responds))).toEqual([]);
    expect(validateBlocks([file], 'home')).toEqual([
      '[ERROR] unsupported type: file_input [json-pointer:/blocks/0/element/type]',
    ]);
    expect(inModal(accessory(responds))).toEqual([
      '[ERROR] `response_url_enabled` is only supported in input blocks of modals [json-pointer:/blocks/0/accessory/response_url_enabled]',
    ]);
  });
});

describe('buttons', () => {
  it('have a short text, a bounded value, a real link and a known style', () => {
    expect(
      inMessage(
        actions(
          button({ action_id: '1', text: plain('x'.repeat(76)) }),
          button({ action_id: '2', value: 'x'.repeat(2001) }),
          button({ action_id: '3', url: '' }),
          button({ action_id: '4', url: 'javascript:alert(1)' }),
          button({ action_id: '5', style: 'default' }),
          button({ action_id: '6', disabled: true }),
          button({ action_id: '7', value: 'x'.repeat(2000), url: 'https://example.com', style: 'danger' }),
        ),
      ),
    ).toEqual([
      '[ERROR] must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
      '[ERROR] must be less than 2001 characters [json-pointer:/blocks/0/elements/1/value]',
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/elements/2/url]',
      '[ERROR] must be a valid URL [json-pointer:/blocks/0/elements/3/url]',
      '[ERROR] must be a valid enum value [json-pointer:/blocks/0/elements/4/style]',
      '[ERROR] invalid additional property: disabled [json-pointer:/blocks/0/elements/5]',
    ]);
  });

  it('ask again in a dialog that is complete and short', () => {
    const confirm = { title: plain('Sure?'), text: mrkdwn('*All* of it'), confirm: plain('Yes'), deny: plain('No') };
    expect(inMessage(actions(button({ confirm })))).toEqual([]);
    const faulty = { ...confirm, title: plain('x'.repeat(101)), deny: undefined, confirm: plain('x'.repeat(31)) };
    expect(inMessage(actions(button({ confirm: faulty })))).toEqual([
      '[ERROR] must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
      '[ERROR] must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/confirm/text]',
      '[ERROR] missing required field: deny [json-pointer:/blocks/0/elements/0/confirm]',
    ]);
  });
});

describe('menus', () => {
  const select = (more: object) => accessory({ type: 'static_select', action_id: 'pick', ...more });

  it('offer 1 to 100 options or groups, never both', () => {
    const group = { label: plain('Group'), options: options(3) };
    expect(inMessage(select({ options: options(100) }), select({ option_groups: [group] }))).toEqual([]);
    expect(
      inMessage(
        select({ options: options(101) }),
        select({ options: [] }),
        select({}),
        select({ options: options(1), option_groups: [group] }),
        select({ option_groups: [{ ...group, options: options(101) }] }),
      ),
    ).toEqual([
      '[ERROR] no more than 100 items allowed [json-pointer:/blocks/0/accessory/options]',
      '[ERROR] no fewer than 1 items allowed [json-pointer:/blocks/1/accessory/options]',
      '[ERROR] must define either `options` or `option_groups` [json-pointer:/blocks/2/accessory]',
      '[ERROR] must define either `options` or `option_groups` [json-pointer:/blocks/3/accessory]',
      '[ERROR] no more than 100 items allowed [json-pointer:/blocks/4/accessory/option_groups/0/options]',
    ]);
  });

  it('have options of plain, short text and values up to 150 characters', () => {
    expect(
      inMessage(
        select({ options: [{ text: plain('x'.repeat(75)), value: 'x'.repeat(150), description: plain('d') }] }),
        select({ options: [{ text: mrkdwn('x'), value: 'x'.repeat(151), url: 'https://example.com' }] }),
        select({ options: [{ text: plain('x'.repeat(76)) }] }),
      ),
    ).toEqual([
      '[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/1/accessory/options/0/text/type]',
      '[ERROR] must be less than 151 characters [json-pointer:/blocks/1/accessory/options/0/value]',
      '[ERROR] invalid additional property: url [json-pointer:/blocks/1/accessory/options/0]',
      '[ERROR] must be less than 76 characters [json-pointer:/blocks/2/accessory/options/0/text/text]',
      '[ERROR] missing required field: value [json-pointer:/blocks/2/accessory/options/0]',
    ]);
  });

  it('begin with a choice that is among the options, letter for letter', () => {
    const initial_option = { ...option('option 1'), text: plain('Option 1') };
    expect(inMessage(select({ options: options(3), initial_option: option('option 1') }))).toEqual([]);
    expect(inMessage(select({ options: options(3), initial_option }))).toEqual([
      '[ERROR] must match one of the options [json-pointer:/blocks/0/accessory/initial_option]',
    ]);
    const boxes = { type: 'checkboxes', options: options(2), initial_options: [option('option 1'), option('x')] };
    expect(inMessage(accessory(boxes))).toEqual([
      '[ERROR] must match one of the options [json-pointer:/blocks/0/accessory/initial_options/1]',
    ]);
  });

  it('tell their options apart, and begin with no more than may be chosen', () => {
    expect(inMessage(select({ options: [option('a'), option('a')] }))).toEqual([
      '[ERROR] option value "a" already exists [json-pointer:/blocks/0/accessory/options]',
    ]);
    const many = {
      type: 'multi_static_select',
      options: options(3),
      initial_options: options(2),
      max_selected_items: 1,
    };
    expect(inMessage(accessory(many))).toEqual([
      '[ERROR] no more than 1 items allowed [json-pointer:/blocks/0/accessory/initial_options]',
    ]);
  });

  it('show ten boxes or buttons, with mrkdwn, and two to five entries behind the dots', () => {
    const boxes = (type: string, count: number) => accessory({ type, options: options(count) });
    const rich = { text: mrkdwn('*a*'), description: mrkdwn('_b_'), value: 'a' };
    expect(inMessage(boxes('checkboxes', 10), accessory({ type: 'radio_buttons', options: [rich] }))).toEqual([]);
    expect(inMessage(boxes('radio_buttons', 11), boxes('overflow', 1), boxes('overflow', 6))).toEqual([
      '[ERROR] no more than 10 items allowed [json-pointer:/blocks/0/accessory/options]',
      '[ERROR] no fewer than 2 items allowed [json-pointer:/blocks/1/accessory/options]',
      '[ERROR] no more than 5 items allowed [json-pointer:/blocks/2/accessory/options]',
    ]);
  });

  it('of other kinds take what is theirs', () => {
    expect(
      inModal(
        input({
          type: 'external_select',
          min_query_length: 0,
          initial_option: option('a'),
          placeholder: plain('Find'),
        }),
        input({ type: 'multi_external_select', initial_options: [option('a')], max_selected_items: 3 }),
        input({ type: 'users_select', initial_user: 'U1' }),
        input({ type: 'multi_users_select', initial_users: ['U1'] }),
        input({ type: 'multi_conversations_select', filter: { include: ['im'] } }),
        input({ type: 'multi_channels_select', initial_channels: ['C1'] }),
        input({ type: 'channels_select', initial_channel: 'C1' }),
      ),
    ).toEqual([]);
    expect(
      inModal(
        input({ type: 'external_select', options: options(1), placeholder: plain('x'.repeat(151)) }),
        input({ type: 'multi_external_select', initial_option: option('a') }),
        input({ type: 'conversations_select', filter: {} }),
      ),
    ).toEqual([
      '[ERROR] must be less than 151 characters [json-pointer:/blocks/0/element/placeholder/text]',
      '[ERROR] invalid additional property: options [json-pointer:/blocks/0/element]',
      '[ERROR] invalid additional property: initial_option [json-pointer:/blocks/1/element]',
      '[ERROR] must define at least one property [json-pointer:/blocks/2/element/filter]',
    ]);
  });
});
