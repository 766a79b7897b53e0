import type { At } from './place.ts';

/** What every kind of interactive element is drawn from. */
export interface ElementProps {
  readonly at: At;
  /** The id of the control, for a label that stands elsewhere. */
  readonly id: string;
  /** What a screen reader says, where no label stands beside it. */
  readonly label: string | undefined;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
}
