import type { KnownBlock, ModalView } from '@slack/types';
import type { KnownDisks } from '../../core/policies/known-disks.ts';
import type { Policy } from '../../core/policies/policy.ts';
import { type DiskNames, diskName } from '../backups/backup-words.ts';
import { context, LIMITS, oneLine, option, plain, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { knownDisksWords } from '../policies/known-disks-words.ts';
import { disksWords } from '../policies/policy-words.ts';
import { marked } from '../words.ts';
import { diskText } from './disk-choices.ts';

export const DISKS_BLOCK = 'disks';
export const IDS_BLOCK = 'ids';
export type DisksWay = 'add' | 'remove';

export const DISKS_TITLES = { add: 'Add disks', remove: 'Remove disks' } as const satisfies Record<DisksWay, string>;

export interface DisksForm {
  readonly way: DisksWay;
  readonly project: string;
  readonly policy: Pick<Policy, 'id' | 'name' | 'disks'>;
  /** Ids of the disks chosen from the list so far. */
  readonly chosen: readonly string[];
  /** Ids of the disks that were typed whole. */
  readonly typed: readonly string[];
  readonly known: KnownDisks;
  readonly names: DiskNames;
}

/** Asks which disks to put into a policy, or to take out of it, and says what that does to each. */
export function disksFormView(
  form: DisksForm,
  ids: { readonly form: string; readonly search: string; readonly metadata: string },
): ModalView {
  const { way, project, policy, names } = form;
  const known = form.known.of(policy.id);
  const note = way === 'remove' ? knownDisksWords(policy, known.length) : undefined;
  const listed = form.chosen.map((id) => option(diskText(id, names), id));
  return {
    type: 'modal',
    callback_id: ids.form,
    private_metadata: ids.metadata,
    title: plain(DISKS_TITLES[way], LIMITS.viewTitle),
    submit: plain(way === 'add' ? 'Add' : 'Remove', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section(`*${oneLine(policy.name)}* (${oneLine(project)}) · ${disksWords(policy)}`),
      {
        type: 'input',
        block_id: DISKS_BLOCK,
        dispatch_action: true,
        optional: true,
        label: plain('Disks', LIMITS.inputLabel),
        hint: plain('Found by name, id, policy or the name of the last backup.', LIMITS.inputLabel),
        element: {
          type: 'multi_external_select',
          action_id: ids.search,
          min_query_length: 0,
          placeholder: plain('Search for disks', LIMITS.placeholder),
          ...(listed.length > 0 && { initial_options: listed.slice(0, LIMITS.options) }),
        },
      },
      {
        type: 'input',
        block_id: IDS_BLOCK,
        dispatch_action: true,
        optional: true,
        label: plain('Other disks, by id', LIMITS.inputLabel),
        hint: plain('The bot knows only disks that were backed up or are named in its settings.', LIMITS.inputLabel),
        element: {
          type: 'plain_text_input',
          action_id: `${ids.search}#ids`,
          multiline: true,
          max_length: 2_500,
          dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
        },
      },
      ...whatHappens(form),
      ...(note === undefined ? [] : [context(note)]),
    ],
  };
}

/** A line for each disk that was chosen or typed: from which policy it is taken, or that it loses its protection. */
function whatHappens({ way, policy, chosen, typed, known, names }: DisksForm): KnownBlock[] {
  const wanted = [...new Set([...chosen, ...typed])];
  if (wanted.length === 0) {
    return [
      context(way === 'add' ? 'A disk belongs to one policy: added here, it leaves the one that it is in.' : LOSES),
    ];
  }
  return lineSections(
    wanted.map((id) => {
      const disk = diskName(id, names);
      const place = known.places.get(id);
      const inIt = place?.policy?.id === policy.id;
      if (way === 'remove') {
        if (inIt) return marked('attention', `${disk} is no longer backed up by a policy.`);
        const where = place?.policy === undefined ? '' : ` It was seen last in ${oneLine(place.policy.name)}.`;
        return marked('attention', `${disk} is not known to be in this policy.${where}`);
      }
      if (inIt) return `• ${disk} is in this policy already.`;
      if (place?.policy !== undefined)
        return marked('attention', `${disk} is taken from ${oneLine(place.policy.name)}.`);
      return `• ${disk} is in no policy, as far as is known.`;
    }),
  );
}

const LOSES =
  'A disk that is taken out is no longer backed up, unless it is added to another policy. Its backups stay.';
