/** An entity leased to one worker; `lease` proves it in later writes. */
export interface Claimed<T> {
  readonly item: T;
  readonly lease: string;
}

export interface ClaimOptions {
  readonly now: Date;
  /** The row comes free by itself at this time. */
  readonly until: Date;
  readonly limit: number;
}
