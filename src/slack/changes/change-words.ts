import type { Change, Deed } from '../../core/changes/change.ts';
import { type DiskNames, diskName } from '../backups/backup-words.ts';
import { oneLine } from '../kit.ts';
import { mention } from '../people-words.ts';
import { backupWords } from '../share/share-words.ts';
import { count, plural } from '../words.ts';

/** A change where it stands, each in safe mrkdwn. */
export interface ChangeWords {
  /** As it follows “asks to”: `delete db-nightly-0412 (payments)`. */
  readonly wish: string;
  /** While it is worked on: `Deleting: db-nightly-0412 (payments)`. */
  readonly doing: string;
  readonly done: string;
  /** It failed. */
  readonly undone: string;
  /** As it follows “whether”: `db-nightly-0412 (payments) was deleted`. */
  readonly maybe: string;
}

type Told = Pick<Change, 'deed' | 'project' | 'requester' | 'result'>;

/** A change in words; `disks` are the names that its project gives to disks. */
export function changeWords(change: Told, disks: DiskNames): ChangeWords {
  const { deed } = change;
  const project = `(${oneLine(change.project)})`;
  switch (deed.kind) {
    case 'backup.create': {
      const disk = `${diskName(deed.backup.diskId, disks)} ${project}`;
      return backupPhrases(['back up', 'Backing up', 'Backed up'], disk, ` as ${oneLine(deed.backup.name)}`);
    }
    case 'backup.restore': {
      const backup = `${backupWords(deed.backup, deed.backupId)} ${project}`;
      return backupPhrases(['restore', 'Restoring', 'Restored'], backup, ` to ${diskName(deed.diskId, disks)}`);
    }
    case 'backup.delete': {
      const backup = `${backupWords(deed.backup, deed.backupId)} ${project}`;
      return backupPhrases(['delete', 'Deleting', 'Deleted'], backup, '');
    }
    default:
      return policyPhrases(policyParts(deed, change), mention(change.requester));
  }
}

function backupPhrases(
  [verb, doing, done]: readonly [verb: string, doing: string, done: string],
  what: string,
  how: string,
): ChangeWords {
  return {
    wish: `${verb} ${what}${how}`,
    doing: `${doing}: ${what}${how}`,
    done: `${done}: ${what}${how}`,
    undone: `Not ${done.toLowerCase()}: ${what}${how}`,
    maybe: `${what} was ${done.toLowerCase()}${how}`,
  };
}

type PolicyDeed = Exclude<Deed, { readonly kind: `backup.${string}` }>;

interface PolicyParts {
  readonly verbs: readonly [verb: string, doing: string, done: string];
  /** What is changed: `policy nightly (payments)`, `2 disks`. */
  readonly what: string;
  /** The same as far as it was changed, where that may be less. */
  readonly changed?: string;
  /** What follows the verb: ` to policy nightly (payments)`. */
  readonly where?: string;
  readonly many?: boolean;
}

/** Policies are changed at once, so who did it stands in the first line. */
function policyPhrases(
  { verbs, what, changed = what, where = '', many = false }: PolicyParts,
  by: string,
): ChangeWords {
  const [verb, doing, done] = verbs;
  return {
    wish: `${verb} ${what}${where}`,
    doing: `${doing}: ${what}${where}`,
    done: `${capital(changed)} ${done}${where} by ${by}`,
    undone: `${capital(what)} not ${done}${where}`,
    maybe: `${what} ${many ? 'were' : 'was'} ${done}${where}`,
  };
}

function policyParts(deed: PolicyDeed, { project, result }: Told): PolicyParts {
  const name = deed.kind === 'policy.create' ? deed.plan.name : deed.policyName;
  const policy = `policy ${oneLine(name)} (${oneLine(project)})`;
  switch (deed.kind) {
    case 'policy.create':
      return { verbs: ['create', 'Creating', 'created'], what: policy };
    case 'policy.modify':
      return { verbs: ['change', 'Changing', 'changed'], what: policy };
    case 'policy.switch':
      return {
        verbs: deed.enabled ? ['enable', 'Enabling', 'enabled'] : ['disable', 'Disabling', 'disabled'],
        what: policy,
      };
    case 'policy.delete':
      return { verbs: ['delete', 'Deleting', 'deleted'], what: policy };
    case 'policy.add-disks':
      return { verbs: ['add', 'Adding', 'added'], ...disksParts(deed.diskIds, result), where: ` to ${policy}` };
    case 'policy.remove-disks':
      return { verbs: ['take', 'Taking', 'taken'], ...disksParts(deed.diskIds, result), where: ` out of ${policy}` };
    case 'policy.tags':
      return tagsParts(deed, policy);
  }
}

function disksParts(
  { length }: readonly string[],
  result: Change['result'],
): Pick<PolicyParts, 'what' | 'changed' | 'many'> {
  const moved = result?.disks?.succeeded.length ?? length;
  const changed = moved < length ? `${count(moved)} of ${plural(length, 'disk')}` : plural(length, 'disk');
  return { what: plural(length, 'disk'), changed, many: length !== 1 };
}

function tagsParts({ action, tags }: Extract<Deed, { readonly kind: 'policy.tags' }>, policy: string): PolicyParts {
  const [only, another] = tags;
  const key = only === undefined || another !== undefined ? undefined : oneLine(only.key);
  const what = key === undefined ? plural(tags.length, 'tag') : `tag ${key}`;
  const many = key === undefined;
  switch (action) {
    case 'create':
      return { verbs: ['add', 'Adding', 'added'], what, where: ` to ${policy}`, many };
    case 'update':
      return { verbs: ['set', 'Setting', 'set'], what, where: ` on ${policy}`, many };
    case 'delete':
      return { verbs: ['remove', 'Removing', 'removed'], what, where: ` from ${policy}`, many };
  }
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
