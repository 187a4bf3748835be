import type { Booking } from "../town/types";
import { t } from "../words";

/** The state of a booking in a word and a sign, so that colour alone tells nothing. */
export function BookingState(props: { status: Booking["status"] }) {
  return <span class={`state ${props.status}`}>{t(`status.${props.status}`)}</span>;
}
