import { useLocation, useRoute } from "preact-iso";
import { useState } from "preact/hooks";

import { BookingState } from "../parts/booking_state";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { t, type WordKey } from "../words";
import { longDay, shortDay, span } from "../words/dates";
import { PassList } from "./booking_parts/passes";
import { WholeSeries } from "./booking_parts/whole_series";

/** The passes of one date; they are read once somebody opens their list. */
function PassesOf(props: { id: number; day: string; timeZone: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("series.passes", { day: props.day })}</summary>
      {isOpen && <PassList booking={{ id: props.id, sequence: 0, time_zone: props.timeZone }} />}
    </details>
  );
}

/** A series: its dates, each with its state, and those that could not be had. */
export default function SeriesPage() {
  const { params } = useRoute();
  const { query } = useLocation();
  const id = params["id"] ?? "0";
  const now = new Date().toISOString();
  const [told, setTold] = useState<WordKey | undefined>(
    query["changed"] ? "series.changed" : undefined,
  );
  const loaded = useTown(() => town.read("/api/v1/series/{id}", { path: { id } }), [id]);
  const done = (words?: WordKey) => {
    setTold(words);
    loaded.reload();
  };
  return (
    <Screen title={t("series.title", { id })}>
      <Waiting of={loaded}>
        {({ body: series, etag }) => (
          <>
            {query["sent"] && (
              <p class="note good" role="status">
                {t("booking.sent")}
              </p>
            )}
            {told && (
              <p class="note good" role="status">
                {t(told)}
              </p>
            )}
            <p>{series.purpose}</p>
            {series.split_from_id !== null && (
              <p>
                <a href={`${kPaths.series}/${series.split_from_id}`}>
                  {t("series.goes_on", { id: series.split_from_id })}
                </a>
              </p>
            )}
            {series.ended_on !== null && (
              <p>{t("series.ended", { day: longDay(series.ended_on) })}</p>
            )}
            <h2>{t("series.dates")}</h2>
            <ul class="plain-list">
              {series.occurrences.map((occurrence) => (
                <li key={occurrence.booking_id}>
                  <a href={`${kPaths.bookings}/${occurrence.booking_id}`}>
                    {longDay(occurrence.start)}, {span(occurrence.start, occurrence.end)}
                  </a>
                  <BookingState status={occurrence.status} />
                  {occurrence.status === "approved" && occurrence.end_at >= now && (
                    <PassesOf
                      id={occurrence.booking_id}
                      day={shortDay(occurrence.start)}
                      timeZone={series.time_zone}
                    />
                  )}
                </li>
              ))}
            </ul>
            <WholeSeries key={etag} series={series} seen={etag} onDone={done} />
          </>
        )}
      </Waiting>
    </Screen>
  );
}
