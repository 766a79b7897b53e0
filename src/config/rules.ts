import type { z } from 'zod';
import { isMapping, valueAt } from './path.ts';
import { say } from './say.ts';

type Report = (fault: { path: (string | number)[]; message: string }) => void;

/**
 * A rule between several settings. It runs even where single values are at fault, so that all faults come at once;
 * hence it reads what may be anything.
 */
export function rule<S extends z.ZodType>(schema: S, check: (value: unknown, report: Report) => void): S {
  return schema.superRefine(
    (value, context) => check(value, (fault) => context.addIssue({ code: 'custom', ...fault })),
    {
      when: () => true,
    },
  );
}

/** What each mode of Slack needs. */
export function slackRules(slack: unknown, report: Report): void {
  if (!isMapping(slack)) return;
  const needed = slack['mode'] === 'http' ? 'signingSecret' : 'appToken';
  if (slack['mode'] !== 'http' && slack['mode'] !== 'socket') return;
  if (slack[needed] === undefined) {
    report({ path: [needed], message: say(`is missing in mode ${slack['mode']}`, '') });
  }
}

/** A run is asked after at growing intervals, which must have room to grow. */
export function pollRules(poll: unknown, report: Report): void {
  const [least, most] = [valueAt(poll, ['runMin']), valueAt(poll, ['runMax'])];
  if (typeof least !== 'number' || typeof most !== 'number' || least <= most) return;
  report({
    path: ['runMin'],
    message: say('is longer than poll.runMax', 'give the shortest pause as runMin and the longest as runMax'),
  });
}

/** What is of use only in a project that the bot works in. */
const FOR_WORK = ['endpoints', 'approvalsChannel', 'alertsChannel', 'approvers'];

/** A project that the bot works in needs all this; one without credentials is only shared with. */
export function projectRules(project: unknown, report: Report): void {
  if (!isMapping(project)) return;
  if (project['credentials'] === undefined) {
    const given = forWork(project);
    if (given === undefined) return;
    const remedy = `give the project its credentials, or leave out ${given} if backups are only to be shared with it`;
    report({ path: ['credentials'], message: say(`is missing, and the project has ${given}`, remedy) });
    return;
  }
  const needed = [['region'], ['endpoints', 'iam'], ['endpoints', 'vbs'], ['approvalsChannel'], ['approvers', 'users']];
  for (const path of needed) {
    const [first = ''] = path;
    if (project[first] === undefined) report({ path, message: say('is missing, and the project has credentials', '') });
  }
  approverRules(project, report);
}

function forWork(project: Record<string, unknown>): string | undefined {
  return FOR_WORK.find((key) => project[key] !== undefined);
}

/** Either way to prove who the bot is needs all of it, and none of the other. */
export function credentialsRules(credentials: unknown, report: Report): void {
  if (!isMapping(credentials)) return;
  const has = (key: string) => credentials[key] !== undefined;
  const isKey = ['accessKey', 'secretKey', 'securityToken'].some(has);
  const isUser = ['user', 'domain', 'password'].some(has);
  if (isKey && isUser) {
    const remedy = 'give either user, domain and password, or accessKey and secretKey';
    report({ path: [], message: say('hold both a user and an access key', remedy) });
    return;
  }
  for (const key of isKey ? ['accessKey', 'secretKey'] : ['user', 'domain', 'password']) {
    if (!has(key)) report({ path: [key], message: say('is missing', '') });
  }
}

function approverRules(project: Record<string, unknown>, report: Report): void {
  const users = valueAt(project, ['approvers', 'users']);
  const groups = valueAt(project, ['approvers', 'groups']);
  if (!Array.isArray(users) || !Array.isArray(groups) || groups.length > 0) return;
  const people = new Set(users).size;
  if (people === 0) {
    report({
      path: ['approvers'],
      message: say('names nobody', 'list at least one person under users or one user group under groups'),
    });
    return;
  }
  const approvals = project['approvals'];
  if (typeof approvals !== 'number' || approvals <= people) return;
  report({
    path: ['approvals'],
    message: say(
      `asks for ${approvals} approvals, but only ${people} ${people === 1 ? 'person' : 'people'} may approve`,
      'lower it, or name more approvers or a user group',
    ),
  });
}

/** Aliases and ids name one project each, and the bot needs one at least to work in. */
export function projectsRules(projects: unknown, report: Report): void {
  if (!Array.isArray(projects)) return;
  for (const key of ['alias', 'id']) {
    const first = new Map<unknown, number>();
    for (const [index, project] of projects.entries()) {
      const value = valueAt(project, [key]);
      if (typeof value !== 'string' || value === '') continue;
      const before = first.get(value);
      if (before === undefined) first.set(value, index);
      else {
        const problem = `{value} is also the ${key} of projects[${before}]`;
        report({ path: [index, key], message: say(problem, `give each project its own ${key}`) });
      }
    }
  }
  const isForWork = (project: unknown) =>
    isMapping(project) && (project['credentials'] !== undefined || forWork(project) !== undefined);
  if (projects.some(isForWork)) return;
  report({
    path: [],
    message: say(
      'has no project with credentials',
      'give at least one project its endpoints, credentials and approvers',
    ),
  });
}
