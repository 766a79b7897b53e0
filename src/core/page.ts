export interface Page<T> {
  readonly total: number;
  readonly items: readonly T[];
}

export interface PageOf {
  readonly offset: number;
  readonly limit: number;
}
