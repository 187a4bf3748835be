import type { BookingDetails } from "../town/types";

function instant(at: string): string {
  return at.replace(/[-:]/g, "").replace(/\.\d+/, "");
}

/** Text of iCalendar (RFC 5545): four signs are escaped. */
function text(words: string): string {
  return words.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, "\\n");
}

/** Lines of 75 octets at most; what goes on begins with a space. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const sign of line) {
    const size = new TextEncoder().encode(sign).length;
    if (octets + size > 74) {
      parts.push(part);
      part = "";
      octets = 0;
    }
    part += sign;
    octets += size;
  }
  return [...parts, part].join("\r\n ");
}

/** One booking for the reader's own calendar. */
export function calendarFile(
  booking: Pick<
    BookingDetails,
    "id" | "sequence" | "start_at" | "end_at" | "room_name" | "purpose" | "status"
  >,
  host: string,
  now = new Date(),
): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//creneau//pages//",
    "BEGIN:VEVENT",
    `UID:booking-${booking.id}@${host}`,
    `SEQUENCE:${booking.sequence}`,
    `DTSTAMP:${instant(now.toISOString())}`,
    `DTSTART:${instant(booking.start_at)}`,
    `DTEND:${instant(booking.end_at)}`,
    `SUMMARY:${text(`${booking.room_name} – ${booking.purpose}`)}`,
    `LOCATION:${text(booking.room_name)}`,
    `STATUS:${booking.status === "approved" ? "CONFIRMED" : "TENTATIVE"}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}
