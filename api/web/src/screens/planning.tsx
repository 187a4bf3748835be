import { useLocation } from "preact-iso";
import { useMemo } from "preact/hooks";

import { Field, Select } from "../parts/field";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { DayTable } from "../planning/day_table";
import { monthOf } from "../planning/month_cells";
import { MonthTable } from "../planning/month_table";
import { WeekTable } from "../planning/week_table";
import { town } from "../town/api";
import { scheduleOf } from "../town/schedule";
import type { ScheduledRoom } from "../town/types";
import { t } from "../words";
import { daysAfter, longDay, mondayOf, monthName, today } from "../words/dates";

const kViews = ["day", "week", "month"] as const;
type View = (typeof kViews)[number];

interface Place {
  view: View;
  day: string;
  site: number | undefined;
  people: number;
  equipment: number;
}

function placeOf(query: Record<string, string>): Place {
  const site = Number(query["site"] ?? 0);
  return {
    view: kViews.find((view) => view === query["view"]) ?? "day",
    day: query["day"] ?? today(),
    site: site > 0 ? site : undefined,
    people: Math.max(Number(query["people"] ?? 0) || 0, 0),
    equipment: Math.max(Number(query["equipment"] ?? 0) || 0, 0),
  };
}

function addressOf(place: Omit<Place, "site"> & { site: string | number | undefined }): string {
  return withQuery(kPaths.planning, {
    ...place,
    people: place.people || undefined,
    equipment: place.equipment || undefined,
  });
}

/** The days that a view of that day shows: from the first to before the last. */
function daysShown(view: View, day: string): { from: string; until: string } {
  switch (view) {
    case "day":
      return { from: day, until: daysAfter(day, 1) };
    case "week":
      return { from: mondayOf(day), until: daysAfter(mondayOf(day), 7) };
    case "month": {
      const { first, next } = monthOf(day);
      return { from: first, until: next };
    }
  }
}

function Steps({ place }: { place: Place }) {
  const { from, until } = daysShown(place.view, place.day);
  const before =
    place.view === "week" ? daysAfter(place.day, -7) : daysAfter(from, -1);
  const after = place.view === "week" ? daysAfter(place.day, 7) : until;
  const to = (part: Partial<Place>) => addressOf({ ...place, ...part });
  return (
    <nav class="steps" aria-label={t("planning.steps")}>
      <a href={to({ day: before })}>{t(`planning.before_${place.view}`)}</a>
      <a href={to({ day: today() })}>{t("planning.today")}</a>
      <a href={to({ day: after })}>{t(`planning.after_${place.view}`)}</a>
      {kViews
        .filter((view) => view !== place.view)
        .map((view) => (
          <a key={view} href={to({ view })}>
            {t(`planning.as_${view}`)}
          </a>
        ))}
    </nav>
  );
}

/** Large, so that it is made anew only where what it shows is another. */
function Table(props: { rooms: readonly ScheduledRoom[]; place: Place; from: string }) {
  const { rooms, place, from } = props;
  const { view } = place;
  const caption = t(`planning.caption_${view}`, {
    day: view === "month" ? monthName(from.slice(0, 7)) : longDay(from),
  });
  return useMemo(() => {
    switch (view) {
      case "day":
        return <DayTable rooms={rooms} day={from} caption={caption} />;
      case "week":
        return <WeekTable rooms={rooms} monday={from} caption={caption} />;
      case "month": {
        const toDay = (day: string) => addressOf({ ...place, view: "day", day });
        return <MonthTable rooms={rooms} day={from} caption={caption} toDay={toDay} />;
      }
    }
  }, [rooms, caption]);
}

/** What the town has, for the filters: one after the other they leave fewer rooms. */
async function estate() {
  const [sites, rooms, equipment] = await Promise.all([
    town.get("/api/v1/sites"),
    town.get("/api/v1/rooms"),
    town.get("/api/v1/equipment"),
  ]);
  return { sites: sites.items, rooms: rooms.items, equipment: equipment.items };
}

type Estate = Awaited<ReturnType<typeof estate>>;

/** Rooms that hold so many people, at a site that has that equipment or can be brought it. */
function fitting(of: Estate, place: Place): Set<number> {
  const item = of.equipment.find(({ id }) => id === place.equipment);
  return new Set(
    of.rooms
      .filter(({ capacity }) => capacity >= place.people)
      .filter(({ site_id }) => !item || item.site_id === null || item.site_id === site_id)
      .map(({ id }) => id),
  );
}

function Filters({ of, place }: { of: Estate; place: Place }) {
  const { route } = useLocation();
  return (
    <div class="columns">
      <Select
        label={t("planning.site")}
        value={place.site === undefined ? "" : String(place.site)}
        choices={[{ value: "", label: t("planning.all_sites") }, ...choicesOf(of.sites)]}
        onValue={(value) => route(addressOf({ ...place, site: value }))}
      />
      <Select
        label={t("planning.equipment")}
        value={place.equipment === 0 ? "" : String(place.equipment)}
        choices={[{ value: "", label: t("planning.any_equipment") }, ...choicesOf(of.equipment)]}
        onValue={(value) => route(addressOf({ ...place, equipment: Number(value) }))}
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
  );
}

function choicesOf(things: readonly { id: number; name: string }[]) {
  return things.map(({ id, name }) => ({ value: String(id), label: name }));
}

/** The rooms of a day, a week or a month; a person looks through them by site, size and equipment. */
export default function Planning() {
  const { query } = useLocation();
  const place = placeOf(query);
  const { from, until } = daysShown(place.view, place.day);
  const known = useTown(estate, []);
  const of = known.resource.state === "ready" ? known.resource.value : undefined;
  const isFiltered = place.people > 0 || place.equipment > 0;
  const loaded = useTown(
    () => scheduleOf({ from, until, site: place.site }),
    [from, until, place.site],
    30_000,
  );
  return (
    <Screen title={t("planning.title")} wide>
      <Steps place={place} />
      {of && <Filters of={of} place={place} />}
      <Waiting of={loaded}>
        {(all) => {
          const fits = of && isFiltered ? fitting(of, place) : undefined;
          const rooms = fits ? all.filter(({ room_id }) => fits.has(room_id)) : all;
          return rooms.length === 0 ? (
            <Nothing>{t(all.length === 0 ? "home.no_rooms" : "planning.none_fits")}</Nothing>
          ) : (
            <Table rooms={rooms} place={place} from={from} />
          );
        }}
      </Waiting>
      {place.view === "day" && <p class="quiet">{t("planning.keys")}</p>}
    </Screen>
  );
}
