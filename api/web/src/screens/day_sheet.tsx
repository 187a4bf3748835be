import { useLocation } from "preact-iso";

import { BookingState } from "../parts/booking_state";
import { Select } from "../parts/field";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { town } from "../town/api";
import { preparationOf } from "../town/preparation";
import type { Preparation, Site } from "../town/types";
import { t, tn } from "../words";
import { clock, daysAfter, longDay, mondayOf, span, today } from "../words/dates";

type Item = Preparation["items"][number];

function Use({ item }: { item: Item }) {
  return (
    <li>
      <p class="large">
        <strong>{span(item.start, item.end)}</strong> {item.room_name}
      </p>
      <p>
        <BookingState status={item.status} /> {item.association_name || t("day.individual")},{" "}
        {tn("day.people", item.attendees)}
      </p>
      <p>
        {t("day.prepare", { from: clock(item.setup_from), until: clock(item.teardown_until) })}
        {item.layout_name !== "" && ` ${t("day.layout", { layout: item.layout_name })}`}
      </p>
      {item.equipment.length > 0 && (
        <ul>
          {item.equipment.map((line) => (
            <li key={line.equipment_id}>
              <span class="tick" aria-hidden="true" /> {line.quantity} × {line.name}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function DayUses({ day, items }: { day: string; items: Item[] }) {
  return (
    <section class="day">
      <h2>{longDay(day)}</h2>
      {items.length === 0 ? (
        <Nothing>{t("day.nothing")}</Nothing>
      ) : (
        <ul class="cards">
          {items.map((item) => (
            <Use key={item.booking_id} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Sheet(props: { site: number; days: string[] }) {
  const { site, days } = props;
  const loaded = useTown(
    () => Promise.all(days.map((day) => preparationOf(site, day))),
    [site, days],
  );
  return (
    <Waiting of={loaded}>
      {(sheets) =>
        sheets.map((sheet) => <DayUses key={sheet.day} day={sheet.day} items={sheet.items} />)
      }
    </Waiting>
  );
}

function Chosen({ sites }: { sites: Site[] }) {
  const { query, route } = useLocation();
  const site = Number(query["site"] ?? sites[0]?.id ?? 0);
  const day = query["day"] ?? today();
  const isWeek = query["view"] === "week";
  const step = isWeek ? 7 : 1;
  const first = isWeek ? mondayOf(day) : day;
  const days = Array.from({ length: step }, (_, at) => daysAfter(first, at));
  const to = (part: Record<string, string | number>) =>
    withQuery(kPaths.day, { site, day, view: isWeek ? "week" : "day", ...part });
  const word = isWeek ? "week" : "day";
  return (
    <>
      <div class="no-print">
        <Select
          label={t("planning.site")}
          value={String(site)}
          choices={sites.map(({ id, name }) => ({ value: String(id), label: name }))}
          onValue={(value) => route(to({ site: value }))}
        />
        <nav class="steps" aria-label={t("planning.steps")}>
          <a href={to({ day: daysAfter(day, -step) })}>{t(`planning.before_${word}`)}</a>
          <a href={to({ day: today() })}>{t("planning.today")}</a>
          <a href={to({ day: daysAfter(day, step) })}>{t(`planning.after_${word}`)}</a>
          <a href={to({ view: isWeek ? "day" : "week" })}>
            {t(`planning.as_${isWeek ? "day" : "week"}`)}
          </a>
          <button type="button" class="secondary small" onClick={() => window.print()}>
            {t("print")}
          </button>
        </nav>
      </div>
      <p class="print-only large">{sites.find(({ id }) => id === site)?.name}</p>
      <Sheet site={site} days={days} />
    </>
  );
}

/** What a stage manager prepares today or this week at a site; names no person. */
export default function DaySheet() {
  const loaded = useTown(() => town.get("/api/v1/sites"), []);
  return (
    <Screen title={t("day.title")}>
      <Waiting of={loaded}>
        {({ items }) =>
          items.length === 0 ? <Nothing>{t("home.no_rooms")}</Nothing> : <Chosen sites={items} />
        }
      </Waiting>
    </Screen>
  );
}
