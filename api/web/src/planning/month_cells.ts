import { daysAfter, minutesBetween, type Day } from "../words/dates";
import { meets, type Stretch } from "./overlap";

/** The first days of a month and of the next one. */
export function monthOf(day: Day): { first: Day; next: Day } {
  const first = `${day.slice(0, 7)}-01`;
  return { first, next: `${daysAfter(first, 31).slice(0, 7)}-01` };
}

export function daysOf({ first, next }: { first: Day; next: Day }): Day[] {
  const days: Day[] = [];
  for (let day = first; day < next; day = daysAfter(day, 1)) {
    days.push(day);
  }
  return days;
}

/** For how many minutes of a day something stands there; what overlaps counts once. */
export function minutesTaken(day: Day, entries: readonly Stretch[]): number {
  const whole = { start: `${day}T00:00`, end: `${daysAfter(day, 1)}T00:00` };
  const stretches = entries
    .filter((entry) => meets(entry, whole))
    .sort((one, other) => one.start.localeCompare(other.start));
  let taken = 0;
  let until = whole.start;
  for (const { start, end } of stretches) {
    const from = start > until ? start : until;
    const to = end < whole.end ? end : whole.end;
    if (to > from) {
      taken += minutesBetween(from, to);
      until = to;
    }
  }
  return taken;
}
