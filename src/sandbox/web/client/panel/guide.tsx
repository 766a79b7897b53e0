import type { JSX } from 'preact';
import { STEPS, type Step } from '../guide-steps.ts';
import { useModel, useSession } from '../state/context.ts';

/** A few things to try; the first that is left says how. */
export function Guide(): JSX.Element {
  const ticked = useModel((model) => model.ticked);
  const next = STEPS.find((step) => !ticked.includes(step.id));
  return (
    <details class="guide" open>
      <summary>
        Things to try
        <span class="faint">
          {ticked.length} of {STEPS.length}
        </span>
      </summary>
      <ol>
        {STEPS.map((step) => (
          <StepLine key={step.id} step={step} isDone={ticked.includes(step.id)} isNext={step === next} />
        ))}
      </ol>
    </details>
  );
}

interface StepLineProps {
  readonly step: Step;
  readonly isDone: boolean;
  readonly isNext: boolean;
}

function StepLine({ step, isDone, isNext }: StepLineProps): JSX.Element {
  return (
    <li class={isDone ? 'step step-done' : 'step'}>
      <details open={isNext} name="guide-step">
        <summary>
          <span class="step-mark" role="img" aria-label={isDone ? 'done' : 'to do'}>
            {isDone ? '✓' : ''}
          </span>
          {step.title}
        </summary>
        <p>{step.how}</p>
        <TakeMe step={step} />
      </details>
    </li>
  );
}

/** Brings one to where the step begins. */
function TakeMe({ step }: { readonly step: Step }): JSX.Element | null {
  const session = useSession();
  const people = useModel((model) => model.people);
  const name = people.find((person) => person.id === step.as)?.name.split(' ')[0];
  if (step.as === undefined && step.channel === undefined && step.panel === undefined) return null;
  const go = (): void => {
    if (step.as !== undefined) session.actAs(step.as);
    if (step.channel !== undefined) session.open({ kind: 'channel', id: step.channel });
    if (step.panel !== undefined) session.showPanel(step.panel);
  };
  return (
    <button type="button" class="button button-small" onClick={go}>
      {name === undefined ? 'Take me there' : `Go as ${name}`}
    </button>
  );
}
