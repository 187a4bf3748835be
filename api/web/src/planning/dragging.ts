import { kPaths, withQuery } from "../paths";
import type { Entry, ScheduledRoom } from "../town/types";
import { clock, minutesBetween } from "../words/dates";
import { kStep, timeAt, type Shown } from "./day_cells";

const kKind = "application/x-creneau-booking";

interface Held {
  id: number;
  columns: number;
  grabbed: number; // columns from its start to where it is held
}

/** Takes a booking up with the mouse; anything else of the planning stays where it is. */
export function takeUp(event: DragEvent, entry: Entry): void {
  if (entry.kind !== "booking" || entry.id === undefined || !event.dataTransfer) {
    return;
  }
  const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const columns = Math.max(Math.round(minutesBetween(entry.start, entry.end) / kStep), 1);
  const share = (event.clientX - left) / Math.max(width, 1);
  const held: Held = {
    id: entry.id,
    columns,
    grabbed: Math.min(Math.floor(share * columns), columns - 1),
  };
  event.dataTransfer.setData(kKind, JSON.stringify(held));
}

/** Says that something may be let go of here. */
export function offerPlace(event: DragEvent): void {
  if (event.dataTransfer?.types.includes(kKind)) {
    event.preventDefault();
  }
}

/** The columns that something of that length takes, held there; never outside of what is shown. */
export function placeUnder(column: number, held: Pick<Held, "columns" | "grabbed">, all: number) {
  const from = Math.min(Math.max(column - held.grabbed, 0), Math.max(all - held.columns, 0));
  return { from, until: from + held.columns };
}

function columnUnder(event: DragEvent, all: number): number {
  const rows = event.currentTarget as HTMLElement;
  const begins = rows.querySelector("th")!.getBoundingClientRect().right;
  const ends = rows.getBoundingClientRect().right;
  return Math.floor(((event.clientX - begins) / Math.max(ends - begins, 1)) * all);
}

/** Where to look at what a booking would meet in that place, before it is moved. */
export function addressOfMove(
  event: DragEvent,
  room: ScheduledRoom,
  shown: Shown,
): string | undefined {
  const text = event.dataTransfer?.getData(kKind);
  if (!text) {
    return undefined;
  }
  event.preventDefault();
  const held = JSON.parse(text) as Held;
  const all = (shown.closes - shown.opens) / kStep;
  const place = placeUnder(columnUnder(event, all), held, all);
  return withQuery(`${kPaths.bookings}/${held.id}`, {
    room: room.room_id,
    day: shown.day,
    from: clock(timeAt(shown, place.from)),
    to: clock(timeAt(shown, place.until)),
  });
}
