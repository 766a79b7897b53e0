import type { HomeView, KnownBlock } from '@slack/types';
import { countTasks, type PolicyRun } from '../../core/policies/policy-run.ts';
import type { Page } from '../../core/ports.ts';
import { failureSentence } from '../failure-words.ts';
import { actions, button, context, divider, header, oneLine, section } from '../kit.ts';
import { type ListedRequest, requestEntry } from '../requests/request-entry.ts';
import { count, list, marked, plural, slackDate } from '../words.ts';

/** A policy's run, with the link of its card if it is known. */
export interface ListedRun {
  readonly run: PolicyRun;
  readonly link: string | undefined;
}

export interface HomeTab {
  readonly mine: Page<ListedRequest>;
  /** These three are undefined where it cannot be looked up what the person may see. */
  readonly waiting: Page<ListedRequest> | undefined;
  readonly running: Page<ListedRun> | undefined;
  readonly failed: Page<ListedRun> | undefined;
  readonly now: Date;
}

export interface HomeButtons {
  readonly share: string;
  readonly withdraw: string;
}

const UNKNOWN = marked(
  'attention',
  'What you may see cannot be looked up in Slack now. Open this page again in a minute.',
);

/** The home tab: what waits, what runs, what failed. */
export function homeView(tab: HomeTab, ids: HomeButtons): HomeView {
  const withdraw = ({ request }: ListedRequest) =>
    request.state === 'pending'
      ? button({ text: 'Withdraw', actionId: `${ids.withdraw}#${request.id}`, value: request.id })
      : undefined;
  const blocks: KnownBlock[] = [
    actions(button({ text: 'Share a backup', actionId: ids.share, style: 'primary' })),
    ...part('Waiting for you', tab.waiting, {
      none: 'No request waits for you.',
      entry: (entry) => section(requestEntry(entry)),
      more: '`/vbs requests` shows them all.',
    }),
    ...part('Your requests', tab.mine, {
      none: 'You have asked for nothing yet. *Share a backup* asks the owners of a project.',
      entry: (entry) => section(requestEntry(entry), withdraw(entry)),
      more: '`/vbs requests` shows them all.',
    }),
    ...part('Running now', tab.running, {
      none: 'No policy is being run. `/vbs run` starts one.',
      entry: (entry) => section(runEntry(entry)),
      more: '`/vbs jobs` shows them all.',
    }),
    ...part('Failed in the last 7 days', tab.failed, {
      none: 'No failure was heard of.',
      entry: (entry) => section(runEntry(entry)),
      more: '`/vbs jobs` shows them all, failures first.',
    }),
    divider(),
    context(`As of ${slackDate(tab.now)}. \`/vbs help\` shows what there is.`),
  ];
  return { type: 'home', blocks };
}

function part<T>(
  title: string,
  page: Page<T> | undefined,
  about: { readonly none: string; readonly entry: (item: T) => KnownBlock; readonly more: string },
): KnownBlock[] {
  if (page === undefined) return [header(title), context(UNKNOWN)];
  if (page.items.length === 0) return [header(title), context(about.none)];
  const left = page.total - page.items.length;
  const more = left > 0 ? [context(`${count(left)} more. ${about.more}`)] : [];
  return [header(title), ...page.items.map(about.entry), ...more];
}

/** `⚙️ Running: nightly (payments), 2 of 4 disks done` and when it began. */
function runEntry({ run, link }: ListedRun): string {
  const card = link === undefined ? '' : ` · <${link}|open its card>`;
  const who =
    run.origin === 'schedule' ? 'by its schedule' : run.startedBy === undefined ? '' : `by <@${run.startedBy}>`;
  return `*${runHeadline(run)}*\nStarted ${[who, slackDate(run.startedAt)].filter((part) => part).join(', ')}${card}`;
}

function runHeadline(run: PolicyRun): string {
  const name = `${oneLine(run.policyName)} (${oneLine(run.project)})`;
  const counts = countTasks(run);
  const disks = plural(Math.max(run.tasks.length, run.disks), 'disk');
  switch (run.state) {
    case 'requested':
    case 'starting':
    case 'unknown':
      return marked('working', `Starting: ${name}`);
    case 'running':
      return marked('working', `Running: ${name}, ${count(counts.succeeded)} of ${disks} done${troubles(run)}`);
    case 'failed':
      return marked('failed', `Not started: ${name}. ${run.failure ? failureSentence(run.failure) : ''}`.trimEnd());
    case 'overdue':
      return marked('attention', `Takes too long: ${name}, ${count(counts.open)} of ${disks} open${troubles(run)}`);
    case 'done':
      return marked('failed', `Backup failed: ${name}, ${disks}${troubles(run)}`);
  }
}

function troubles(run: PolicyRun): string {
  const { failed, timedOut, skipped } = countTasks(run);
  const kinds = [
    failed > 0 ? `${count(failed)} failed` : undefined,
    timedOut > 0 ? `${count(timedOut)} timed out` : undefined,
    skipped > 0 ? `${count(skipped)} skipped` : undefined,
  ].filter((kind) => kind !== undefined);
  return kinds.length > 0 ? `, ${list(kinds)}` : '';
}
