import type { ManagedProject } from '../../core/projects.ts';
import type { CommandAnswer } from '../answers.ts';
import { defineCommand } from '../define.ts';
import { oneLine } from '../kit.ts';
import { noProject, projectNamed } from '../project-picker.ts';
import { sentence } from '../sentence.ts';
import { lookUpJob, searchJob } from './look-up-job.ts';

const JOB_AGAIN = '/vbs job';
const EXAMPLE = '4010b39b5281d3590152874bfa3b1604';
/** Both kinds occur: 32 hexadecimal characters, and the same with dashes. */
const jobId = /^[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}$/i;

/** `/vbs job [project] <id>`, in either order. */
export const jobCommand = defineCommand({
  word: 'job',
  summary: 'shows any job of the cloud, with its steps',
  usage: '[project] <id>',
  examples: [`${JOB_AGAIN} ${EXAMPLE}`, `${JOB_AGAIN} payments ${EXAMPLE}`],
  surplus(args) {
    const ids = args.filter((word) => jobId.test(word));
    // Without an id, the answer asks for one.
    return ids.length === 0 ? [] : [...args.filter((word) => !jobId.test(word)).slice(1), ...ids.slice(1)];
  },
  async run(ctx, args): Promise<CommandAnswer> {
    const id = args.find((word) => jobId.test(word))?.toLowerCase();
    const [alias] = args.filter((word) => !jobId.test(word));
    if (id === undefined) return { say: whichJob(args) };
    const project = alias === undefined ? undefined : projectNamed(ctx, alias);
    if (project === undefined && (await ctx.core.access.projects('view', ctx.user)).length === 0) return noProject();
    return {
      later: async (reply) => reply.say(await (project ? lookUpJob(ctx, project, id) : searchJob(ctx, id))),
      waiting: `Looking up the job${inWords(project)}…`,
    };
  },
});

function inWords(project: ManagedProject | undefined): string {
  return project === undefined ? '' : ` in ${oneLine(project.alias)}`;
}

function whichJob(args: readonly string[]) {
  const typed = args.at(-1);
  const what = typed === undefined ? 'A job goes by its id.' : `\`${oneLine(typed, 80)}\` is not the id of a job.`;
  const like = `An id looks like this: \`${JOB_AGAIN} ${EXAMPLE}\`.`;
  return sentence(`${what} ${like} \`/vbs jobs\` lists what the policies did; *Details* there names each job's id.`);
}
