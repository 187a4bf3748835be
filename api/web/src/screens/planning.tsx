import { useLocation } from "preact-iso";

import { Select } from "../parts/field";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { DayTable } from "../planning/day_table";
import { WeekTable } from "../planning/week_table";
import { town } from "../town/api";
import { scheduleOf } from "../town/schedule";
import { t } from "../words";
import { daysAfter, longDay, mondayOf, today } from "../words/dates";

type View = "day" | "week";

interface Place {
  view: View;
  day: string;
  site: number | undefined;
}

function placeOf(query: Record<string, string>): Place {
  const site = Number(query["site"] ?? 0);
  return {
    view: query["view"] === "week" ? "week" : "day",
    day: query["day"] ?? today(),
    site: site > 0 ? site : undefined,
  };
}

function Steps({ place }: { place: Place }) {
  const step = place.view === "day" ? 1 : 7;
  const to = (part: Partial<Place>) => withQuery(kPaths.planning, { ...place, ...part });
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

export default function Planning() {
  const { query, route } = useLocation();
  const place = placeOf(query);
  const from = place.view === "day" ? place.day : mondayOf(place.day);
  const until = daysAfter(from, place.view === "day" ? 1 : 7);
  const sites = useTown(() => town.get("/api/v1/sites"), []);
  const loaded = useTown(
    () => scheduleOf({ from, until, site: place.site }),
    [from, until, place.site],
    30_000,
  );
  const caption = t(`planning.caption_${place.view}`, { day: longDay(from) });
  return (
    <Screen title={t("planning.title")} wide>
      <Steps place={place} />
      {sites.resource.state === "ready" && (
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
          onValue={(value) => route(withQuery(kPaths.planning, { ...place, site: value }))}
        />
      )}
      <Waiting of={loaded}>
        {(rooms) =>
          rooms.length === 0 ? (
            <Nothing>{t("home.no_rooms")}</Nothing>
          ) : place.view === "day" ? (
            <DayTable rooms={rooms} day={from} caption={caption} />
          ) : (
            <WeekTable rooms={rooms} monday={from} caption={caption} />
          )
        }
      </Waiting>
      <p class="quiet">{t("planning.keys")}</p>
    </Screen>
  );
}
