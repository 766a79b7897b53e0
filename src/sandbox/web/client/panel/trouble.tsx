import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CloudProject } from '../../shared.ts';
import type { Json } from '../json.ts';
import { call } from '../state/api.ts';
import { useModel } from '../state/context.ts';
import { Deeds, Do, Pick } from './deeds.tsx';
import { useCloud } from './use-polled.ts';

const HOUR = 3_600_000;
const SLOW_MS = 4_000;
/** Slack says with each refusal for how long. */
const RATE_LIMIT_SECONDS = 3;
const POSTING = ['chat.postMessage', 'chat.update', 'chat.postEphemeral', 'views.publish'];

/** How a backup may fail, in the cloud's own codes. */
const FAILURES = [
  { code: 'VolumeBackup.0081', words: 'quota used up', reason: 'The capacity quota is used up.' },
  { code: 'VolumeBackup.0013', words: 'previous one still runs', reason: 'The previous backup is still running.' },
  { code: 'VolumeBackup.0064', words: 'broken', reason: 'The backup status is error.' },
] as const;

/** Buttons that cause what one otherwise waits for, or dreads. */
export function TroublePanel(): JSX.Element {
  const projects = useCloud()?.projects ?? [];
  return (
    <>
      <FailBackup projects={projects} />
      <Strike projects={projects} />
      <CloudTrouble />
      <SlackTrouble />
      <MoveClock />
    </>
  );
}

function setFaults(faults: Json): Promise<unknown> {
  return call('/_sandbox/faults', faults);
}

interface WithProjects {
  readonly projects: readonly CloudProject[];
}

function FailBackup({ projects }: WithProjects): JSX.Element {
  const disks = new Set(projects.flatMap((project) => project.policies.flatMap((policy) => policy.disks)));
  const [disk, setDisk] = useState('payments-db-2');
  const [code, setCode] = useState<string>(FAILURES[0].code);
  const failure = FAILURES.find((one) => one.code === code) ?? FAILURES[0];
  const failNextBackup = { diskId: disk, code: failure.code, reason: failure.reason };
  return (
    <Deeds title="Fail the next backup" about="The next time a policy backs up this disk, it fails.">
      <Pick label="Disk" value={disk} onPick={setDisk} options={[...disks].map((name) => [name, name])} />
      <Pick label="How" value={code} onPick={setCode} options={FAILURES.map(({ code: id, words }) => [id, words])} />
      <Do
        words="Fail the next backup"
        said={`The next backup of ${disk} will fail.`}
        work={() => setFaults({ vbs: { failNextBackup } })}
      />
    </Deeds>
  );
}

function Strike({ projects }: WithProjects): JSX.Element {
  const policies = projects.flatMap((project) =>
    project.policies.map((policy) => [policy.id, `${policy.name} (${project.name})`] as const),
  );
  const [chosen, setChosen] = useState<string>();
  const policy = chosen ?? policies[0]?.[0] ?? '';
  const name = policies.find(([id]) => id === policy)?.[1] ?? '';
  return (
    <Deeds title="Let a schedule strike" about="The policy runs now, as if its time had come.">
      <Pick label="Policy" value={policy} onPick={setChosen} options={policies} />
      <Do words="Strike now" said={`${name} runs.`} work={() => call('/_demo/strike', { policy })} deed="struck" />
    </Deeds>
  );
}

function CloudTrouble(): JSX.Element {
  const trouble = useModel((model) => model.troubles.cloud);
  // One or the other, as the badge says; a backup that is to fail is left to.
  const slow = { clearRoutes: true, routes: [{ route: '*', kind: 'latency', ms: SLOW_MS }] };
  const down = { clearRoutes: true, routes: [{ route: '*', kind: 'status', status: 503 }] };
  return (
    <Deeds title="The cloud" trouble={trouble} about="Until you mend it. People are answered all the same.">
      <Do
        words="Make it slow"
        said={`Each call takes ${SLOW_MS / 1000} s longer.`}
        work={() => setFaults({ vbs: slow })}
        deed="broke"
        lasts={['cloud', 'slow']}
      />
      <Do
        words="Take it down"
        said="The cloud refuses every call."
        work={() => setFaults({ vbs: down })}
        deed="broke"
        lasts={['cloud', 'down']}
      />
      <Do
        words="Mend the cloud"
        said="The cloud works again."
        work={() => setFaults({ vbs: { clear: true } })}
        lasts={['cloud', undefined]}
        isMend
      />
    </Deeds>
  );
}

function SlackTrouble(): JSX.Element {
  const trouble = useModel((model) => model.troubles.slack);
  const limit = { kind: 'rate_limit', retry_after: RATE_LIMIT_SECONDS, times: 'until_cleared' };
  const slack = Object.fromEntries(POSTING.map((method) => [method, limit]));
  return (
    <Deeds title="Slack" trouble={trouble} about="Cards come late, but they come, once and in order.">
      <Do
        words="Rate-limit the app"
        said="Slack answers 429 to every post."
        work={() => setFaults({ slack })}
        lasts={['slack', 'rate-limited']}
      />
      <Do
        words="Cut its connections"
        said="The app has to connect again."
        work={() => setFaults({ socket: { drop: true } })}
      />
      <Do
        words="Mend Slack"
        said="Slack works again."
        work={() => setFaults({ clear: true })}
        lasts={['slack', undefined]}
        isMend
      />
    </Deeds>
  );
}

function MoveClock(): JSX.Element {
  const move = (ms: number) => () => call('/_demo/clock', { ms });
  return (
    <Deeds title="The clock" about="Schedules strike and requests expire on the way.">
      <Do words="+15 min" said="The sandbox is 15 minutes later." work={move(HOUR / 4)} />
      <Do words="+1 h" said="The sandbox is an hour later." work={move(HOUR)} />
      <Do words="+1 day" said="The sandbox is a day later." work={move(24 * HOUR)} />
    </Deeds>
  );
}
