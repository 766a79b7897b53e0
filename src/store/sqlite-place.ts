import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CannotOpenDatabase, FILE_REMEDY } from './errors.ts';

/** Makes the folders on the way to the file, for the owner alone. Throws CannotOpenDatabase where that cannot be done. */
export function makePlace(file: string): void {
  // Node's own `recursive` tries forever where a folder that is there refuses another in it by ENOENT, as /proc does.
  checked(file, () => missingFolders(file).forEach(makeFolder));
}

/** Throws CannotOpenDatabase where the file, or the folders on its way, could not be made. Leaves nothing behind. */
export function checkPlace(file: string): void {
  checked(file, () => {
    const [first = resolve(file)] = missingFolders(file);
    // Rights alone do not tell: root has all of them in /proc, too.
    rmdirSync(mkdtempSync(`${dirname(first)}/.vbs-chatops-`));
  });
}

/** Tells the file that this path leads to from any other; undefined where it leads to none. */
export function identityOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}

/** The folders on the way to the file that are not there, outermost first. */
function missingFolders(file: string): string[] {
  const missing: string[] = [];
  for (let folder = dirname(resolve(file)); !existsSync(folder); folder = dirname(folder)) {
    if (lstatSync(folder, { throwIfNoEntry: false })) throw new Error(`the link ${folder} leads nowhere`);
    missing.unshift(folder);
  }
  return missing;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may be making it, too.
    if (!existsSync(folder)) throw error;
  }
}

function checked(file: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new CannotOpenDatabase(file, { cause, remedy: FILE_REMEDY });
  }
}
