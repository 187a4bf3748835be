import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { Field } from "../parts/field";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { freeRooms, type Found } from "../planning/free_rooms";
import { slotOf } from "../planning/wish";
import { town } from "../town/api";
import { scheduleOf } from "../town/schedule";
import type { Room, Site } from "../town/types";
import { t, tn } from "../words";
import { daysAfter, longDay, span, today } from "../words/dates";

interface Search {
  day: string;
  from: string;
  to: string;
  people: string;
}

function searchOf(query: Record<string, string>): Search {
  return {
    day: query["day"] ?? daysAfter(today(), 7),
    from: query["from"] ?? "18:00",
    to: query["to"] ?? "20:00",
    people: query["people"] ?? "20",
  };
}

async function search(wish: Search): Promise<Found & { sites: Site[] }> {
  const [sites, rooms, scheduled] = await Promise.all([
    town.get("/api/v1/sites"),
    town.get("/api/v1/rooms"),
    scheduleOf({ from: wish.day, until: daysAfter(wish.day, 2) }),
  ]);
  const found = freeRooms(rooms.items, scheduled, { ...slotOf(wish), people: Number(wish.people) });
  return { ...found, sites: sites.items };
}

function FreeRoom(props: { room: Room; site: Site | undefined; wish: Search }) {
  const { room, site, wish } = props;
  return (
    <li>
      <strong>{room.name}</strong>
      <p>
        {site?.name} · {tn("room.capacity", room.capacity)}
        {!room.approval_needed && ` · ${t("find.at_once")}`}
        {!room.individuals_may_book && ` · ${t("room.not_for_individuals")}`}
      </p>
      <a
        class="button small"
        href={withQuery(kPaths.ask, { room: room.id, ...wish })}
        aria-label={t("find.ask_for", { room: room.name })}
      >
        {t("find.ask")}
      </a>{" "}
      <a href={`${kPaths.rooms}/${room.id}`} aria-label={t("find.see_room", { room: room.name })}>
        {t("find.see")}
      </a>
    </li>
  );
}

function Results(props: { wish: Search }) {
  const { wish } = props;
  const loaded = useTown(() => search(wish), [wish]);
  const { start, end } = slotOf(wish);
  return (
    <section aria-live="polite">
      <h2>{t("find.results", { day: longDay(start), time: span(start, end) })}</h2>
      <Waiting of={loaded}>
        {({ free, taken, tooSmall, sites }) => (
          <>
            {free.length === 0 ? (
              <Nothing>{t("find.nothing")}</Nothing>
            ) : (
              <>
                <p>{tn("find.free", free.length)}</p>
                <ul class="cards">
                  {free.map((room) => (
                    <FreeRoom
                      key={room.id}
                      room={room}
                      wish={wish}
                      site={sites.find((site) => site.id === room.site_id)}
                    />
                  ))}
                </ul>
              </>
            )}
            {taken.length > 0 && (
              <p class="quiet">
                {t("find.taken", { rooms: taken.map((room) => room.name).join(", ") })}
              </p>
            )}
            {tooSmall.length > 0 && (
              <p class="quiet">
                {t("find.too_small", { rooms: tooSmall.map((room) => room.name).join(", ") })}
              </p>
            )}
          </>
        )}
      </Waiting>
    </section>
  );
}

export default function Find() {
  const { query, route } = useLocation();
  const [wish, setWish] = useState(searchOf(query));
  const isAsked = query["day"] !== undefined;
  const change = (part: Partial<Search>) => setWish({ ...wish, ...part });
  return (
    <Screen title={t("find.title")}>
      <form
        class="columns"
        onSubmit={(event) => {
          event.preventDefault();
          route(withQuery(kPaths.find, { ...wish }));
        }}
      >
        <Field
          label={t("find.day")}
          type="date"
          required
          min={today()}
          value={wish.day}
          onValue={(day) => change({ day })}
        />
        <Field
          label={t("find.from")}
          type="time"
          required
          value={wish.from}
          onValue={(from) => change({ from })}
        />
        <Field
          label={t("find.to")}
          type="time"
          required
          value={wish.to}
          onValue={(to) => change({ to })}
        />
        <Field
          label={t("find.people")}
          type="number"
          min={1}
          max={100000}
          required
          value={wish.people}
          onValue={(people) => change({ people })}
        />
        <button type="submit">{t("find.search")}</button>
      </form>
      {isAsked && <Results wish={searchOf(query)} />}
    </Screen>
  );
}
