import type { Pool } from 'undici';

/** Asks all of these, so many at a time, and parses the answers: nothing that a client could leave out. */
export async function askAll(
  pool: Pool,
  paths: readonly string[],
  { token, atOnce }: { readonly token: string; readonly atOnce: number },
): Promise<unknown[]> {
  const answers: unknown[] = [];
  let next = 0;
  const headers = { accept: 'application/json', 'x-auth-token': token };
  const worker = async () => {
    for (let at = next++; at < paths.length; at = next++) {
      const { body } = await pool.request({ method: 'GET', path: paths[at] ?? '', headers });
      answers[at] = JSON.parse(await body.text());
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, paths.length) }, worker));
  return answers;
}

/** A token of the project, asked for without a client. */
export async function rawToken(
  pool: Pool,
  about: { readonly user: string; readonly password: string; readonly domain: string; readonly project: string },
): Promise<string> {
  const { user: name, password, domain, project } = about;
  const identity = { methods: ['password'], password: { user: { name, password, domain: { name: domain } } } };
  const { headers, body } = await pool.request({
    method: 'POST',
    path: '/v3/auth/tokens',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity, scope: { project: { id: project } } } }),
  });
  await body.dump();
  const token = headers['x-subject-token'];
  if (typeof token !== 'string') throw new Error('the cloud gave no token');
  return token;
}
