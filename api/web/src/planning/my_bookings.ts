import type { Booking } from "../town/types";

/** Those still to come first, the nearest on top; what is over or given up below. */
export function sorted(
  bookings: readonly Booking[],
  day: string,
): { ahead: Booking[]; past: Booking[] } {
  const isAhead = (booking: Booking) =>
    booking.end >= day && (booking.status === "pending" || booking.status === "approved");
  const byStart = (a: Booking, b: Booking) => a.start.localeCompare(b.start);
  return {
    ahead: bookings.filter(isAhead).sort(byStart),
    past: bookings.filter((booking) => !isAhead(booking)).sort((a, b) => byStart(b, a)),
  };
}
