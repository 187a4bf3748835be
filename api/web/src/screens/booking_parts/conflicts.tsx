import { BookingState } from "../../parts/booking_state";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { kPaths } from "../../paths";
import { meets } from "../../planning/overlap";
import { scheduleOf } from "../../town/schedule";
import type { Entry } from "../../town/types";
import { t } from "../../words";
import { daysAfter, shortDay, span } from "../../words/dates";

/** Where a booking is, or would be put. */
interface Slot {
  id: number;
  room_id: number;
  start: string;
  end: string;
}

async function othersThen(slot: Slot): Promise<Entry[]> {
  const rooms = await scheduleOf({
    from: slot.start.slice(0, 10),
    until: daysAfter(slot.end.slice(0, 10), 1),
    room: slot.room_id,
  });
  return rooms
    .flatMap((room) => room.entries)
    .filter((entry) => entry.id !== slot.id && meets(entry, slot));
}

/** What else wants the room then. */
export function Conflicts({ slot }: { slot: Slot }) {
  const { id, room_id, start, end } = slot;
  const loaded = useTown(() => othersThen(slot), [id, room_id, start, end]);
  return (
    <Waiting of={loaded}>
      {(others) =>
        others.length === 0 ? (
          <p class="note good">{t("decide.no_conflict")}</p>
        ) : (
          <div class="note bad">
            <p>{t("decide.conflicts")}</p>
            <ul>
              {others.map((entry) => (
                <li key={`${entry.kind} ${entry.start} ${entry.id}`}>
                  {shortDay(entry.start)}, {span(entry.start, entry.end)}:{" "}
                  {entry.id === undefined ? (
                    t(`entry.${entry.kind}`)
                  ) : (
                    <a href={`${kPaths.bookings}/${entry.id}`}>
                      {entry.association_name || entry.booker_name}
                    </a>
                  )}{" "}
                  {entry.status && <BookingState status={entry.status} />}
                </li>
              ))}
            </ul>
          </div>
        )
      }
    </Waiting>
  );
}
