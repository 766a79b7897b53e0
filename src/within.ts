/** What the work answers, or undefined if it fails or takes longer than this. It goes on, and nobody waits for it. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, enough]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
