import { useAction } from "../../parts/action";
import { Question } from "../../parts/question";
import { useTown } from "../../parts/resource";
import { Nothing, Waiting } from "../../parts/states";
import { kPaths, withQuery } from "../../paths";
import { town } from "../../town/api";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import type { BookingDetails, Pass } from "../../town/types";
import { t } from "../../words";
import { localOf, span } from "../../words/dates";

type Slot = Pick<BookingDetails, "id" | "sequence" | "time_zone">;

/** What the owners of a pass, and the office, may do to it: its code stops, or another takes its place. */
function Change({ pass, onDone }: { pass: Pass; onDone: () => void }) {
  const action = useAction();
  const path = { id: pass.id };
  const change = (what: () => Promise<unknown>) =>
    void action.run(async () => {
      await what();
      onDone();
    });
  return (
    <>
      <Question
        label={t("passes.renew", { number: pass.number })}
        words={t("passes.renew_question")}
        yes={t("passes.renew_yes")}
        no={t("cancel.no")}
        action={action}
        onYes={() => change(() => town.post("/api/v1/passes/{id}/reissue", { path }))}
      />{" "}
      <Question
        label={t("passes.stop", { number: pass.number })}
        words={t("passes.stop_question")}
        yes={t("passes.stop_yes")}
        no={t("cancel.no")}
        action={action}
        onYes={() => change(() => town.post("/api/v1/passes/{id}/revoke", { path }))}
      />
    </>
  );
}

/** The ways to the pictures of a slot's living passes. */
export function PassList({ booking }: { booking: Slot }) {
  const mayAskWhy = isInside(me.value) && rights.seesDoors(me.value);
  const loaded = useTown(
    () => town.get("/api/v1/bookings/{id}/passes", { path: { id: booking.id } }),
    [booking.id, booking.sequence],
  );
  return (
    <Waiting of={loaded}>
      {({ items }) => {
        const living = items.filter((pass) => pass.state === "living");
        if (living.length === 0) {
          return <Nothing>{t("passes.nothing")}</Nothing>;
        }
        return (
          <ul class="cards">
            {living.map((pass) => (
              <li key={`${pass.id} ${pass.revision}`}>
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
                {mayAskWhy && (
                  <p>
                    <a href={withQuery(kPaths.why, { pass: pass.id })}>
                      {t("passes.why", { number: pass.number })}
                    </a>
                  </p>
                )}
                <Change pass={pass} onDone={loaded.reload} />
              </li>
            ))}
          </ul>
        );
      }}
    </Waiting>
  );
}

export function Passes({ booking }: { booking: Slot }) {
  return (
    <section>
      <h2>{t("passes.title")}</h2>
      <PassList booking={booking} />
    </section>
  );
}
