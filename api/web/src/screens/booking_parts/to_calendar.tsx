import { saveFile } from "../../parts/save_file";
import { calendarFile } from "../../planning/calendar_file";
import type { BookingDetails } from "../../town/types";
import { t } from "../../words";

/** Hands the booking to the calendar of the reader's own device, as a file. */
export function ToCalendar({ booking }: { booking: BookingDetails }) {
  if (booking.status !== "approved" && booking.status !== "pending") {
    return null;
  }
  const save = () => {
    const file = new Blob([calendarFile(booking, location.host)], { type: "text/calendar" });
    saveFile(`reservation-${booking.id}.ics`, file);
  };
  return (
    <p class="no-print">
      <button type="button" class="secondary small" onClick={save}>
        {t("booking.to_calendar")}
      </button>
    </p>
  );
}
