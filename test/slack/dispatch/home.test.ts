import type { HomeView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ActionAnswer } from '../../../src/slack/answers.ts';
import { type Action, defineAction, defineHome } from '../../../src/slack/define.ts';
import { actions, button } from '../../../src/slack/kit.ts';
import { sentence } from '../../../src/slack/sentence.ts';
import { eventually, person } from '../../support/slack-person.ts';
import { startBot } from '../bot-in-sandbox.ts';

const approve = button({ text: 'Approve', actionId: 'share:approve#R1', value: 'R1' });

function action(run: () => ActionAnswer): Action {
  return defineAction({ id: 'share:approve', again: '/vbs requests', value: z.string(), run });
}

describe('the home tab', () => {
  const homeWith = (blocks: HomeView['blocks']): HomeView => ({ type: 'home', blocks });

  test('is drawn when it is opened, and anew after a click in it', async () => {
    let approved = false;
    const home = defineHome({
      render: async () => homeWith([...sentence(approved ? 'approved' : 'waiting').blocks, actions(approve)]),
    });
    const click = action(() => {
      approved = true;
      return { refreshHome: true };
    });
    const { sandbox } = await startBot([home, click]);
    const ann = person(sandbox.url, 'U1');

    expect(JSON.stringify(await ann.home())).toContain('waiting');
    await ann.click({ action_id: 'share:approve#R1', home: true });

    await eventually(() => JSON.stringify(sandbox.log()).includes('approved'));
    expect(JSON.stringify(await ann.home())).toContain('approved');
  });

  test('says what went wrong instead of staying empty', async () => {
    const home = defineHome({
      render: async () => {
        throw new Error('the database is locked');
      },
    });
    const { sandbox } = await startBot([home]);

    expect(JSON.stringify(await person(sandbox.url, 'U1').home())).toContain('Something went wrong on our side.');
  });

  test('answers a click over itself', async () => {
    const home = defineHome({ render: async () => homeWith([actions(approve)]) });
    const { sandbox } = await startBot([home, action(() => ({ say: sentence('It is approved.') }))]);
    const ann = person(sandbox.url, 'U1');
    await ann.home();

    await ann.click({ action_id: 'share:approve#R1', home: true });

    await eventually(async () => JSON.stringify(await ann.view()).includes('It is approved.'));
  });
});
