/** How much of something there may be, and is. */
export interface QuotaUse {
  readonly used: number;
  /** Set aside for what is under way. */
  readonly reserved: number;
  /** Undefined where there is none. */
  readonly limit: number | undefined;
}

/** The project's quota; a part that the cloud does not tell is undefined. */
export interface Quota {
  /** How many backups. */
  readonly backups: QuotaUse | undefined;
  /** How large they are together, in GiB. */
  readonly gigabytes: QuotaUse | undefined;
}
