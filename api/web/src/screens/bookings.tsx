import { useState } from "preact/hooks";

import { BookingState } from "../parts/booking_state";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { sorted } from "../planning/my_bookings";
import { town } from "../town/api";
import type { Booking } from "../town/types";
import { t } from "../words";
import { longDay, span, today } from "../words/dates";
import { MyHolds } from "./my_holds";
import { Waits } from "./waits";

function List(props: { bookings: Booking[] }) {
  return (
    <ul class="cards">
      {props.bookings.map((booking) => (
        <li key={booking.id}>
          <a href={`${kPaths.bookings}/${booking.id}`}>
            {booking.room_name}, {longDay(booking.start)}, {span(booking.start, booking.end)}
          </a>
          <p>
            <BookingState status={booking.status} /> {booking.association_name}
          </p>
          <p class="quiet">{booking.purpose}</p>
        </li>
      ))}
    </ul>
  );
}

export default function Bookings() {
  const [limit, setLimit] = useState(50);
  const loaded = useTown(
    () => town.get("/api/v1/bookings", { query: { mine: true, limit } }),
    [limit],
  );
  return (
    <Screen title={t("bookings.title")}>
      <Waiting of={loaded}>
        {({ items, next }) => {
          const { ahead, past } = sorted(items, today());
          return (
            <>
              <MyHolds />
              <h2>{t("bookings.ahead")}</h2>
              {ahead.length === 0 ? (
                <Nothing>
                  <p>{t("bookings.nothing")}</p>
                  <a class="button" href={kPaths.find}>
                    {t("find.title")}
                  </a>
                </Nothing>
              ) : (
                <List bookings={ahead} />
              )}
              <Waits />
              {past.length > 0 && (
                <details>
                  <summary>{t("bookings.past")}</summary>
                  <List bookings={past} />
                </details>
              )}
              {next !== null && limit < 200 && (
                <button type="button" class="secondary" onClick={() => setLimit(200)}>
                  {t("list.more")}
                </button>
              )}
            </>
          );
        }}
      </Waiting>
    </Screen>
  );
}
