import { clock, localOf, shortDay } from "../words/dates";

/** An instant on the clock of the town: "sam. 5 déc., 18:30". */
export function moment(instant: string): string {
  const at = localOf(instant);
  return `${shortDay(at)}, ${clock(at)}`;
}
