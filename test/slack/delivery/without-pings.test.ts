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
    const { text, blocks } = await withoutPings(drawn('<@U1> approved, <@U1> ordered it.'), names);
    expect(text).toBe('Olga Okafor approved, Olga Okafor ordered it.');
    expect(blocks.slice(0, 2)).toEqual([
      section('Olga Okafor approved, Olga Okafor ordered it.'),
      facts([['By', 'Olga Okafor approved, Olga Okafor ordered it.']]),
    ]);
  });

  it('changes nothing that is no mrkdwn, such as what a button carries', async () => {
    const card = drawn('<@U1>');
    expect((await withoutPings(card, names)).blocks[2]).toEqual(card.blocks[2]);
  });

  it('lets no name do harm', async () => {
    const { text } = await withoutPings(drawn('<@U2> and <@U3>'), names);
    expect(text).toBe(`${safe('<!channel> *x*')} and ${'x'.repeat(59)}…`);
  });

  it('mentions those whose names cannot be told, and knows an escaped mention for what it is', async () => {
    const card = drawn(`<@U9> said ${safe('<@U1>')}`);
    expect(await withoutPings(card, names)).toEqual(card);
  });
});
