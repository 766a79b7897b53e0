import { join } from 'node:path';
import { inject } from 'vitest';

/** The folder of the built program, as `npm run build` leaves it in `dist/`; see compiled-once.ts. */
export async function compiledFolder(): Promise<string> {
  const answer = await fetch(inject('compiledDesk'));
  const told = await answer.text();
  if (!answer.ok) throw new Error(`the program could not be compiled: ${told}`);
  return join(told, 'dist');
}
