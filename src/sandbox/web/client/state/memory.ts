import { isRecord, record, text, texts } from '../json.ts';
import type { Model } from './model.ts';

const KEY = 'vbs-sandbox';

/** What a reload of the page must not forget. */
type Remembered = Pick<Model, 'boot' | 'me' | 'seen' | 'ticked' | 'troubles'>;

export function remember({ boot, me, seen, ticked, troubles }: Model): void {
  // A page that has just been loaded knows nothing yet, and must not overwrite what it is about to read.
  if (boot === '') return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ boot, me, seen, ticked, troubles } satisfies Remembered));
  } catch {
    // A browser that keeps nothing for this page: it works all the same, and begins anew on a reload.
  }
}

export function remembered(): Remembered {
  const kept = parse();
  const seen = isRecord(kept.seen) ? Object.entries(kept.seen) : [];
  return {
    boot: text(kept.boot) ?? '',
    me: text(kept.me) ?? '',
    seen: Object.fromEntries(seen.map(([key, ts]) => [key, String(ts)])),
    ticked: texts(kept.ticked),
    troubles: { cloud: text(record(kept.troubles).cloud), slack: text(record(kept.troubles).slack) },
  };
}

function parse(): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    return isRecord(kept) ? kept : {};
  } catch {
    return {};
  }
}
