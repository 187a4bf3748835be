import { useLocation } from "preact-iso";

import type { ScheduledRoom } from "../town/types";
import { t } from "../words";
import type { Day } from "../words/dates";
import { kStep, rowsOf, type Shown } from "./day_cells";
import { addressOfMove, offerPlace, takeUp } from "./dragging";
import { EntryLink } from "./entry_link";
import { FreeCell } from "./free_cell";
import { moveByKeys } from "./keyboard";

const kHours = Array.from({ length: 17 }, (_, hour) => hour + 7); // 7 to midnight
const kInAnHour = 60 / kStep;

function RoomRows({ room, shown }: { room: ScheduledRoom; shown: Shown }) {
  const rows = rowsOf(shown, room.entries);
  return (
    <>
      {rows.map((cells, index) => (
        <tr key={`${room.room_id} ${index}`}>
          {index === 0 && (
            <th scope="rowgroup" rowSpan={rows.length}>
              {room.room_name}
            </th>
          )}
          {cells.map((cell) =>
            cell.entry ? (
              <td key={cell.from} colSpan={cell.span}>
                <EntryLink
                  entry={cell.entry}
                  room={room.room_name}
                  onDragStart={(event) => takeUp(event, cell.entry!)}
                />
              </td>
            ) : index === 0 ? (
              <FreeCell key={`${cell.from} ${cell.span} ${shown.day}`} room={room} shown={shown} cell={cell} />
            ) : (
              <td key={cell.from} colSpan={cell.span} />
            ),
          )}
        </tr>
      ))}
    </>
  );
}

/** Rooms down, hours across: what is taken and what is free, in words and patterns. */
export function DayTable(props: { rooms: readonly ScheduledRoom[]; day: Day; caption: string }) {
  const { route } = useLocation();
  const shown: Shown = { day: props.day, opens: kHours[0]! * 60, closes: 24 * 60 };
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={props.caption}>
      <table class="planning" onKeyDown={moveByKeys}>
        <caption>{props.caption}</caption>
        <colgroup>
          <col class="room" />
          <col span={kHours.length * kInAnHour} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t("verify.room")}</th>
            {kHours.map((hour) => (
              <th key={hour} scope="colgroup" colSpan={kInAnHour}>
                {t("planning.hour", { hour })}
              </th>
            ))}
          </tr>
        </thead>
        {props.rooms.map((room) => (
          <tbody
            key={room.room_id}
            onDragOver={offerPlace}
            onDrop={(event) => {
              const address = addressOfMove(event, room, shown);
              if (address !== undefined) {
                route(address);
              }
            }}
          >
            <RoomRows room={room} shown={shown} />
          </tbody>
        ))}
      </table>
    </div>
  );
}
