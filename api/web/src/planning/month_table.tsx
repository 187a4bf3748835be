import type { ScheduledRoom } from "../town/types";
import { t } from "../words";
import { longDay, shortWeekday, type Day } from "../words/dates";
import { hoursOf, number } from "../words/numbers";
import { moveByKeys } from "./keyboard";
import { daysOf, minutesTaken, monthOf } from "./month_cells";

function DayCell(props: { room: ScheduledRoom; day: Day; href: string }) {
  const { room, day, href } = props;
  const minutes = minutesTaken(day, room.entries);
  const words =
    minutes === 0 ? t("planning.free") : t("planning.taken", { n: number(hoursOf(minutes)) });
  return (
    <td class={minutes === 0 ? "free" : undefined}>
      <a
        class={minutes === 0 ? undefined : "entry approved"}
        href={href}
        aria-label={`${room.room_name}, ${longDay(day)} : ${words}`}
      >
        {words}
      </a>
    </td>
  );
}

/** Rooms down, the days of a month across: how long each is taken, and the way to that day. */
export function MonthTable(props: {
  rooms: readonly ScheduledRoom[];
  day: Day;
  caption: string;
  toDay: (day: Day) => string;
}) {
  const days = daysOf(monthOf(props.day)).map((day) => ({ day, href: props.toDay(day) }));
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={props.caption}>
      <table class="week month" onKeyDown={moveByKeys}>
        <caption>{props.caption}</caption>
        <colgroup>
          <col class="room" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t("verify.room")}</th>
            {days.map(({ day }) => (
              <th key={day} scope="col">
                {shortWeekday(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rooms.map((room) => (
            <tr key={room.room_id}>
              <th scope="row">{room.room_name}</th>
              {days.map(({ day, href }) => (
                <DayCell key={day} room={room} day={day} href={href} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
