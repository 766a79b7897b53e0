import type { Json } from '../json.ts';

/** Something that Slack's client would not let a person do, or that went wrong before their eyes. */
export class Refusal extends Error {
  readonly status: number;
  readonly details: Json;

  constructor(message: string, { status = 400, details = {} }: { status?: number; details?: Json } = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.details = details;
  }
}
