import { useRoute } from "preact-iso";
import { useEffect, useState } from "preact/hooks";

import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Refused, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import type { BookingDetails, Pass } from "../town/types";
import { t } from "../words";
import { localOf, longDay, span } from "../words/dates";

/** Keeps the screen lit while the code is shown, where the browser can. */
function useLitScreen(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    navigator.wakeLock?.request("screen").then(
      (given) => (lock = given),
      () => undefined,
    );
    return () => void lock?.release();
  }, []);
}

function Picture({ pass, booking }: { pass: Pass; booking: BookingDetails }) {
  const [isMissing, setMissing] = useState(false);
  useLitScreen();
  const opens = span(
    localOf(pass.window_start_at, booking.time_zone),
    localOf(pass.window_end_at, booking.time_zone),
  );
  const words = { room: booking.room_name, day: longDay(booking.start), time: opens };
  return (
    <div class="pass">
      {isMissing ? (
        <p class="note bad" role="alert">
          {t("pass.no_picture")}
        </p>
      ) : (
        <img
          src={`/api/v1/passes/${pass.id}.png`}
          alt={t("pass.alt", words)}
          onError={() => setMissing(true)}
        />
      )}
      <div>
        <p class="large">
          <strong>{booking.room_name}</strong>
          <br />
          {longDay(booking.start)}
          <br />
          {opens}
        </p>
        <p>{t("pass.number", { number: pass.number })}</p>
        <ul>
          <li>{t("pass.hint_hold")}</li>
          <li>{t("pass.hint_bright")}</li>
          <li>{t("pass.hint_paper")}</li>
        </ul>
        <button type="button" class="secondary no-print" onClick={() => window.print()}>
          {t("print")}
        </button>
      </div>
    </div>
  );
}

export default function PassPage() {
  const { params } = useRoute();
  const id = params["id"] ?? "0";
  const loaded = useTown(async () => {
    const [booking, passes] = await Promise.all([
      town.get("/api/v1/bookings/{id}", { path: { id } }),
      town.get("/api/v1/bookings/{id}/passes", { path: { id } }),
    ]);
    return { booking, pass: passes.items.find((pass) => String(pass.id) === params["pass"]) };
  }, [id, params["pass"]]);
  return (
    <Screen title={t("pass.title")}>
      <Waiting of={loaded}>
        {({ booking, pass }) =>
          pass === undefined ? (
            <Refused refusal={new Refusal({ status: 404 })} />
          ) : pass.state === "living" ? (
            <Picture pass={pass} booking={booking} />
          ) : (
            <p class="note bad">{t("pass.over")}</p>
          )
        }
      </Waiting>
      <p class="no-print">
        <a href={`${kPaths.bookings}/${id}`}>{t("pass.back")}</a>
      </p>
    </Screen>
  );
}
