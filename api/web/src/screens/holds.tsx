import { useLocation } from "preact-iso";

import { Select } from "../parts/field";
import { HoldActions } from "../parts/hold_actions";
import { moment } from "../parts/moment";
import { More, usePages } from "../parts/pages";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Refused, Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { Hold } from "../town/types";
import { t } from "../words";
import { longDay, span } from "../words/dates";
import { DeskSteps } from "./desk/steps";

const kPause = 5_000;

function Card({ hold, onReleased }: { hold: Hold; onReleased: () => void }) {
  return (
    <li>
      <h2>
        {hold.room_name}, {longDay(hold.start)}, {span(hold.start, hold.end)}
      </h2>
      <p>
        {t("holds.for", { name: hold.association_name || hold.booker_name })}{" "}
        {hold.wait_id !== null && <span class="quiet">({t("holds.waited")})</span>}
      </p>
      <p class="quiet">{hold.purpose}</p>
      <p>
        <strong>{t("holds.deadline", { at: moment(hold.expires_at) })}</strong>
      </p>
      <HoldActions
        hold={hold}
        words={{
          book: t("holds.book", { id: hold.id }),
          release: t("holds.release", { id: hold.id }),
          question: t("holds.release_question"),
          yes: t("holds.release_yes"),
          no: t("holds.release_no"),
        }}
        onReleased={onReleased}
      />
    </li>
  );
}

function ByRoom({ room, onRoom }: { room: string; onRoom: (room: string) => void }) {
  const loaded = useTown(() => town.get("/api/v1/rooms"), []);
  return (
    <Waiting of={loaded}>
      {({ items }) => (
        <Select
          label={t("holds.room")}
          value={room}
          choices={[
            { value: "", label: t("holds.any_room") },
            ...items.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onValue={onRoom}
        />
      )}
    </Waiting>
  );
}

function Kept() {
  const { query, route } = useLocation();
  const room = query["room"] ?? "";
  const found = usePages(
    (cursor) => town.get("/api/v1/holds", { query: { room, cursor } }),
    [room],
    kPause,
  );
  return (
    <>
      <p>{t("holds.words")}</p>
      <ByRoom
        room={room}
        onRoom={(chosen) => route(withQuery(kPaths.holds, { room: chosen }), true)}
      />
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("holds.nothing")}</Nothing>
          ) : (
            <ul class="cards">
              {items.map((hold) => (
                <Card key={hold.id} hold={hold} onReleased={found.reload} />
              ))}
            </ul>
          )
        }
      </Waiting>
      <More of={found} />
    </>
  );
}

/** Every slot that is kept for somebody, the nearest deadline first; for the office. */
export default function Holds() {
  const isOffice = isInside(me.value) && rights.decides(me.value);
  return (
    <Screen title={t("holds.title")}>
      <DeskSteps at={kPaths.holds} />
      {isOffice ? (
        <Kept />
      ) : (
        <Refused refusal={new Refusal({ status: isInside(me.value) ? 403 : 401 })} />
      )}
    </Screen>
  );
}
