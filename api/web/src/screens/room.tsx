import { useLocation, useRoute } from "preact-iso";

import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { WeekTable } from "../planning/week_table";
import { town } from "../town/api";
import { scheduleOf } from "../town/schedule";
import type { RoomWithRules, Site } from "../town/types";
import { t, tn } from "../words";
import { daysAfter, longDay, mondayOf, today } from "../words/dates";

async function load(id: string) {
  const [room, sites] = await Promise.all([
    town.get("/api/v1/rooms/{id}", { path: { id } }),
    town.get("/api/v1/sites"),
  ]);
  const equipment = await town.get("/api/v1/equipment", { query: { site: room.site_id } });
  const site = sites.items.find((one) => one.id === room.site_id);
  return { room, site, equipment: equipment.items };
}

function Hours({ room }: { room: RoomWithRules }) {
  const hours = room.rules.opening_hours;
  if (hours.length === 0) {
    return <p>{t("room.always_open")}</p>;
  }
  return (
    <ul>
      {hours.map((open) => (
        <li key={`${open.day} ${open.from}`}>
          {t(`weekday.${open.day}`)}: {open.from} – {open.until}
        </li>
      ))}
    </ul>
  );
}

function Address({ site }: { site: Site }) {
  const map = `https://www.openstreetmap.org/search?query=${encodeURIComponent(site.address)}`;
  return (
    <p>
      {site.name}, {site.address} (
      <a href={map} rel="noreferrer">
        {t("room.map")}
      </a>
      )
    </p>
  );
}

function Agenda({ id }: { id: number }) {
  const { query } = useLocation();
  const monday = mondayOf(query["day"] ?? today());
  const loaded = useTown(
    () => scheduleOf({ from: monday, until: daysAfter(monday, 7), room: id }),
    [id, monday],
  );
  const to = (day: string) => withQuery(`${kPaths.rooms}/${id}`, { day });
  return (
    <section>
      <h2>{t("room.agenda")}</h2>
      <nav class="steps" aria-label={t("planning.steps")}>
        <a href={to(daysAfter(monday, -7))}>{t("planning.before_week")}</a>
        <a href={to(daysAfter(monday, 7))}>{t("planning.after_week")}</a>
      </nav>
      <Waiting of={loaded}>
        {(rooms) => (
          <WeekTable
            rooms={rooms}
            monday={monday}
            caption={t("planning.caption_week", { day: longDay(monday) })}
          />
        )}
      </Waiting>
    </section>
  );
}

export default function RoomPage() {
  const { params } = useRoute();
  const id = params["id"] ?? "0";
  const loaded = useTown(() => load(id), [id]);
  const { resource } = loaded;
  const title = resource.state === "ready" ? resource.value.room.name : t("room.title");
  return (
    <Screen title={title}>
      <Waiting of={loaded}>
        {({ room, site, equipment }) => (
          <>
            {site && <Address site={site} />}
            <p>
              {tn("room.capacity", room.capacity)}
              {!room.individuals_may_book && ` · ${t("room.not_for_individuals")}`}
            </p>
            <a class="button" href={withQuery(kPaths.ask, { room: room.id })}>
              {t("find.ask")}
            </a>
            {room.rules.layouts.length > 0 && (
              <>
                <h2>{t("room.layouts")}</h2>
                <ul>
                  {room.rules.layouts.map((layout) => (
                    <li key={layout.key}>
                      {layout.name}: {tn("room.capacity", layout.capacity)}
                    </li>
                  ))}
                </ul>
              </>
            )}
            <h2>{t("room.hours")}</h2>
            <Hours room={room} />
            {equipment.length > 0 && (
              <>
                <h2>{t("booking.equipment")}</h2>
                <ul>
                  {equipment.map((line) => (
                    <li key={line.id}>
                      {line.name} ({line.stock})
                    </li>
                  ))}
                </ul>
              </>
            )}
            <Agenda id={room.id} />
          </>
        )}
      </Waiting>
    </Screen>
  );
}
