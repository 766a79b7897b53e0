import { z } from 'zod';
import type { Envelope } from '../../src/sandbox/slack/delivery/transport.ts';
import { type Json, records } from '../../src/sandbox/slack/json.ts';
import { createVbsClient } from '../../src/vbs/client.ts';
import { MODES, type Mode } from './apps/app-process.ts';
import { createPair, type Pair } from './apps/pair.ts';
import { tell } from './child.ts';
import { type BenchCloud, startCloud } from './cloud/cloud.ts';
import { benchProject, DOMAIN, USER } from './cloud/seeds.ts';
import { figureOf, middleMean } from './figures.ts';
import { alternate } from './rounds.ts';
import { clickDelivery, commandDelivery, submissionDelivery } from './slack/deliveries.ts';
import type { SlackSide } from './slack/slack-side.ts';

/**
 * How many deliveries come at once, and how many batches of them make a round. The most come first: a bot runs for days,
 * and what is measured is to have been compiled by then.
 */
const LOADS = [
  { atOnce: 50, help: 2, share: 1, warmUp: 6 },
  { atOnce: 10, help: 3, share: 2, warmUp: 2 },
  { atOnce: 1, help: 20, share: 6, warmUp: 2 },
] as const;
const HELP = { socket: 16, http: 10 };
const SHARE = { socket: 7, http: 5 };

const posted = z.object({
  given: z.object({ text: z.unknown(), blocks: z.array(z.looseObject({ type: z.string() })) }),
  answer: z.object({ ts: z.string() }),
});
const buttonShape = z.looseObject({
  action_id: z.string(),
  value: z.string(),
  text: z.object({ text: z.string() }),
  block_id: z.string().default('b0'),
});

/** How long acknowledgements take with so many deliveries at once, in milliseconds; work follows them, or nothing. */
async function acks(
  slack: SlackSide,
  deliveries: readonly Envelope[],
  about: { readonly atOnce: number; readonly followed: boolean },
): Promise<number> {
  const { atOnce, followed } = about;
  const took: number[] = [];
  for (let at = 0; at < deliveries.length; at += atOnce) {
    const batch = deliveries.slice(at, at + atOnce);
    took.push(...(await Promise.all(batch.map((envelope) => slack.deliver(envelope)))));
    // What follows the acknowledgements does not count, and disturbs neither the next ones nor the other side.
    if (followed) await slack.quiet();
  }
  return middleMean(took);
}

function nameOf(what: string, atOnce: number, mode: Mode): string {
  return `ack of ${what}, ${atOnce} at a time${mode === 'http' ? ', HTTP' : ''}`;
}

async function measureHelp({ ours, bare }: Pair, mode: Mode): Promise<void> {
  for (const { atOnce, help, warmUp } of LOADS) {
    const side = (slack: SlackSide) => () => {
      const deliveries = Array.from({ length: atOnce * help }, () => commandDelivery('help', slack.url));
      return acks(slack, deliveries, { atOnce, followed: false });
    };
    const rounds = await alternate({ rounds: HELP[mode], warmUp }, { ours: side(ours.slack), bare: side(bare.slack) });
    tell(figureOf({ name: nameOf('/vbs help', atOnce, mode), aim: 1.15, unit: 'ms' }, rounds));
  }
}

/** The form as the bot opens it. */
async function openForm({ slack }: Pair['ours']): Promise<Json> {
  await slack.deliver(commandDelivery(`share ${benchProject(0).name}`, slack.url));
  await slack.quiet();
  const opened = slack.calls.findLast(({ method }) => method === 'views.open');
  return z.looseObject({}).parse(opened?.given['view']);
}

/** Clicks on *Approve* of every card that was posted since the given call, each on the card of another request. */
function approvals(slack: SlackSide, since: number): (url: string) => Envelope[] {
  const cards = slack.calls.slice(since).filter(({ method }) => method === 'chat.postMessage');
  const clicks = cards.flatMap((call) => {
    const { given, answer } = posted.parse(call);
    const elements = given.blocks.flatMap((block) => records(block['elements']));
    const button = elements
      .map((element) => buttonShape.safeParse(element).data)
      .find((one) => one?.text.text === 'Approve');
    return button ? [{ message: { ...given, ts: answer.ts }, button }] : [];
  });
  return (url) => clicks.map(({ message, button }) => clickDelivery(message, button, url));
}

/** Submissions first, each of a backup of its own; then the requests that they made are approved, batch by batch. */
async function measureShares({ ours, bare }: Pair, mode: Mode, backups: string[]): Promise<void> {
  const form = await openForm(ours);
  for (const { atOnce, share, warmUp } of LOADS) {
    const size = atOnce * share;
    const lengths = { rounds: SHARE[mode], warmUp };
    const since = ours.slack.calls.length;
    const submit = (slack: SlackSide) => () => {
      const chosen = slack === ours.slack ? backups.splice(0, size) : backups.slice(0, size);
      return acks(
        slack,
        chosen.map((backup) => submissionDelivery(form, backup)),
        { atOnce, followed: true },
      );
    };
    const submitted = await alternate(lengths, { ours: submit(ours.slack), bare: submit(bare.slack) });
    tell(figureOf({ name: nameOf('a share submission', atOnce, mode), aim: 2, unit: 'ms' }, submitted));

    const made = size * (lengths.rounds + lengths.warmUp);
    await ours.slack.until(() => approvals(ours.slack, since)('').length === made);
    const clicks = approvals(ours.slack, since);
    const left = { ours: clicks(ours.slack.url), bare: clicks(bare.slack.url) };
    const approved = await alternate(lengths, {
      ours: () => acks(ours.slack, left.ours.splice(0, size), { atOnce, followed: true }),
      bare: () => acks(bare.slack, left.bare.splice(0, size), { atOnce, followed: true }),
    });
    tell(figureOf({ name: nameOf('an approval', atOnce, mode), aim: 2, unit: 'ms' }, approved));
  }
}

async function backupIds(cloud: BenchCloud): Promise<string[]> {
  const credentials = { kind: 'password', user: USER.name, password: USER.password, domain: DOMAIN } as const;
  const client = createVbsClient({
    project: benchProject(0),
    endpoints: { iam: cloud.url, vbs: cloud.url },
    credentials,
  });
  const ids: string[] = [];
  for await (const backup of client.backups.list()) ids.push(backup.id);
  await client.close();
  return ids;
}

for (const mode of MODES) {
  const cloud = await startCloud('backups');
  const pair = await createPair({ mode, cloudUrl: cloud.url });
  const apps = [await pair.ours.start(), await pair.bare.start()];
  await measureHelp(pair, mode);
  await measureShares(pair, mode, await backupIds(cloud));
  await Promise.all(apps.map((app) => app.stop()));
  await pair.close();
  await cloud.stop();
}
process.disconnect();
