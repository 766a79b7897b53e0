/** What a code of the API means in plain words, and what a person can do about it. */
export interface Explanation {
  readonly explanation: string;
  readonly remedy: string;
}

const askForRights = 'Ask the administrator of the cloud account to give the bot’s user the right to do it.';
const freeQuota = 'Delete backups that are no longer needed, or have the quota raised.';
const chooseName = 'Choose another name.';
const lookAgain = 'Look at the list again: it may have been deleted meanwhile.';

/** The gateway's word, of which there are two spellings. */
const notOffered = [
  'The cloud’s address does not offer this.',
  'Check the project’s endpoints in the settings.',
] as const;

/** Each remedy fits every operation that may end so. Source: the error codes of the public API reference. */
const table: Readonly<Record<string, readonly [explanation: string, remedy: string]>> = {
  'VolumeBackup.0003': ['The backup’s name is too long.', 'Use up to 64 characters.'],
  'VolumeBackup.0004': ['The backup’s name has characters that are not allowed.', 'Use letters, digits, “_” and “-”.'],
  'VolumeBackup.0006': [
    'The description is too long or has characters that are not allowed.',
    'Use up to 64 characters, without “<” and “>”.',
  ],
  'VolumeBackup.0007': ['The backup has no name.', 'Give it one.'],
  'VolumeBackup.0005': ['A backup’s name may not start with “auto”.', chooseName],
  'VolumeBackup.0010': ['No disk was named.', 'Name the disk to back up.'],
  'VolumeBackup.0011': ['The disk’s id is malformed.', 'Copy the disk’s id anew; it is a UUID.'],
  'VolumeBackup.0012': [
    'The disk is neither available nor in use.',
    'Wait until the disk is back in an ordinary state, then try again.',
  ],
  'VolumeBackup.0013': ['The previous backup of the disk still runs.', 'Wait until it has ended, then try again.'],
  'VolumeBackup.0021': [
    'The disk does not exist any more.',
    'Choose one that is there; if a policy still has it, take it out of that.',
  ],
  'VolumeBackup.0040': ['The disk has 20 backups already, which is the most.', 'Delete one of them first.'],
  'VolumeBackup.0042': ['The bot’s user has no right to do this.', askForRights],
  'VolumeBackup.0044': ['The rights of the bot’s user are not valid.', askForRights],
  'VolumeBackup.0049': ['A tag of the backup is not valid.', 'Use up to 36 characters for a key and 43 for a value.'],
  'VolumeBackup.0050': ['The backup has as many tags as it may have.', 'Leave some of them out.'],
  'VolumeBackup.0064': ['The backup itself failed.', 'Use another backup of the disk: an earlier one, or a new one.'],
  'VolumeBackup.0089': ['The backup is not available now.', 'Wait until nothing is done with it, then try again.'],
  'VolumeBackup.0053': ['Disks of dedicated storage (DESS) can’t be backed up.', 'Choose another disk.'],
  'VolumeBackup.0080': ['The project’s quota of backups is used up.', freeQuota],
  'VolumeBackup.0081': ['The project’s quota of backup capacity is used up.', freeQuota],
  'VolumeBackup.0111': ['The disk to restore or the backup does not exist any more.', lookAgain],
  'VolumeBackup.0113': [
    'An image was made of this backup, so it can’t be deleted.',
    'Delete the image first, if nobody needs it.',
  ],
  'VolumeBackup.0202': ['The disk has the status “error”.', 'Choose another disk.'],
  'VolumeBackup.0205': [
    'The disk is not available.',
    'Detach it from its server, or wait until nothing is done with it, then try again.',
  ],
  'VolumeBackup.0206': ['A backup of the disk is being made.', 'Wait until it has ended, then try again.'],
  'VolumeBackup.0209': ['The disk is smaller than the backup.', 'Choose a disk at least as large as the backup.'],
  'VolumeBackup.0900': ['The backup service is unavailable.', 'Try again later.'],
  'AutoBackup.0100': ['The default policy can’t be changed or deleted.', 'Leave it, and use a policy of your own.'],
  'AutoBackup.0101': ['The policy’s name is too short or too long.', 'Use 1 to 64 characters.'],
  'AutoBackup.0102': [
    'The policy’s name has characters that are not allowed.',
    'Use letters, digits, “_” and “-”, and don’t start with “default”.',
  ],
  'AutoBackup.0103': ['The policy’s start time is not valid.', 'Use full hours, at most 24 of them.'],
  'AutoBackup.0104': ['The policy’s status is not valid.', 'It is either on or off.'],
  'AutoBackup.0105': ['Whether to keep the first backup of the month is not valid.', 'It is either yes or no.'],
  'AutoBackup.0106': ['The days between the policy’s runs are not valid.', 'Use 1 to 14 days.'],
  'AutoBackup.0107': [
    'How many backups to keep, or for how long, is not valid.',
    'A new policy keeps 2 to 99 backups, one that is changed 2 to 14; or give 2 days or more.',
  ],
  'AutoBackup.0203': ['The project has 10 policies already, which is the most.', 'Delete one of them first.'],
  'AutoBackup.0204': ['The policy has as many disks as it may have.', 'Put the disk into another policy.'],
  'AutoBackup.0205': ['There is no such policy.', lookAgain],
  'AutoBackup.1100': ['There is no such policy.', lookAgain],
  'AutoBackup.0206': [
    'The disk’s state forbids it.',
    'Wait until the disk is back in an ordinary state, then try again.',
  ],
  'AutoBackup.0210': ['HANA disks can’t be in a policy.', 'Choose another disk.'],
  'AutoBackup.0214': ['The tag is not valid.', 'Use letters, digits, “_” and “-”: up to 36 for a key, 43 for a value.'],
  'AutoBackup.0215': [
    'The policy has as many tags as it may have.',
    'Leave some out, or remove one that is there first.',
  ],
  'AutoBackup.0216': ['There is no such tag.', lookAgain],
  'AutoBackup.0218': ['The project’s backup quota does not suffice.', freeQuota],
  'AutoBackup.0220': ['Disks of dedicated storage (DESS) can’t be in a policy.', 'Choose another disk.'],
  'AutoBackup.0221': ['A text has “<” or “>” in it.', 'Leave them out.'],
  'AutoBackup.1400': ['The disk can’t be put into the policy or taken out of it.', lookAgain],
  'AutoBackup.0222': [
    'The cloud does not support this action here.',
    'Ask the operators of the bot: it may be out of date.',
  ],
  'AutoBackup.0225': ['The policy is being executed already.', 'Wait until that run has ended, then try again.'],
  'AutoBackup.0226': ['The policy’s time zone is not valid.', 'Write it like UTC+08:00.'],
  'APIG.0101': notOffered,
  'APIGW.0101': notOffered,
  'common.0011': ['The cloud can’t tell about this job.', 'Look at the backups themselves, or try again later.'],
};

/** What a code means and how to mend it; undefined for one that is not known. */
export function explain(code: string | undefined): Explanation | undefined {
  const row = code === undefined || !Object.hasOwn(table, code) ? undefined : table[code];
  return row === undefined ? undefined : { explanation: row[0], remedy: row[1] };
}
