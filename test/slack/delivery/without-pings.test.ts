import { describe, expect, it } from 'vitest';
import { withoutPings } from '../../../src/slack/delivery/without-pings.ts';
import { actions, button, facts, message, safe, section } from '../../../src/slack/kit.ts';

const people = new Map([
  ['U1', 'Olga Okafor'],
  ['U2', '<!channel> *x*'],
  ['U3', 'x'.repeat(300)],
]);
const names = async (user: string) => people.get(user);
const drawn = (text: string) =>
  message(text, [
    section(text),
    facts([['By', text]]),
    actions(button({ text: '<@U1>', actionId: 'a', value: '<@U1>' })),
  ]);

describe('a card in a channel', () => {
  it('names people instead of calling them', async () => {
    const { post, update, nameless } = await withoutPings(drawn('<@U1> approved, <@U1> ordered it.'), names);
    expect([update, nameless]).toEqual([post, false]);
    const { text, blocks } = post;
    expect(text).toBe('Olga Okafor approved, Olga Okafor ordered it.');
    expect(blocks.slice(0, 2)).toEqual([
      section('Olga Okafor approved, Olga Okafor ordered it.'),
      facts([['By', 'Olga Okafor approved, Olga Okafor ordered it.']]),
    ]);
  });

  it('changes nothing that is no mrkdwn, such as what a button carries', async () => {
    const card = drawn('<@U1>');
    expect((await withoutPings(card, names)).post.blocks[2]).toEqual(card.blocks[2]);
  });

  it('lets no name do harm', async () => {
    const { post } = await withoutPings(drawn('<@U2> and <@U3>'), names);
    expect(post.text).toBe(`${safe('<!channel> *x*')} and ${'x'.repeat(59)}…`);
  });

  it('speaks of someone whose name cannot be told, and mentions them where that calls nobody', async () => {
    const shown = await withoutPings(drawn('<@U9> asked, <@U1> approved.'), names);
    expect([shown.post.text, shown.update.text, shown.nameless]).toEqual([
      'someone asked, Olga Okafor approved.',
      '<@U9> asked, Olga Okafor approved.',
      true,
    ]);
    expect(JSON.stringify(shown.post.blocks)).not.toContain('<@U9>');
  });

  it('knows an escaped mention for what it is', async () => {
    const card = drawn(`said ${safe('<@U1>')}`);
    expect((await withoutPings(card, names)).post).toEqual(card);
  });
});
