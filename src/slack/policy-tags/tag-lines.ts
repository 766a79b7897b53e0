import type { Tag } from '../../core/backups/backup.ts';
import { CHANGE_LIMITS } from '../../core/changes/check-deed.ts';
import type { TagAction, TagValues } from '../../core/policies/policy.ts';

/** The tags in a text, one a line: `key=value`, or the key alone for one without a value. */
export function tagsIn(text: string): readonly Tag[] {
  return linesIn(text).map((line) => {
    const at = line.indexOf('=');
    return at < 0 ? { key: line, value: '' } : { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
  });
}

/** What is looked for, one key a line: `key=value,value`, or the key alone for any value. */
export function wantedIn(text: string): readonly TagValues[] {
  return linesIn(text).map((line) => {
    const at = line.indexOf('=');
    if (at < 0) return { key: line, values: [] };
    const values = line.slice(at + 1).split(',');
    return {
      key: line.slice(0, at).trim(),
      values: [...new Set(values.map((one) => one.trim()).filter((one) => one))],
    };
  });
}

function linesIn(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Why these tags cannot be added, changed or removed, as raw text; undefined where they can. `keys` are those there are. */
export function tagProblem(action: TagAction, tags: readonly Tag[], keys: readonly string[]): string | undefined {
  const there = tags.filter(({ key }) => keys.includes(key)).map(({ key }) => key);
  const missing = tags.filter(({ key }) => !keys.includes(key)).map(({ key }) => key);
  if (action === 'create') {
    if (there.length > 0) return `The policy has ${there.join(', ')} already: choose “Change” for it.`;
    const all = keys.length + tags.length;
    return all > CHANGE_LIMITS.tags
      ? `A policy has at most ${CHANGE_LIMITS.tags} tags, and this would make ${all}: remove one first.`
      : undefined;
  }
  return missing.length > 0
    ? `The policy has no tag ${missing.join(', ')}: it has ${keys.join(', ') || 'none'}.`
    : undefined;
}
