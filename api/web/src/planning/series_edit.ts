import type { DateError, Series } from "../town/types";
import { minutesBetween } from "../words/dates";

export type Scope = "this" | "following" | "all";
export type Rhythm = "same" | "weekly" | "fortnightly";
export type Occurrence = Series["occurrences"][number];

/** Which dates: `date` counts for one alone and for those from it on. */
export interface Scoped {
  scope: Scope;
  date: string;
}

/** What the form of a change holds. */
export interface SeriesDraft {
  room: number;
  from: string;
  to: string;
  days: number; // between the day of the beginning and that of the end
  people: number;
  purpose: string;
  rhythm: Rhythm;
  weekdays: Series["weekdays"];
  until: string;
}

/** The dates that can still be changed or given up: alive, and not begun. */
export function datesAhead(series: Series, now: string): Occurrence[] {
  return series.occurrences.filter(
    ({ status, start_at }) => (status === "pending" || status === "approved") && start_at > now,
  );
}

export function inScope(dates: readonly Occurrence[], { scope, date }: Scoped): Occurrence[] {
  return dates.filter(
    (one) =>
      scope === "all" ||
      (scope === "this" && one.date === date) ||
      (scope === "following" && one.date >= date),
  );
}

/** As the town wants it said: a date goes with no scope of the whole. */
export function wordsOf({ scope, date }: Scoped): { scope: Scope; date?: string } {
  return scope === "all" ? { scope } : { scope, date };
}

function daysOf({ start, end }: Occurrence): number {
  return minutesBetween(start.slice(0, 10), end.slice(0, 10)) / (24 * 60);
}

/** What stands now: of one date that, with the room and hours that it may have of its own. */
export function draftOf(series: Series, one?: Occurrence): SeriesDraft {
  return {
    room: one?.room_id ?? series.room_id,
    from: one?.start.slice(11, 16) ?? series.start_time,
    to: one?.end.slice(11, 16) ?? series.end_time,
    days: one ? daysOf(one) : series.end_day_offset,
    people: series.attendees,
    purpose: series.purpose,
    rhythm: "same",
    weekdays: series.weekdays,
    until: "",
  };
}

function ruleOf(draft: SeriesDraft): Record<string, unknown> {
  const until = draft.until === "" ? {} : { until: draft.until };
  return draft.rhythm === "same"
    ? until
    : {
        pattern: "weekly",
        interval: draft.rhythm === "weekly" ? 1 : 2,
        weekdays: draft.weekdays,
        ...until,
      };
}

/** The body of an edit: what differs from what stands, and nothing else. */
export function editOf(
  draft: SeriesDraft,
  now: SeriesDraft,
  scope: Scope,
): Record<string, unknown> {
  const isElsewhen = draft.from !== now.from || draft.to !== now.to;
  return {
    ...(draft.room === now.room ? {} : { room_id: draft.room }),
    ...(isElsewhen
      ? {
          start_time: draft.from,
          end_time: draft.to,
          end_day_offset: now.days > 1 ? now.days : draft.to <= draft.from ? 1 : 0,
        }
      : {}),
    ...(draft.people === now.people ? {} : { attendees: draft.people }),
    ...(draft.purpose === now.purpose ? {} : { purpose: draft.purpose }),
    ...(scope === "this" ? {} : ruleOf(draft)),
  };
}

/** Missed dates that may be asked for again: not past, and not left out by who asked. */
export function mayBeRetried(
  missed: { date: string; errors: readonly DateError[] },
  today: string,
): boolean {
  return missed.date >= today && !missed.errors.some(({ code }) => code === "date_left_out");
}
