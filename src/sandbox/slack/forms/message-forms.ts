import { FormState } from './state.ts';

/** What people chose in the inputs of messages: each sees only their own choice. */
export class MessageForms {
  readonly #forms = new Map<string, FormState>();

  of(user: string, channel: string, ts: string): FormState {
    const key = `${user} ${channel} ${ts}`;
    const known = this.#forms.get(key) ?? new FormState();
    this.#forms.set(key, known);
    return known;
  }
}
