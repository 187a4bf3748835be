import type { Booking } from "../town/types";

/** Whole days since the request. */
export function daysWaited(booking: Pick<Booking, "requested_at">, now = new Date()): number {
  return Math.floor((now.getTime() - new Date(booking.requested_at).getTime()) / 86_400_000);
}

/** The office's order: whoever has waited longest first. */
export function byDelay(bookings: readonly Booking[]): Booking[] {
  return [...bookings].sort((a, b) => a.requested_at.localeCompare(b.requested_at));
}
