import type { Client, Cloud, Reply } from './cloud.ts';
import { at, each, PAYMENTS, POLICY, startCloud } from './cloud.ts';

export const POLICIES = '/v2/{p}/backuppolicy';
export const TASKS = `${POLICIES}/${POLICY}/backuptasks`;
export const SECOND = 1000;
export const HOUR = 3600 * SECOND;

export interface PolicyCloud extends Cloud {
  client: Client;
  /** The statuses of the policy's tasks, oldest first. */
  statuses: (query?: string) => Promise<unknown[]>;
  run: () => Promise<Reply>;
}

/** The clock stands at noon; the policy strikes at 02:00 UTC. A run: 5 s and 10 s of waiting, a minute of work. */
export async function policyCloud(): Promise<PolicyCloud> {
  const cloud = await startCloud();
  const client = await cloud.as('owner', PAYMENTS);
  const statuses = async (query = '') =>
    each((await client.get(`${TASKS}?sort_dir=asc${query}`)).body, 'tasks', 'status');
  return { ...cloud, client, statuses, run: () => client.post(`${POLICIES}/${POLICY}/action`) };
}

/** The job of a task, counted from the oldest. */
export async function jobOf(client: Client, task: number): Promise<unknown> {
  const { body } = await client.get(`${TASKS}?sort_dir=asc`);
  const id = String(at(body, 'tasks', task, 'vbs_job_id'));
  return (await client.get(`/v1/{p}/jobs/${id}`)).body;
}
