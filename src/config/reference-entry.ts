/** One setting, as the documentation lists it. */
export type Reference = {
  /** With `[]` for the positions of a list. */
  path: string;
  type: string;
  /** As one would write it in the file; absent where the setting has none. */
  default?: string;
  /** Whether it has to be there: always, or in the case named. */
  required?: true | string;
  meaning: string;
  /** Shown to whoever left it out or gave something of another type. */
  example: string;
  /** Only `${NAME}` may stand there. */
  secret?: true;
};
