import { useLocation } from "preact-iso";
import { useMemo } from "preact/hooks";

import { Field, Select } from "../parts/field";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { DayTable } from "../planning/day_table";
import { WeekTable } from "../planning/week_table";
import { town } from "../town/api";
import { scheduleOf } from "../town/schedule";
import type { ScheduledRoom } from "../town/types";
import { t } from "../words";
import { daysAfter, longDay, mondayOf, today } from "../words/dates";

type View = "day" | "week";

interface Place {
  view: View;
  day: string;
  site: number | undefined;
  people: number;
}

function placeOf(query: Record<string, string>): Place {
  const site = Number(query["site"] ?? 0);
  return {
    view: query["view"] === "week" ? "week" : "day",
    day: query["day"] ?? today(),
    site: site > 0 ? site : undefined,
    people: Math.max(Number(query["people"] ?? 0) || 0, 0),
  };
}

function addressOf(place: Omit<Place, "site"> & { site: string | number | undefined }): string {
  return withQuery(kPaths.planning, { ...place, people: place.people || undefined });
}

function Steps({ place }: { place: Place }) {
  const step = place.view === "day" ? 1 : 7;
  const to = (part: Partial<Place>) => addressOf({ ...place, ...part });
  const other = place.view === "day" ? "week" : "day";
  return (
    <nav class="steps" aria-label={t("planning.steps")}>
      <a href={to({ day: daysAfter(place.day, -step) })}>{t(`planning.before_${place.view}`)}</a>
      <a href={to({ day: today() })}>{t("planning.today")}</a>
      <a href={to({ day: daysAfter(place.day, step) })}>{t(`planning.after_${place.view}`)}</a>
      <a href={to({ view: other })}>{t(`planning.as_${other}`)}</a>
    </nav>
  );
}

/** Large, so that it is made anew only where what it shows is another. */
function Table(props: { rooms: readonly ScheduledRoom[]; view: View; from: string }) {
  const { rooms, view, from } = props;
  const caption = t(`planning.caption_${view}`, { day: longDay(from) });
  return useMemo(
    () =>
      view === "day" ? (
        <DayTable rooms={rooms} day={from} caption={caption} />
      ) : (
        <WeekTable rooms={rooms} monday={from} caption={caption} />
      ),
    [rooms, caption],
  );
}

export default function Planning() {
  const { query, route } = useLocation();
  const place = placeOf(query);
  const from = place.view === "day" ? place.day : mondayOf(place.day);
  const until = daysAfter(from, place.view === "day" ? 1 : 7);
  const sites = useTown(() => town.get("/api/v1/sites"), []);
  const known = useTown(() => town.get("/api/v1/rooms"), []);
  const large = new Set(
    known.resource.state === "ready"
      ? known.resource.value.items
          .filter(({ capacity }) => capacity >= place.people)
          .map(({ id }) => id)
      : [],
  );
  const loaded = useTown(
    () => scheduleOf({ from, until, site: place.site }),
    [from, until, place.site],
    30_000,
  );
  return (
    <Screen title={t("planning.title")} wide>
      <Steps place={place} />
      {sites.resource.state === "ready" && (
        <div class="columns">
          <Select
            label={t("planning.site")}
            value={place.site === undefined ? "" : String(place.site)}
            choices={[
              { value: "", label: t("planning.all_sites") },
              ...sites.resource.value.items.map(({ id, name }) => ({
                value: String(id),
                label: name,
              })),
            ]}
            onValue={(value) => route(addressOf({ ...place, site: value }))}
          />
          <Field
            label={t("planning.people")}
            type="number"
            min={0}
            max={9999}
            inputMode="numeric"
            value={place.people === 0 ? "" : String(place.people)}
            onValue={(value) => route(addressOf({ ...place, people: Number(value) || 0 }), true)}
          />
        </div>
      )}
      <Waiting of={loaded}>
        {(all) => {
          const rooms =
            place.people === 0 ? all : all.filter(({ room_id }) => large.has(room_id));
          return rooms.length === 0 ? (
            <Nothing>{t(all.length === 0 ? "home.no_rooms" : "planning.none_so_large")}</Nothing>
          ) : (
            <Table rooms={rooms} view={place.view} from={from} />
          );
        }}
      </Waiting>
      <p class="quiet">{t("planning.keys")}</p>
    </Screen>
  );
}
