import type { ComponentChildren, JSX } from 'preact';
import type { CloudJob, CloudProject, CloudView } from '../../shared.ts';
import { ago } from '../text/dates.ts';
import { useCloud } from './use-polled.ts';

/** What there is in the cloud, and what it is doing. */
export function CloudPanel(): JSX.Element {
  const cloud = useCloud();
  if (!cloud) return <p class="nothing">Looking at the cloud…</p>;
  return (
    <>
      {cloud.projects.map((project, index) => (
        <Project key={project.id} project={project} now={cloud.now} isOpen={index === 0} />
      ))}
    </>
  );
}

interface ProjectProps {
  readonly project: CloudProject;
  readonly now: CloudView['now'];
  readonly isOpen: boolean;
}

function Project({ project, now, isOpen }: ProjectProps): JSX.Element {
  const reader = { now: new Date(now) };
  return (
    <section class="project">
      <h3>
        {project.name}
        {project.down !== null && <span class="badge badge-trouble">down</span>}
      </h3>
      {project.jobs.map((job) => (
        <Job key={job.id} job={job} />
      ))}
      <Group title="Backups" isOpen={isOpen} count={project.backups.total}>
        {project.backups.latest.map((backup) => (
          <Line key={backup.id} main={backup.name} side={ago(new Date(backup.createdAt), reader)}>
            {backup.disk}
            {backup.status !== 'available' && <span class="badge">{backup.status}</span>}
          </Line>
        ))}
        {project.backups.total > project.backups.latest.length && (
          <li class="faint">and {project.backups.total - project.backups.latest.length} older ones</li>
        )}
      </Group>
      <Group title="Sharings" isOpen={isOpen} count={project.sharings.length}>
        {project.sharings.map((sharing) => (
          <Line key={sharing.id} main={sharing.backup} side={ago(new Date(sharing.createdAt), reader)}>
            with {sharing.to}
          </Line>
        ))}
      </Group>
      <Group title="Policies" isOpen={isOpen} count={project.policies.length}>
        {project.policies.map((policy) => (
          <Line
            key={policy.id}
            main={policy.name}
            side={policy.next === null ? 'off' : `strikes ${ago(new Date(policy.next), reader)}`}
          >
            {policy.disks.join(', ')}
          </Line>
        ))}
      </Group>
      <Group title="Disks" isOpen={false} count={project.disks.length}>
        {project.disks.map((disk) => (
          <Line key={disk.id} main={disk.name} side={`${disk.sizeGib} GiB`} />
        ))}
      </Group>
    </section>
  );
}

function Job({ job }: { readonly job: CloudJob }): JSX.Element {
  const percent = Math.round(job.progress * 100);
  return (
    <div class="job">
      <span>
        <strong>{job.disk}</strong> <span class="faint">{job.policy}</span>
      </span>
      <span class="faint">{job.isWaiting ? 'waiting' : `${percent} %`}</span>
      <progress max={100} value={job.isWaiting ? 0 : percent} aria-label={`Backup of ${job.disk}`} />
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly count: number;
  readonly isOpen: boolean;
  readonly children: ComponentChildren;
}

function Group({ title, count, isOpen, children }: GroupProps): JSX.Element {
  return (
    <details class="group" open={isOpen}>
      <summary>
        {title} <span class="faint">{count}</span>
      </summary>
      <ul>{children}</ul>
    </details>
  );
}

interface LineProps {
  readonly main: string;
  readonly side: string;
  readonly children?: ComponentChildren;
}

function Line({ main, side, children }: LineProps): JSX.Element {
  return (
    <li class="thing">
      <span class="thing-main">{main}</span>
      <span class="faint">{side}</span>
      {children !== undefined && <span class="thing-more faint">{children}</span>}
    </li>
  );
}
