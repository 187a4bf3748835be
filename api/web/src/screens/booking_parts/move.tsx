import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field, Select } from "../../parts/field";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { kPaths } from "../../paths";
import { slotOf } from "../../planning/wish";
import { town } from "../../town/api";
import type { Alternative, BookingDetails, Room } from "../../town/types";
import { t } from "../../words";
import { shortDay, span, today } from "../../words/dates";
import { Conflicts } from "./conflicts";
import { isOwn } from "./ownership";

interface Props {
  booking: BookingDetails;
  seen: string | undefined;
  onDone: () => void;
}

interface Place {
  room: number;
  day: string;
  from: string;
  to: string;
}

function placeOf(slot: { room_id: number; start: string; end: string }): Place {
  return {
    room: slot.room_id,
    day: slot.start.slice(0, 10),
    from: slot.start.slice(11, 16),
    to: slot.end.slice(11, 16),
  };
}

/** Another place, and all of it is filled in. */
function isElsewhere(place: Place, now: Place): boolean {
  const isWhole = place.day !== "" && place.from !== "" && place.to !== "";
  return isWhole && JSON.stringify(place) !== JSON.stringify(now);
}

/** Where the planning let go of it, if it was dragged there. */
function dragged(query: Record<string, string>): Place | undefined {
  const { room, day, from, to } = query;
  return room && day && from && to ? { room: Number(room), day, from, to } : undefined;
}

/** What is free instead, where the town said that the wished place is not. */
function Instead(props: { slots: Alternative[]; onTake: (slot: Alternative) => void }) {
  if (props.slots.length === 0) {
    return null;
  }
  return (
    <>
      <p>{t("verify.instead")}</p>
      <ul class="plain-list">
        {props.slots.map((slot) => (
          <li key={`${slot.room_id} ${slot.start}`}>
            <button type="button" class="secondary small" onClick={() => props.onTake(slot)}>
              {slot.room_name}, {shortDay(slot.start)}, {span(slot.start, slot.end)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Fields({ rooms, booking, seen, onDone }: Props & { rooms: Room[] }) {
  const { query } = useLocation();
  const [place, setPlace] = useState<Place>(() => dragged(query) ?? placeOf(booking));
  const action = useAction();
  const change = (part: Partial<Place>) => setPlace({ ...place, ...part });
  const move = () =>
    action.run(async () => {
      const body = { room_id: place.room, ...slotOf(place) };
      await town.post("/api/v1/bookings/{id}/move", { path: { id: booking.id }, seen, body });
      onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void move();
      }}
    >
      <Summary refusal={action.refusal} />
      <Instead
        slots={action.refusal?.alternatives ?? []}
        onTake={(slot) => setPlace(placeOf(slot))}
      />
      <Select
        label={t("verify.room")}
        value={String(place.room)}
        choices={rooms.map(({ id, name }) => ({ value: String(id), label: name }))}
        onValue={(room) => change({ room: Number(room) })}
      />
      <div class="columns">
        <Field
          label={t("find.day")}
          type="date"
          required
          min={today()}
          value={place.day}
          onValue={(day) => change({ day })}
        />
        <Field
          label={t("find.from")}
          type="time"
          required
          value={place.from}
          onValue={(from) => change({ from })}
        />
        <Field
          label={t("find.to")}
          type="time"
          required
          value={place.to}
          onValue={(to) => change({ to })}
        />
      </div>
      {isElsewhere(place, placeOf(booking)) && (
        <Conflicts slot={{ id: booking.id, room_id: place.room, ...slotOf(place) }} />
      )}
      <button type="submit" aria-busy={action.isBusy}>
        {t("move.now")}
      </button>
    </form>
  );
}

/** Puts a booking into another slot or room; what stands in the way is said before it hurts. */
export function Move(props: Props & { isOffice: boolean }) {
  const { booking, isOffice } = props;
  const { query, route } = useLocation();
  const loaded = useTown(() => town.get("/api/v1/rooms"), []);
  const moved = () => {
    route(`${kPaths.bookings}/${booking.id}`, true);
    props.onDone();
  };
  const isAlive = booking.status === "pending" || booking.status === "approved";
  const isAhead = new Date(booking.start_at) > new Date();
  if (!isAlive || !isAhead || !(isOffice || isOwn(booking))) {
    return null;
  }
  return (
    <details open={dragged(query) !== undefined}>
      <summary>{t("move.title")}</summary>
      <p>{t(isOffice ? "move.office_hint" : "move.hint")}</p>
      <Waiting of={loaded}>{({ items }) => <Fields {...props} rooms={items} onDone={moved} />}</Waiting>
    </details>
  );
}
