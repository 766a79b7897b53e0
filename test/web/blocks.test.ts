import { expect, it } from 'vitest';
import { describeInBlockScene } from './block-scene.ts';
import { look } from './look.ts';

const plain = (text: string) => ({ type: 'plain_text', text, emoji: true });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const words = (text: string, style?: object) => ({ type: 'text', text, ...(style && { style }) });

describeInBlockScene('the blocks of a message', (scene) => {
  /** What the latest message looks like, as HTML of its body. */
  async function drawn(blocks: object[]): Promise<string> {
    const ts = await scene().posts(blocks);
    const body = scene().visitor.page.locator(`[data-ts="${ts}"] .blocks`).first();
    await body.waitFor();
    return body.innerHTML();
  }

  it('draw text with marks, links, mentions, dates and emoji', async () => {
    const day = Date.UTC(2026, 0, 5, 12, 30) / 1000;
    const html = await drawn([
      {
        type: 'section',
        text: mrkdwn(
          `*bold* _it_ ~gone~ \`co*de\` <https://example.org|a link> <@U2> <#C0GENERAL> <!subteam^S1> :tada: &lt;b&gt; ` +
            `<!date^${day}^{date_short} {time}|then>`,
        ),
      },
    ]);
    expect(html).toContain('<strong>bold</strong> <em>it</em> <s>gone</s> <code>co*de</code>');
    expect(html).toContain('href="https://example.org"');
    expect(html).toContain('@Otto Owner');
    expect(html).toContain('#general');
    expect(html).toContain('@owners');
    expect(html).toContain('🎉');
    expect(html).toContain('&lt;b&gt;');
    expect(html).toContain('5 Jan 2026 13:30');
  });

  it('never run what a text says', async () => {
    const html = await drawn([
      { type: 'section', text: mrkdwn('<img src=x onerror=alert(1)> <javascript:alert(1)|click> <script>x</script>') },
      { type: 'markdown', text: '[click](javascript:alert(1)) <img src=x onerror=alert(1)>' },
    ]);
    expect(html).not.toMatch(/<img|<script|href="javascript/);
  });

  it('draw facts, accessories, small print, headings, lines and pictures', async () => {
    const html = await drawn([
      { type: 'header', text: plain('Heading :rocket:') },
      { type: 'section', text: plain('*not bold*'), fields: [mrkdwn('*Disk*\ndb-1'), mrkdwn('*Size*\n100 GiB')] },
      { type: 'section', text: mrkdwn('beside'), accessory: { type: 'button', text: plain('Press'), action_id: 'a' } },
      { type: 'divider' },
      { type: 'context', elements: [mrkdwn('small'), plain('print')] },
      { type: 'image', image_url: 'https://elsewhere.example/cat.png', alt_text: 'a cat', title: plain('Cat') },
    ]);
    expect(html).toMatch(/role="heading" aria-level="3">Heading 🚀/);
    expect(html).toContain('*not bold*');
    expect(html).toContain('<strong>Disk</strong><br>db-1');
    expect(html).toContain('>Press</button>');
    expect(html).toContain('<hr');
    expect(html).toContain('a cat <small>(a picture at elsewhere.example, not loaded here)</small>');
  });

  it('draw rich text, tables, plans and Markdown', async () => {
    const html = await drawn([
      rich(
        { type: 'rich_text_section', elements: [words('strong', { bold: true }), { type: 'user', user_id: 'U1' }] },
        {
          type: 'rich_text_list',
          style: 'ordered',
          elements: [{ type: 'rich_text_section', elements: [words('first')] }],
        },
        { type: 'rich_text_quote', elements: [words('quoted')] },
        { type: 'rich_text_preformatted', elements: [words('code  here')] },
      ),
      {
        type: 'table',
        column_settings: [null, { align: 'right' }],
        rows: [
          [
            { type: 'raw_text', text: 'Disk' },
            { type: 'raw_text', text: 'Size' },
          ],
          [
            { type: 'raw_text', text: 'db-1' },
            { type: 'raw_number', value: 100, text: '100 GiB' },
          ],
        ],
      },
    ]);
    expect(html).toContain('<strong>strong</strong>');
    expect(html).toContain('<ol');
    expect(html).toContain('<blockquote>quoted</blockquote>');
    expect(html).toContain('<pre>code  here</pre>');
    expect(html).toContain('<th scope="col">Disk</th>');
    expect(html).toContain('<td style="text-align: right;">100 GiB</td>');
    const plan = await drawn([
      {
        type: 'plan',
        title: 'nightly',
        tasks: [
          { type: 'task_card', task_id: 't1', title: 'db-1', status: 'complete' },
          {
            type: 'task_card',
            task_id: 't2',
            title: 'db-2',
            status: 'in_progress',
            details: rich({ type: 'rich_text_section', elements: [words('half')] }),
          },
          { type: 'task_card', task_id: 't3', title: 'db-3', status: 'pending' },
        ],
      },
      {
        type: 'markdown',
        text: '## Title\n\n- [x] done\n- [ ] open\n\n| a | b |\n| - | -: |\n| 1 | **2** |\n\n```\nx < y\n```',
      },
    ]);
    expect(plan).toContain('aria-label="done"');
    expect(plan).toContain('aria-label="in progress"');
    expect(plan).toContain('aria-label="waiting"');
    expect(plan).toContain('half');
    expect(plan).toContain('role="heading" aria-level="4">Title');
    expect(plan).toContain('<strong>2</strong>');
    expect(plan).toContain('<pre>x &lt; y</pre>');
    await look(scene().visitor.page, '20-blocks');
  });

  it('show the type of a block that the page does not know, never nothing', async () => {
    const html = await drawn([
      {
        type: 'data_visualization',
        title: 'Sizes',
        chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] },
      },
    ]);
    expect(html).toContain('<code>data_visualization</code> is not drawn here');
  });

  it('follow an update in place, and keep their thread', async () => {
    const { visitor } = scene();
    const ts = await scene().posts([{ type: 'section', text: mrkdwn('before') }]);
    await visitor.sees('before');
    await scene().posts([{ type: 'section', text: mrkdwn('in the thread') }], { thread_ts: ts });
    await visitor.message('before').getByRole('button', { name: '1 reply' }).click();
    const thread = visitor.page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('in the thread').waitFor();
    await scene().updates(ts, [{ type: 'section', text: mrkdwn('after') }]);
    await thread.getByText('after').waitFor();
    expect(await visitor.message('after').textContent()).toContain('(edited)');
    await thread.getByRole('button', { name: 'Close the thread' }).click();
  });
});
