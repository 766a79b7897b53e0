import type { ModalView } from '@slack/types';
import type { Change } from '../../core/changes/change.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { failureSmallPrint } from '../failure-words.ts';
import { context, LIMITS, plain, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { changeHeadline } from './change-headline.ts';
import { changeStanding, isSettled } from './change-standing.ts';
import { changeStory } from './change-story.ts';
import { diskSmallPrint } from './disk-outcome-lines.ts';

/** What the form of a change says once it was handed in: where the change stands. */
export function changeNoticeView(about: {
  readonly change: Change;
  readonly disks: DiskNames;
  /** The channel of its card, once that is to be pointed at. */
  readonly channel: string | undefined;
  readonly title: string;
}): ModalView {
  const { change, disks, channel, title } = about;
  const { failure, result } = change;
  const going = !isSettled(changeStanding(change));
  const where = channel === undefined ? [] : [cardWords(going, channel)];
  const small = [
    ...((failure && [failureSmallPrint(failure) ?? []].flat()) || []),
    ...(result?.disks ? diskSmallPrint(result.disks) : []),
    ...where,
  ];
  return {
    type: 'modal',
    title: plain(title, LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    blocks: [
      section(`*${changeHeadline(change, disks)}*`),
      ...lineSections(changeStory(change, disks)),
      ...(small.length > 0 ? [context(small.join('\n'))] : []),
    ],
  };
}

function cardWords(going: boolean, channel: string): string {
  return going
    ? `This window can be closed: it goes on, and its card in <#${channel}> says how it ends.`
    : `Its card is in <#${channel}>.`;
}
