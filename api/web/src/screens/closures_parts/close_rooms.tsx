import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field, Select, TextArea } from "../../parts/field";
import { Summary } from "../../parts/summary";
import { kPaths } from "../../paths";
import { town, type Answer } from "../../town/api";
import type { Room, Site } from "../../town/types";
import { t, tn } from "../../words";
import { shortDay, span, today } from "../../words/dates";

const kKinds = ["works", "holiday", "own_use"] as const;
const kMeets = ["refuse", "notify", "cancel"] as const;
const kFields = ["/first_date", "/last_date", "/reason", "/site_id", "/room_id"];

type Preview = Answer<"/api/v1/closures/preview", "post">;

interface Order {
  place: string; // "site 3" or "room 7"
  first: string;
  last: string;
  kind: string;
  reason: string;
  meets: string;
}

function bodyOf(order: Order) {
  const [what, id] = order.place.split(" ");
  return {
    [`${what}_id`]: Number(id),
    first_date: order.first,
    last_date: order.last,
    kind: order.kind,
    reason: order.reason,
    meets: order.meets,
  };
}

function Met({ preview }: { preview: Preview }) {
  if (preview.met === 0) {
    return <p class="note good">{t("closures.meets_nothing")}</p>;
  }
  return (
    <div class={preview.accepted ? "note" : "note bad"} role="status">
      <p>{tn("closures.met", preview.met)}</p>
      <ul>
        {preview.bookings.map((booking) => (
          <li key={booking.id}>
            <a href={`${kPaths.bookings}/${booking.id}`}>
              {shortDay(booking.start)}, {span(booking.start, booking.end)}
            </a>{" "}
            {booking.room_name}, {booking.association_name || booking.booker_name}
          </li>
        ))}
      </ul>
      {!preview.accepted && <p>{t("closures.choose")}</p>}
    </div>
  );
}

function Fields(props: {
  order: Order;
  sites: readonly Site[];
  rooms: readonly Room[];
  about: (field: string) => string | undefined;
  onChange: (part: Partial<Order>) => void;
}) {
  const { order, sites, rooms, about, onChange } = props;
  const places = sites.flatMap((site) => [
    { value: `site ${site.id}`, label: t("closures.whole", { site: site.name }) },
    ...rooms
      .filter((room) => room.site_id === site.id)
      .map((room) => ({ value: `room ${room.id}`, label: `${site.name} – ${room.name}` })),
  ]);
  return (
    <>
      <Select
        label={t("closures.place")}
        value={order.place}
        error={about("/site_id") ?? about("/room_id")}
        choices={places}
        onValue={(place) => onChange({ place })}
      />
      <div class="columns">
        <Field
          label={t("closures.first")}
          type="date"
          required
          value={order.first}
          error={about("/first_date")}
          onValue={(first) => onChange({ first })}
        />
        <Field
          label={t("closures.last")}
          type="date"
          required
          value={order.last}
          error={about("/last_date")}
          onValue={(last) => onChange({ last })}
        />
        <Select
          label={t("closures.kind")}
          value={order.kind}
          choices={kKinds.map((value) => ({ value, label: t(`closure.${value}`) }))}
          onValue={(kind) => onChange({ kind })}
        />
      </div>
      <TextArea
        label={t("closures.reason")}
        hint={t("closures.reason_hint")}
        required
        value={order.reason}
        error={about("/reason")}
        onValue={(reason) => onChange({ reason })}
      />
      <Select
        label={t("closures.meets")}
        value={order.meets}
        choices={kMeets.map((value) => ({ value, label: t(`closures.meets_${value}`) }))}
        onValue={(meets) => onChange({ meets })}
      />
    </>
  );
}

/** Closes a room or a site in two steps: first what it would meet, then the closure itself. */
export function CloseRooms(props: {
  sites: readonly Site[];
  rooms: readonly Room[];
  onDone: () => void;
}) {
  const { sites, rooms, onDone } = props;
  const action = useAction();
  const [preview, setPreview] = useState<Preview | undefined>();
  const [order, setOrder] = useState<Order>({
    place: rooms[0] ? `room ${rooms[0].id}` : "",
    first: today(),
    last: today(),
    kind: kKinds[0],
    reason: "",
    meets: kMeets[0],
  });
  const change = (part: Partial<Order>) => {
    setOrder({ ...order, ...part });
    setPreview(undefined);
  };
  const look = () =>
    action.run(async () => {
      setPreview(await town.post("/api/v1/closures/preview", { body: bodyOf(order) }));
    });
  const close = () =>
    action.run(async () => {
      await town.post("/api/v1/closures", { body: bodyOf(order), key: crypto.randomUUID() });
      onDone();
    });
  return (
    <details>
      <summary>{t("closures.new")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <Summary refusal={action.refusal} fields={kFields} />
        <Fields
          order={order}
          sites={sites}
          rooms={rooms}
          about={(field) => action.refusal?.about(field)}
          onChange={change}
        />
        <button type="submit" class="secondary" aria-busy={action.isBusy}>
          {t("closures.look")}
        </button>
        {preview && <Met preview={preview} />}
        {preview?.accepted && (
          <button
            type="button"
            class="danger"
            aria-busy={action.isBusy}
            onClick={() => void close()}
          >
            {t("closures.close")}
          </button>
        )}
      </form>
    </details>
  );
}
