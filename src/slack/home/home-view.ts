import type { HomeView, KnownBlock } from '@slack/types';
import type { Page } from '../../core/page.ts';
import type { PolicyRun } from '../../core/policies/policy-run.ts';
import { actions, button, context, divider, header, section } from '../kit.ts';
import { startedWords } from '../policies/run-card-view.ts';
import { runHeadline } from '../policies/run-words.ts';
import { askedOf, type ListedRequest, requestEntry } from '../requests/request-entry.ts';
import { count, marked, plural, slackDate } from '../words.ts';

/** A policy's run, with the link of its card if it is known. */
export interface ListedRun {
  readonly run: PolicyRun;
  readonly link: string | undefined;
}

/** What the home tab shows. A part is undefined where it cannot be looked up what the person may see of it. */
export interface HomeTab {
  readonly mine: Page<ListedRequest>;
  readonly waiting: Page<ListedRequest> | undefined;
  readonly running: Page<ListedRun> | undefined;
  readonly failed: Page<ListedRun> | undefined;
  /** What the person is offered: no button for what would be refused. */
  readonly may: { readonly share: boolean; readonly run: boolean };
  readonly now: Date;
}

export interface HomeButtons {
  readonly share: string;
  /** For each kind of request. */
  readonly withdraw: Readonly<Record<ListedRequest['kind'], string>>;
}

const unknown = marked(
  'attention',
  'What you may see of this cannot be looked up in Slack now. Open this page again later.',
);
const moreRequests = (left: number) => `${count(left)} more. \`/vbs requests\` shows them all.`;

/** The home tab: what waits, what runs, what failed. */
export function homeView(tab: HomeTab, ids: HomeButtons): HomeView {
  const { may } = tab;
  const blocks: KnownBlock[] = [
    ...(may.share ? [actions(button({ text: 'Share a backup', actionId: ids.share, style: 'primary' }))] : []),
    ...part('Waiting for you', tab.waiting, {
      none: 'No request waits for you.',
      entry: (entry) => section(requestEntry(entry)),
      more: moreRequests,
    }),
    ...part('Your requests', tab.mine, {
      none: `You have asked for nothing yet.${may.share ? ' *Share a backup* asks the owners of its project.' : ''}`,
      entry: (entry) => ownEntry(entry, ids.withdraw),
      more: moreRequests,
    }),
    ...part('Running now', tab.running, {
      none: `No policy is being run.${may.run ? ' `/vbs run` starts one.' : ''}`,
      entry: runEntry,
      // A run that has not started has no jobs yet.
      more: (left) => `${plural(left, 'more run')}. \`/vbs jobs\` lists the disks of those that have started.`,
    }),
    ...part('Went wrong in the last 7 days', tab.failed, {
      none: 'Nothing is known to have gone wrong.',
      entry: runEntry,
      more: (left) =>
        `${plural(left, 'more run')}. \`/vbs jobs\` lists the disks of those that started, failures first.`,
    }),
    divider(),
    context(`As of ${slackDate(tab.now)}. \`/vbs help\` shows what there is.`),
  ];
  return { type: 'home', blocks };
}

function part<T>(
  title: string,
  page: Page<T> | undefined,
  about: { readonly none: string; readonly entry: (item: T) => KnownBlock; readonly more: (left: number) => string },
): KnownBlock[] {
  if (page === undefined) return [header(title), context(unknown)];
  if (page.items.length === 0) return [header(title), context(about.none)];
  const left = page.total - page.items.length;
  const more = left > 0 ? [context(about.more(left))] : [];
  return [header(title), ...page.items.map(about.entry), ...more];
}

function ownEntry(entry: ListedRequest, withdraw: HomeButtons['withdraw']): KnownBlock {
  const { id, state } = askedOf(entry);
  if (state !== 'pending') return section(requestEntry(entry));
  return section(
    requestEntry(entry),
    button({ text: 'Withdraw', actionId: `${withdraw[entry.kind]}#${id}`, value: id }),
  );
}

function runEntry({ run, link }: ListedRun): KnownBlock {
  const card = link === undefined ? '' : ` · <${link}|open its card>`;
  return section(`*${runHeadline(run)}*\n${startedWords(run)}${card}`);
}
