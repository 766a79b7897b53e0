/** What a check found: that all is well, or what is not and how to mend it. */
export type Finding = { ok: true; detail: string } | { ok: false; detail: string; remedy: string };

/** A finding and what it is about. */
export type Item = { name: string; finding: Finding };

/** All is well. */
export function fine(detail: string): Finding {
  return { ok: true, detail };
}

/** Something is to be mended. */
export function wrong(detail: string, remedy: string): Finding {
  return { ok: false, detail, remedy };
}

/** Runs a check; one that throws has found something wrong, for which this is the remedy. */
export async function attempt(check: () => Promise<Finding>, remedy: string): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error), remedy);
  }
}
