import { moment } from "../parts/moment";
import { More, usePages } from "../parts/pages";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { town, type Answer } from "../town/api";
import { t } from "../words";
import { longDay, shortDay, span } from "../words/dates";
import { DeskSteps } from "./desk/steps";

type TimeConflict = Answer<"/api/v1/time-conflicts", "get">["items"][number];

function Card({ booking }: { booking: TimeConflict }) {
  const { conflict } = booking;
  const { kept } = conflict;
  return (
    <li>
      <h2>
        {booking.association_name || booking.booker_name}, {booking.room_name}
      </h2>
      <p>
        <strong>
          {longDay(booking.start)}, {span(booking.start, booking.end)}
        </strong>
      </p>
      <p>{conflict.detail}</p>
      <p>
        {t("time_conflicts.kept", {
          slot: `${shortDay(kept.start)}, ${span(kept.start, kept.end)}`,
        })}{" "}
        <span class="quiet">
          {t("time_conflicts.found", {
            at: moment(conflict.found_at),
            version: conflict.tz_version,
          })}
        </span>
      </p>
      <p>
        <a href={`${kPaths.bookings}/${booking.id}`}>
          {t("time_conflicts.move", { id: booking.id })}
        </a>{" "}
        <a href={withQuery(kPaths.planning, { day: kept.start.slice(0, 10) })}>
          {t("time_conflicts.planning")}
        </a>
      </p>
    </li>
  );
}

/** The bookings that could not follow a change of legal time, and what the office does about them. */
export default function TimeConflicts() {
  const found = usePages(
    (cursor) => town.get("/api/v1/time-conflicts", { query: { cursor } }),
    [],
  );
  return (
    <Screen title={t("time_conflicts.title")}>
      <DeskSteps at={kPaths.timeConflicts} />
      <p>{t("time_conflicts.words")}</p>
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("time_conflicts.nothing")}</Nothing>
          ) : (
            <>
              <p class="note">{t("time_conflicts.todo")}</p>
              <ul class="cards">
                {items.map((booking) => (
                  <Card key={booking.id} booking={booking} />
                ))}
              </ul>
            </>
          )
        }
      </Waiting>
      <More of={found} />
    </Screen>
  );
}
