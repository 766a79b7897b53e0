import type { AuditEntry } from '../../core/audit.ts';

/** A detail that is a text with something in it. */
export function detailText(details: AuditEntry['details'], key: string): string | undefined {
  const value = details[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A detail that is one text or several. */
export function detailTexts(details: AuditEntry['details'], key: string): readonly string[] {
  const value = details[key];
  if (typeof value === 'string') return value === '' ? [] : [value];
  return typeof value === 'object' ? value : [];
}
