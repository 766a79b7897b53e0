import type { AuditEntry } from '../../core/audit.ts';
import type { DeedKind } from '../../core/changes/change.ts';
import { isKeyOf } from '../../core/is-key-of.ts';
import { plural } from '../words.ts';
import { detailText, detailTexts } from './details.ts';
import type { Speech } from './speech.ts';

interface Told {
  readonly name: string;
  readonly disk: string;
  readonly details: AuditEntry['details'];
  readonly say: Speech;
}

const deeds: Readonly<Record<DeedKind, (told: Told) => string>> = {
  'backup.create': ({ name, disk }) => `create the backup ${name} of ${disk}`,
  'backup.restore': ({ name, disk }) => `restore the backup ${name} to ${disk}`,
  'backup.delete': ({ name }) => `delete the backup ${name}`,
  'policy.create': ({ name, details, say }) => {
    const tags = tagsIn(details, say);
    return tags === '' ? `create the policy ${name}` : `create the policy ${name} with ${tags}`;
  },
  'policy.modify': ({ name, details, say }) => {
    const to = detailText(details, 'to');
    const renamed = to !== undefined && to !== detailText(details, 'name');
    return renamed ? `change the policy ${name}, and call it ${say.text(to)}` : `change the policy ${name}`;
  },
  'policy.switch': ({ name, details }) => `${details['enabled'] === true ? 'enable' : 'disable'} the policy ${name}`,
  'policy.delete': ({ name, details }) => {
    const disks = details['disks'];
    return `delete the policy ${name}${typeof disks === 'number' ? ` (${plural(disks, 'disk')})` : ''}`;
  },
  'policy.add-disks': ({ name, details }) => `put ${disksIn(details)} into the policy ${name}`,
  'policy.remove-disks': ({ name, details }) => `take ${disksIn(details)} out of the policy ${name}`,
  'policy.tags': ({ name, details, say }) => {
    const verb = detailText(details, 'action') === 'delete' ? 'remove' : 'set';
    return `${verb} ${tagsIn(details, say)} of the policy ${name}`;
  },
};

/** What a change does, to follow "to": `delete the backup db-nightly-0412`. */
export function deedWords(
  details: AuditEntry['details'],
  known: { readonly name: string | undefined; readonly disk: string | undefined },
  say: Speech,
): string {
  const kind = detailText(details, 'kind');
  if (kind === undefined || !isKeyOf(deeds, kind)) return 'change something';
  const name = known.name ?? detailText(details, 'backup') ?? detailText(details, 'policy') ?? 'without a name';
  return deeds[kind]({ name: say.text(name), disk: say.text(known.disk ?? 'a disk'), details, say });
}

/** Empty where there are none. */
function tagsIn(details: AuditEntry['details'], say: Speech): string {
  const tags = detailTexts(details, 'tags').map((tag) => say.text(tag));
  if (tags.length === 0) return '';
  return `${tags.length === 1 ? 'the tag' : 'the tags'} ${tags.join(', ')}`;
}

function disksIn(details: AuditEntry['details']): string {
  return plural(detailTexts(details, 'disks').length, 'disk');
}
