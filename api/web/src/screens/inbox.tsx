import { useState } from "preact/hooks";

import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { byDelay, daysWaited } from "../planning/waiting";
import { town } from "../town/api";
import type { Booking } from "../town/types";
import { t, tn } from "../words";
import { clock, localOf, shortDay, span } from "../words/dates";

const kPause = 5_000;

function waited(days: number): string {
  return days === 0 ? t("inbox.waited_today") : tn("inbox.waited", days);
}

function Row({ booking }: { booking: Booking }) {
  return (
    <tr>
      <th scope="row">
        <a href={`${kPaths.bookings}/${booking.id}`}>
          {booking.association_name || booking.booker_name}
        </a>
      </th>
      <td>{booking.room_name}</td>
      <td>
        {shortDay(booking.start)}, {span(booking.start, booking.end)}
      </td>
      <td>{booking.purpose}</td>
      <td>{booking.attendees}</td>
      <td>{waited(daysWaited(booking))}</td>
    </tr>
  );
}

export default function Inbox() {
  const [limit, setLimit] = useState(50);
  const loaded = useTown(
    () => town.get("/api/v1/bookings", { query: { to_decide: true, limit } }),
    [limit],
    kPause,
  );
  return (
    <Screen title={t("inbox.title")} wide>
      <Waiting of={loaded}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? (
              <Nothing>{t("inbox.nothing")}</Nothing>
            ) : (
              <div class="scroll" role="region" tabIndex={0} aria-label={t("inbox.title")}>
                <table class="many">
                  <caption>{tn("inbox.count", items.length)}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{t("inbox.who")}</th>
                      <th scope="col">{t("verify.room")}</th>
                      <th scope="col">{t("verify.when")}</th>
                      <th scope="col">{t("ask.purpose")}</th>
                      <th scope="col">{t("find.people")}</th>
                      <th scope="col">{t("inbox.since")}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {byDelay(items).map((booking) => (
                      <Row key={booking.id} booking={booking} />
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            {next !== null && limit < 200 && (
              <button type="button" class="secondary" onClick={() => setLimit(200)}>
                {t("list.more")}
              </button>
            )}
            <Updated at={loaded.resource.state === "ready" ? loaded.resource.at : undefined} />
          </>
        )}
      </Waiting>
    </Screen>
  );
}

function Updated({ at }: { at: Date | undefined }) {
  return at ? (
    <p class="quiet">{t("list.updated", { time: clock(localOf(at.toISOString())) })}</p>
  ) : null;
}
