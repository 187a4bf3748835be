import { me } from "../../town/session";
import type { Booking } from "../../town/types";

/** Whether it is the reader's own booking or wait, or that of an association they manage. */
export function isOwn(booking: Pick<Booking, "association_id" | "booker_id">): boolean {
  const person = me.value;
  if (!person) {
    return false;
  }
  return booking.association_id === null
    ? person.id === booking.booker_id
    : person.associations.some((association) => association.id === booking.association_id);
}
