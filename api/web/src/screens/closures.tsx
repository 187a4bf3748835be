import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { More, usePages } from "../parts/pages";
import { Question } from "../parts/question";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Refused, Waiting } from "../parts/states";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { Closure, Room, Site } from "../town/types";
import { t } from "../words";
import { clock, longDay } from "../words/dates";
import { CloseRooms } from "./closures_parts/close_rooms";

interface Estate {
  sites: Site[];
  rooms: Room[];
}

function placeOf(closure: Closure, { sites, rooms }: Estate): string {
  const room = rooms.find(({ id }) => id === closure.room_id);
  const site = sites.find(({ id }) => id === closure.site_id);
  return room?.name ?? t("closures.whole", { site: site?.name ?? String(closure.site_id) });
}

function Row(props: { closure: Closure; estate: Estate; onDone: () => void }) {
  const { closure, estate, onDone } = props;
  const action = useAction();
  const open = () =>
    action.run(async () => {
      await town.remove("/api/v1/closures/{id}", { path: { id: closure.id } });
      onDone();
    });
  const place = placeOf(closure, estate);
  return (
    <li>
      <p>
        <strong>{place}</strong> · {t(`closure.${closure.kind}`)}
      </p>
      <p>
        {t("closures.span", {
          from: `${longDay(closure.start)}, ${clock(closure.start)}`,
          until: `${longDay(closure.end)}, ${clock(closure.end)}`,
        })}
      </p>
      <p>{closure.reason}</p>
      <Question
        label={t("closures.open", { place })}
        words={t("closures.open_question")}
        yes={t("closures.open_yes")}
        no={t("question.no")}
        action={action}
        onYes={() => void open()}
      />
    </li>
  );
}

async function readEstate(): Promise<Estate> {
  const [sites, rooms] = await Promise.all([
    town.get("/api/v1/sites"),
    town.get("/api/v1/rooms"),
  ]);
  return { sites: sites.items, rooms: rooms.items };
}

function Standing() {
  const estate = useTown(readEstate, []);
  const found = usePages((cursor) => town.get("/api/v1/closures", { query: { cursor } }), []);
  const [isClosed, setClosed] = useState(0);
  const closed = () => {
    setClosed(isClosed + 1);
    found.reload();
  };
  return (
    <Waiting of={estate}>
      {(known) => (
        <>
          {isClosed > 0 && (
            <p class="note good" role="status">
              {t("closures.closed")}
            </p>
          )}
          <CloseRooms key={isClosed} sites={known.sites} rooms={known.rooms} onDone={closed} />
          <h2>{t("closures.standing")}</h2>
          <Waiting of={found}>
            {({ items }) =>
              items.length === 0 ? (
                <Nothing>{t("closures.nothing")}</Nothing>
              ) : (
                <ul class="cards">
                  {items.map((closure) => (
                    <Row
                      key={closure.id}
                      closure={closure}
                      estate={known}
                      onDone={found.reload}
                    />
                  ))}
                </ul>
              )
            }
          </Waiting>
          <More of={found} />
        </>
      )}
    </Waiting>
  );
}

/** What is closed from now on, and a way to close more. */
export default function Closures() {
  const isOpen = isInside(me.value) && rights.closes(me.value);
  return (
    <Screen title={t("closures.title")}>
      {isOpen ? <Standing /> : <Refused refusal={new Refusal({ status: me.value ? 403 : 401 })} />}
    </Screen>
  );
}
