import type { Booking } from "../town/types";

/** What the town decides on at most at once. */
export const kMostSelected = 100;

export type Decision = "approve" | "refuse";

/** Requests by id, each as it was seen when it was chosen: one changed since is left by the town. */
export type Selection = ReadonlyMap<number, Booking>;

export function toggled(selection: Selection, bookings: readonly Booking[]): Selection {
  const areAllIn = bookings.every(({ id }) => selection.has(id));
  const next = new Map(selection);
  for (const booking of bookings) {
    if (areAllIn) {
      next.delete(booking.id);
    } else {
      next.set(booking.id, booking);
    }
  }
  return next;
}

/** Without those that somebody else answered meanwhile. */
export function stillWaiting(selection: Selection, waiting: readonly Booking[]): Selection {
  const ids = new Set(waiting.map(({ id }) => id));
  return new Map([...selection].filter(([id]) => ids.has(id)));
}

/** The other requests of its series, and itself. */
export function ofSameSeries(booking: Booking, waiting: readonly Booking[]): Booking[] {
  return waiting.filter(({ series_id }) => series_id !== null && series_id === booking.series_id);
}

/** The body of a decision on all of them, in the order in which they were asked for. */
export function decisionOn(
  selection: Selection,
  answer: { decision: Decision; ground: string; text: string; override: string },
) {
  const bookings = [...selection.values()]
    .sort((one, other) => one.requested_at.localeCompare(other.requested_at) || one.id - other.id)
    .map(({ id, sequence }) => ({ id, sequence }));
  const text = answer.text.trim();
  const override = answer.override.trim();
  return answer.decision === "refuse"
    ? {
        decision: answer.decision,
        bookings,
        ground: answer.ground,
        ...(text === "" ? {} : { text }),
      }
    : {
        decision: answer.decision,
        bookings,
        ...(override === "" ? {} : { override_reason: override }),
      };
}
