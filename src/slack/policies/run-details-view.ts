import type { ModalView } from '@slack/types';
import type { PolicyRun } from '../../core/policies/policy-run.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { actions, button, context, LIMITS, plain, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { count } from '../words.ts';
import { smallPrints } from './disk-lines.ts';
import { aboutState, startedWords } from './run-card-view.ts';
import { runHeadline } from './run-words.ts';
import { taskLine, worstFirst } from './task-words.ts';

/** Disks a page: a modal takes a hundred blocks and 250 KB. */
const PAGE = 50;

/** Every disk of a run. `page` counts from 0; `turn` is the action id of the buttons that turn pages. */
export function runDetailsView(
  run: PolicyRun,
  disks: DiskNames,
  at: { readonly page: number; readonly turn: string },
): ModalView {
  const tasks = worstFirst(run.tasks);
  const pages = Math.max(Math.ceil(tasks.length / PAGE), 1);
  const page = Math.min(Math.max(at.page, 0), pages - 1);
  const shown = tasks.slice(page * PAGE, (page + 1) * PAGE);
  const about = aboutState(run);
  return {
    type: 'modal',
    title: plain('Run of a policy', LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    blocks: [
      section(`*${runHeadline(run)}*`),
      context(startedWords(run)),
      ...(about === undefined ? [] : [section(about)]),
      ...(shown.length === 0 ? [section('The cloud has not told of any disk yet.')] : []),
      ...lineSections(shown.map((task) => taskLine(task, disks, run.diskSizes))),
      ...smallPrints(shown, disks),
      ...(pages > 1 ? turning(run.id, { page, pages, turn: at.turn, total: tasks.length }) : []),
    ],
  };
}

function turning(run: string, at: { page: number; pages: number; turn: string; total: number }) {
  const { page, pages, turn, total } = at;
  const to = (next: number) => JSON.stringify({ run, page: next });
  const place = `Disks ${count(page * PAGE + 1)}–${count(Math.min((page + 1) * PAGE, total))} of ${count(total)}`;
  return [
    context(place),
    actions(
      ...(page > 0 ? [button({ text: '← Previous', actionId: `${turn}#previous`, value: to(page - 1) })] : []),
      ...(page < pages - 1 ? [button({ text: 'Next →', actionId: `${turn}#next`, value: to(page + 1) })] : []),
    ),
  ];
}
