import type { LocalTime } from "../words/dates";

export interface Stretch {
  start: LocalTime;
  end: LocalTime;
}

/** Half-open: what ends when the other begins does not meet it. */
export function meets(one: Stretch, other: Stretch): boolean {
  return one.start < other.end && other.start < one.end;
}
