/**
 * What is wrong and how to mend it, as one message of the schema. `{value}` in the first half stands for the value as
 * the file has it, so that what a variable of the environment holds is never shown.
 */
export function say(problem: string, remedy: string): string {
  return `${problem}\n${remedy}`;
}
