import { useRoute } from "preact-iso";
import { useEffect, useState } from "preact/hooks";

import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { keepPass, keptPass, pictureOf, type PassSheet } from "../town/kept_passes";
import { Refusal } from "../town/refusal";
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

async function fromTown(booking: string, id: string): Promise<PassSheet> {
  const [of, passes] = await Promise.all([
    town.get("/api/v1/bookings/{id}", { path: { id: booking } }),
    town.get("/api/v1/bookings/{id}/passes", { path: { id: booking } }),
  ]);
  const pass = passes.items.find((one) => String(one.id) === id);
  if (!pass) {
    throw new Refusal({ status: 404 });
  }
  return {
    id: pass.id,
    number: pass.number,
    state: pass.state,
    room: of.room_name,
    start: of.start,
    opens: localOf(pass.window_start_at, of.time_zone),
    closes: localOf(pass.window_end_at, of.time_zone),
  };
}

/** From the town, or without a network what was kept when the pass was opened. */
async function load(booking: string, id: string): Promise<{ sheet: PassSheet; isKept: boolean }> {
  try {
    return { sheet: await fromTown(booking, id), isKept: false };
  } catch (cause) {
    const kept = cause instanceof Refusal && cause.status === 0 ? await keptPass(id) : undefined;
    if (!kept) {
      throw cause;
    }
    return { sheet: kept, isKept: true };
  }
}

function Picture({ sheet, isKept }: { sheet: PassSheet; isKept: boolean }) {
  const [isMissing, setMissing] = useState(false);
  const [isStored, setStored] = useState(isKept);
  useLitScreen();
  const opens = span(sheet.opens, sheet.closes);
  const words = { room: sheet.room, day: longDay(sheet.start), time: opens };
  const keep = () => {
    if (!isKept) {
      keepPass(sheet, location.pathname).then(
        () => setStored(true),
        () => undefined,
      );
    }
  };
  return (
    <div class="pass">
      {isMissing ? (
        <p class="note bad" role="alert">
          {t("pass.no_picture")}
        </p>
      ) : (
        <img
          src={pictureOf(sheet.id)}
          alt={t("pass.alt", words)}
          onLoad={keep}
          onError={() => setMissing(true)}
        />
      )}
      <div>
        <p class="large">
          <strong>{sheet.room}</strong>
          <br />
          {longDay(sheet.start)}
          <br />
          {opens}
        </p>
        <p>{t("pass.number", { number: sheet.number })}</p>
        <ul>
          <li>{t("pass.hint_hold")}</li>
          <li>{t("pass.hint_bright")}</li>
          <li>{t("pass.hint_paper")}</li>
        </ul>
        {isStored && (
          <p class="no-print" role="status">
            {t(isKept ? "pass.is_kept" : "pass.kept")}
          </p>
        )}
        <button type="button" class="secondary no-print" onClick={() => window.print()}>
          {t("print")}
        </button>
      </div>
    </div>
  );
}

export default function PassPage() {
  const { params } = useRoute();
  const booking = params["id"] ?? "0";
  const id = params["pass"] ?? "0";
  const loaded = useTown(() => load(booking, id), [booking, id]);
  return (
    <Screen title={t("pass.title")}>
      <Waiting of={loaded}>
        {({ sheet, isKept }) =>
          sheet.state === "living" ? (
            <Picture sheet={sheet} isKept={isKept} />
          ) : (
            <Over sheet={sheet} />
          )
        }
      </Waiting>
      <p class="no-print">
        <a href={`${kPaths.bookings}/${booking}`}>{t("pass.back")}</a>
      </p>
    </Screen>
  );
}

function Over({ sheet }: { sheet: PassSheet }) {
  useEffect(() => void keepPass(sheet, location.pathname).catch(() => undefined), [sheet.id]);
  return <p class="note bad">{t("pass.over")}</p>;
}
