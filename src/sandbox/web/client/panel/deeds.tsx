import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Deed } from '../guide-steps.ts';
import { useSession } from '../state/context.ts';

/** Something that one can do to the cloud, to Slack, or to the time. */
export interface Doing {
  /** What the button says. */
  readonly words: string;
  readonly work: () => Promise<unknown>;
  /** What is said when it was done. */
  readonly said: string;
  /** What the guide is told. */
  readonly deed?: Deed;
  /** What lasts from now on, and where; undefined where it ends. */
  readonly lasts?: readonly ['cloud' | 'slack', string | undefined];
  readonly isMend?: boolean;
}

/** A button that does it. */
export function Do({ words, work, said, deed, lasts, isMend = false }: Doing): JSX.Element {
  const session = useSession();
  const act = (): void => {
    void session.attempt(async () => {
      await work();
      session.toast({ tone: 'note', text: said });
      if (deed !== undefined) session.did(deed);
      if (lasts !== undefined) session.setTrouble(...lasts);
    });
  };
  return (
    <button type="button" class={isMend ? 'button button-primary' : 'button'} onClick={act}>
      {words}
    </button>
  );
}

interface DeedsProps {
  readonly title: string;
  readonly about: string;
  /** In a word, what goes wrong there now. */
  readonly trouble?: string | undefined;
  readonly children: ComponentChildren;
}

export function Deeds({ title, about, trouble, children }: DeedsProps): JSX.Element {
  return (
    <section class="deeds">
      <h3>
        {title}
        {trouble !== undefined && <span class="badge badge-trouble">{trouble}</span>}
      </h3>
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

export function Pick({ label, value, options, onPick }: PickProps): JSX.Element {
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
