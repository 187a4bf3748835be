import { daysAfter, type Day } from "../words/dates";
import type { Stretch } from "./overlap";

/** One column of the table stands for so many minutes. */
export const kStep = 15;

export interface Cell<T> {
  from: number; // columns from the start of the shown day
  span: number;
  entry: T | undefined; // nothing: free
}

/** The shown part of a day, in minutes after its midnight. */
export interface Shown {
  day: Day;
  opens: number;
  closes: number;
}

function minutesIn(shown: Shown, local: string): number {
  if (local.slice(0, 10) < shown.day) {
    return 0;
  }
  if (local.slice(0, 10) > shown.day) {
    return local.slice(0, 10) > daysAfter(shown.day, 1) ? 2880 : 1440;
  }
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
}

/** Columns that an entry takes, none where it is outside what is shown. */
function columnsOf(shown: Shown, entry: Stretch): { from: number; until: number } | undefined {
  const from = Math.max(minutesIn(shown, entry.start), shown.opens) - shown.opens;
  const until = Math.min(minutesIn(shown, entry.end), shown.closes) - shown.opens;
  return until > from
    ? { from: Math.floor(from / kStep), until: Math.ceil(until / kStep) }
    : undefined;
}

/**
 * The rows of one room on a day: each row is full of cells, entries and the free stretches between
 * them; entries that meet (two requests for the same slot) stand in rows below each other.
 */
export function rowsOf<T extends Stretch>(shown: Shown, entries: readonly T[]): Cell<T>[][] {
  const columns = Math.ceil((shown.closes - shown.opens) / kStep);
  const rows: { from: number; until: number; entry: T }[][] = [];
  for (const entry of [...entries].sort((a, b) => a.start.localeCompare(b.start))) {
    const place = columnsOf(shown, entry);
    if (!place) {
      continue;
    }
    const row = rows.find((taken) => (taken.at(-1)?.until ?? 0) <= place.from);
    (row ?? rows[rows.push([]) - 1]!).push({ ...place, entry });
  }
  return (rows.length === 0 ? [[]] : rows).map((row) => filled(row, columns));
}

function filled<T>(
  row: readonly { from: number; until: number; entry: T }[],
  columns: number,
): Cell<T>[] {
  const cells: Cell<T>[] = [];
  let at = 0;
  for (const { from, until, entry } of row) {
    if (from > at) {
      cells.push({ from: at, span: from - at, entry: undefined });
    }
    cells.push({ from, span: until - from, entry });
    at = until;
  }
  if (at < columns) {
    cells.push({ from: at, span: columns - at, entry: undefined });
  }
  return cells;
}

/** The local time at a column. */
export function timeAt(shown: Shown, column: number): string {
  const minutes = shown.opens + column * kStep;
  const day = minutes >= 1440 ? daysAfter(shown.day, 1) : shown.day;
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${day}T${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}`;
}
