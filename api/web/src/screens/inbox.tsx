import { useState } from "preact/hooks";

import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { ofSameSeries, stillWaiting, toggled, type Selection } from "../planning/selection";
import { byDelay, daysWaited } from "../planning/waiting";
import { town } from "../town/api";
import type { Booking } from "../town/types";
import { t, tn } from "../words";
import { clock, localOf, shortDay, span } from "../words/dates";
import { DeskSteps } from "./desk/steps";
import { Answer } from "./inbox_parts/answer";
import { TimeNotice } from "./inbox_parts/time_notice";

const kPause = 5_000;

function waited(days: number): string {
  return days === 0 ? t("inbox.waited_today") : tn("inbox.waited", days);
}

interface Choosing {
  items: readonly Booking[];
  selection: Selection;
  onSelection: (selection: Selection) => void;
}

function Row(props: Choosing & { booking: Booking }) {
  const { booking, items, selection, onSelection } = props;
  const { series_id: series } = booking;
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={t("selection.choose", { id: booking.id })}
          checked={selection.has(booking.id)}
          onChange={() => onSelection(toggled(selection, [booking]))}
        />
        {series !== null && (
          <button
            type="button"
            class="secondary small"
            onClick={() => onSelection(toggled(selection, ofSameSeries(booking, items)))}
          >
            {t("selection.of_series", { id: series })}
          </button>
        )}
      </td>
      <th scope="row">
        <a href={`${kPaths.bookings}/${booking.id}`}>
          {booking.association_name || booking.booker_name}
        </a>
      </th>
      <td>{booking.room_name}</td>
      <td>
        {shortDay(booking.start)}, {span(booking.start, booking.end)}
      </td>
      <td>{booking.purpose}</td>
      <td>{booking.attendees}</td>
      <td>{waited(daysWaited(booking))}</td>
    </tr>
  );
}

function Requests(props: Choosing) {
  const { items, selection, onSelection } = props;
  return (
    <>
      <p class="steps">
        <button
          type="button"
          class="secondary small"
          onClick={() => onSelection(new Map(items.map((booking) => [booking.id, booking])))}
        >
          {t("selection.all")}
        </button>
        {selection.size > 0 && (
          <button
            type="button"
            class="secondary small"
            onClick={() => onSelection(new Map())}
          >
            {t("selection.none")}
          </button>
        )}
      </p>
      <div class="scroll" role="region" tabIndex={0} aria-label={t("inbox.title")}>
        <table class="many">
          <caption>{tn("inbox.count", items.length)}</caption>
          <thead>
            <tr>
              <th scope="col">{t("selection.column")}</th>
              <th scope="col">{t("inbox.who")}</th>
              <th scope="col">{t("verify.room")}</th>
              <th scope="col">{t("verify.when")}</th>
              <th scope="col">{t("ask.purpose")}</th>
              <th scope="col">{t("find.people")}</th>
              <th scope="col">{t("inbox.since")}</th>
            </tr>
          </thead>
          <tbody>
            {byDelay([...items]).map((booking) => (
              <Row key={booking.id} {...props} booking={booking} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The requests that wait for an answer, answered one by one on their pages or several at once here. */
export default function Inbox() {
  const [limit, setLimit] = useState(50);
  const [chosen, setChosen] = useState<Selection>(new Map());
  const loaded = useTown(
    () => town.get("/api/v1/bookings", { query: { to_decide: true, limit } }),
    [limit],
    kPause,
  );
  const done = () => {
    setChosen(new Map());
    loaded.reload();
  };
  return (
    <Screen title={t("inbox.title")} wide>
      <DeskSteps at={kPaths.inbox} />
      <TimeNotice />
      <Waiting of={loaded}>
        {({ items, next }) => {
          const selection = stillWaiting(chosen, items);
          return (
            <>
              {items.length === 0 ? (
                <Nothing>{t("inbox.nothing")}</Nothing>
              ) : (
                <Requests items={items} selection={selection} onSelection={setChosen} />
              )}
              {next !== null && limit < 200 && (
                <button type="button" class="secondary" onClick={() => setLimit(200)}>
                  {t("list.more")}
                </button>
              )}
              <Updated at={loaded.resource.state === "ready" ? loaded.resource.at : undefined} />
              <Answer selection={selection} onDone={done} />
            </>
          );
        }}
      </Waiting>
    </Screen>
  );
}

function Updated({ at }: { at: Date | undefined }) {
  return at ? (
    <p class="quiet">{t("list.updated", { time: clock(localOf(at.toISOString())) })}</p>
  ) : null;
}
