import { inject } from 'vitest';

/** The folder of the compiled program, as the sources lie in theirs; see compiled-once.ts. */
export async function compiledFolder(): Promise<string> {
  const answer = await fetch(inject('compiledDesk'));
  const told = await answer.text();
  if (!answer.ok) throw new Error(`the program could not be compiled: ${told}`);
  return told;
}
