import { useTown } from "../../parts/resource";
import { Nothing, Waiting } from "../../parts/states";
import { kPaths } from "../../paths";
import { town } from "../../town/api";
import type { BookingDetails } from "../../town/types";
import { t } from "../../words";
import { localOf, span } from "../../words/dates";

/** The ways to the pictures of a booking's living passes. */
export function Passes({ booking }: { booking: BookingDetails }) {
  const loaded = useTown(
    () => town.get("/api/v1/bookings/{id}/passes", { path: { id: booking.id } }),
    [booking.id, booking.sequence],
  );
  return (
    <section>
      <h2>{t("passes.title")}</h2>
      <Waiting of={loaded}>
        {({ items }) => {
          const living = items.filter((pass) => pass.state === "living");
          if (living.length === 0) {
            return <Nothing>{t("passes.nothing")}</Nothing>;
          }
          return (
            <ul class="cards">
              {living.map((pass) => (
                <li key={pass.id}>
                  <a href={`${kPaths.bookings}/${booking.id}/pass/${pass.id}`}>
                    {t("passes.show", { number: pass.number })}
                  </a>
                  <p>
                    {t("passes.opens", {
                      time: span(
                        localOf(pass.window_start_at, booking.time_zone),
                        localOf(pass.window_end_at, booking.time_zone),
                      ),
                    })}
                  </p>
                </li>
              ))}
            </ul>
          );
        }}
      </Waiting>
    </section>
  );
}
