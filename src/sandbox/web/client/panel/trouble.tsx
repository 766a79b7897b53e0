import type { ComponentChildren, JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { CloudProject } from '../../shared.ts';
import type { Deed } from '../guide-steps.ts';
import type { Json } from '../json.ts';
import { call } from '../state/api.ts';
import { useSession } from '../state/context.ts';
import { useCloud } from './use-polled.ts';

const HOUR = 3_600_000;
const SLOW_MS = 4_000;
/** Slack says with each refusal for how long. */
const RATE_LIMIT_SECONDS = 3;

/** How a backup may fail, in the cloud's own codes. */
const FAILURES = [
  { code: 'VolumeBackup.0081', words: 'quota used up', reason: 'The capacity quota is used up.' },
  { code: 'VolumeBackup.0013', words: 'previous one still runs', reason: 'The previous backup is still running.' },
  { code: 'VolumeBackup.0064', words: 'broken', reason: 'The backup status is error.' },
] as const;

/** Buttons that cause what one otherwise waits for, or dreads. */
export function TroublePanel(): JSX.Element {
  const cloud = useCloud();
  const projects = cloud?.projects ?? [];
  return (
    <>
      <FailBackup projects={projects} />
      <Strike projects={projects} />
      <CloudTrouble projects={projects} />
      <SlackTrouble />
      <MoveClock />
    </>
  );
}

/** Does it, says what was done, and remembers that one has. */
function useDeed(): (said: string, work: () => Promise<unknown>, deed?: Deed) => void {
  const session = useSession();
  return (said, work, deed) => {
    void session.attempt(async () => {
      await work();
      session.toast({ tone: 'note', text: said });
      if (deed !== undefined) session.did(deed);
    });
  };
}

function setFaults(faults: Json): Promise<unknown> {
  return call('/_sandbox/faults', faults);
}

interface WithProjects {
  readonly projects: readonly CloudProject[];
}

function FailBackup({ projects }: WithProjects): JSX.Element {
  const deed = useDeed();
  const disks = projects.flatMap((project) => project.policies.flatMap((policy) => policy.disks));
  const [disk, setDisk] = useState('payments-db-2');
  const [code, setCode] = useState<string>(FAILURES[0].code);
  const fail = (): void => {
    const failure = FAILURES.find((one) => one.code === code) ?? FAILURES[0];
    const failNextBackup = { diskId: disk, code: failure.code, reason: failure.reason };
    deed(`The next backup of ${disk} will fail.`, () => setFaults({ vbs: { failNextBackup } }));
  };
  return (
    <Deeds title="Fail the next backup" about="The next time a policy backs up this disk, it fails.">
      <Pick label="Disk" value={disk} onPick={setDisk} options={[...new Set(disks)].map((name) => [name, name])} />
      <Pick label="How" value={code} onPick={setCode} options={FAILURES.map(({ code: id, words }) => [id, words])} />
      <button type="button" class="button" onClick={fail}>
        Fail the next backup
      </button>
    </Deeds>
  );
}

function Strike({ projects }: WithProjects): JSX.Element {
  const deed = useDeed();
  const policies = projects.flatMap((project) =>
    project.policies.map((policy) => [policy.id, `${policy.name} (${project.name})`] as const),
  );
  const [chosen, setChosen] = useState<string>();
  const policy = chosen ?? policies[0]?.[0] ?? '';
  const name = policies.find(([id]) => id === policy)?.[1] ?? '';
  return (
    <Deeds title="Let a schedule strike" about="The policy runs now, as if its time had come.">
      <Pick label="Policy" value={policy} onPick={setChosen} options={policies} />
      <button
        type="button"
        class="button"
        onClick={() => deed(`${name} runs.`, () => call('/_demo/strike', { policy }), 'struck')}
      >
        Strike now
      </button>
    </Deeds>
  );
}

function CloudTrouble({ projects }: WithProjects): JSX.Element {
  const deed = useDeed();
  const slow = { routes: [{ route: '*', kind: 'latency', ms: SLOW_MS }] };
  const down = { routes: [{ route: '*', kind: 'status', status: 503 }] };
  return (
    <Deeds title="The cloud" about="Until you mend it. What people ask for is answered all the same.">
      <button
        type="button"
        class="button"
        onClick={() => deed(`Each call takes ${SLOW_MS / 1000} s longer.`, () => setFaults({ vbs: slow }), 'broke')}
      >
        Make it slow
      </button>
      <button
        type="button"
        class="button"
        onClick={() => deed('The cloud refuses every call.', () => setFaults({ vbs: down }), 'broke')}
      >
        Take it down
      </button>
      {projects.some((project) => project.down !== null) && <span class="badge badge-trouble">down</span>}
      <button
        type="button"
        class="button button-primary"
        onClick={() => deed('The cloud works again.', () => setFaults({ vbs: { clear: true } }))}
      >
        Mend it
      </button>
    </Deeds>
  );
}

function SlackTrouble(): JSX.Element {
  const deed = useDeed();
  const limit = { kind: 'rate_limit', retry_after: RATE_LIMIT_SECONDS, times: 'until_cleared' };
  const methods = ['chat.postMessage', 'chat.update', 'chat.postEphemeral', 'views.publish'];
  const limited = Object.fromEntries(methods.map((method) => [method, limit]));
  return (
    <Deeds title="Slack" about="Cards come late, but they come, once and in order.">
      <button
        type="button"
        class="button"
        onClick={() => deed('Slack answers 429 to every post.', () => setFaults({ slack: limited }))}
      >
        Rate-limit the app
      </button>
      <button
        type="button"
        class="button"
        onClick={() => deed('Its connections are cut.', () => setFaults({ socket: { drop: true } }))}
      >
        Cut its connections
      </button>
      <button
        type="button"
        class="button button-primary"
        onClick={() => deed('Slack works again.', () => setFaults({ clear: true }))}
      >
        Mend it
      </button>
    </Deeds>
  );
}

function MoveClock(): JSX.Element {
  const deed = useDeed();
  const move = (ms: number, words: string): void =>
    deed(`The sandbox is ${words} later.`, () => call('/_demo/clock', { ms }));
  return (
    <Deeds title="The clock" about="Schedules strike and requests expire on the way.">
      <button type="button" class="button" onClick={() => move(HOUR / 4, '15 minutes')}>
        +15 min
      </button>
      <button type="button" class="button" onClick={() => move(HOUR, 'an hour')}>
        +1 h
      </button>
      <button type="button" class="button" onClick={() => move(24 * HOUR, 'a day')}>
        +1 day
      </button>
    </Deeds>
  );
}

interface DeedsProps {
  readonly title: string;
  readonly about: string;
  readonly children: ComponentChildren;
}

function Deeds({ title, about, children }: DeedsProps): JSX.Element {
  return (
    <section class="deeds">
      <h3>{title}</h3>
      <p class="faint">{about}</p>
      <div class="actions">{children}</div>
    </section>
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onPick: (value: string) => void;
}

function Pick({ label, value, options, onPick }: PickProps): JSX.Element {
  const id = useId();
  return (
    <span class="pick-line">
      <label for={id}>{label}</label>
      <select id={id} class="field" value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}
