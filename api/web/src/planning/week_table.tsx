import type { ScheduledRoom } from "../town/types";
import { t } from "../words";
import { daysAfter, shortDay, type Day } from "../words/dates";
import { EntryLink } from "./entry_link";
import { moveByKeys } from "./keyboard";
import { meets } from "./overlap";

function DayCell({ room, day }: { room: ScheduledRoom; day: Day }) {
  const whole = { start: `${day}T00:00`, end: `${daysAfter(day, 1)}T00:00` };
  const entries = room.entries.filter((entry) => meets(entry, whole));
  if (entries.length === 0) {
    return <td class="free">{t("planning.free")}</td>;
  }
  return (
    <td>
      <ul>
        {entries.map((entry) => (
          <li key={`${entry.kind} ${entry.start} ${entry.id}`}>
            <EntryLink entry={entry} room={room.room_name} />
          </li>
        ))}
      </ul>
    </td>
  );
}

/** Rooms down, the seven days across, each cell with its entries in order. */
export function WeekTable(props: {
  rooms: readonly ScheduledRoom[];
  monday: Day;
  caption: string;
}) {
  const days = Array.from({ length: 7 }, (_, at) => daysAfter(props.monday, at));
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={props.caption}>
      <table class="week" onKeyDown={moveByKeys}>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("verify.room")}</th>
            {days.map((day) => (
              <th key={day} scope="col">
                {shortDay(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rooms.map((room) => (
            <tr key={room.room_id}>
              <th scope="row">{room.room_name}</th>
              {days.map((day) => (
                <DayCell key={day} room={room} day={day} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
