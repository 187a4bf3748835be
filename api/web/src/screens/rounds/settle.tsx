import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field, Select, TextArea } from "../../parts/field";
import { Summary } from "../../parts/summary";
import { kWeekdays } from "../../parts/week_hours";
import { town } from "../../town/api";
import type { Room, Round, RoundWish } from "../../town/types";
import { t } from "../../words";

const kNothing = "";
const kFields = ["/room_id", "/weekday", "/start_time", "/end_time", "/reason", "/gets_nothing"];

interface Props {
  wish: RoundWish;
  round: Round;
  rooms: readonly Room[];
  onDone: () => void;
}

interface Settled {
  room: string; // its id, or nothing at all
  weekday: string;
  from: string;
  to: string;
  reason: string;
}

function bodyOf({ room, weekday, from, to, reason }: Settled) {
  return room === kNothing
    ? { gets_nothing: true, reason }
    : {
        room_id: Number(room),
        weekday,
        start_time: from,
        end_time: to,
        end_day_offset: to <= from ? 1 : 0,
        reason,
      };
}

function firstOf(wish: RoundWish): Settled {
  const place = wish.settled?.place ?? wish.decision?.place;
  return {
    room: wish.settled && !wish.settled.place ? kNothing : String(place?.room_id ?? wish.room_ids[0]),
    weekday: place?.weekday ?? wish.weekday,
    from: place?.start_time ?? wish.start_time,
    to: place?.end_time ?? wish.end_time,
    reason: wish.settled?.reason ?? "",
  };
}

function Fields(props: {
  settled: Settled;
  rooms: readonly Room[];
  about: (field: string) => string | undefined;
  onChange: (part: Partial<Settled>) => void;
}) {
  const { settled, rooms, about, onChange } = props;
  return (
    <>
      <div class="columns">
        <Select
          label={t("settle.room")}
          value={settled.room}
          error={about("/room_id")}
          choices={[
            { value: kNothing, label: t("settle.nothing") },
            ...rooms.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onValue={(room) => onChange({ room })}
        />
        {settled.room !== kNothing && (
          <>
            <Select
              label={t("wish.weekday")}
              value={settled.weekday}
              error={about("/weekday")}
              choices={kWeekdays.map((value) => ({ value, label: t(`weekday.${value}`) }))}
              onValue={(weekday) => onChange({ weekday })}
            />
            <Field
              label={t("find.from")}
              type="time"
              required
              value={settled.from}
              error={about("/start_time")}
              onValue={(from) => onChange({ from })}
            />
            <Field
              label={t("find.to")}
              type="time"
              required
              value={settled.to}
              error={about("/end_time")}
              onValue={(to) => onChange({ to })}
            />
          </>
        )}
      </div>
      <TextArea
        label={t("settle.reason")}
        hint={t("settle.reason_hint")}
        required={settled.room === kNothing}
        value={settled.reason}
        error={about("/reason")}
        onValue={(reason) => onChange({ reason })}
      />
    </>
  );
}

/** The office settles a wish itself: into a place, or into none, with a reason; proposals keep to it. */
export function Settle({ wish, round, rooms, onDone }: Props) {
  const action = useAction();
  const [settled, setSettled] = useState(() => firstOf(wish));
  const asked = { path: { id: round.id, wish_id: wish.id }, seen: `"${wish.version}"` };
  const settle = () =>
    action.run(async () => {
      await town.put("/api/v1/rounds/{id}/wishes/{wish_id}/settled", {
        ...asked,
        body: bodyOf(settled),
      });
      onDone();
    });
  const free = () =>
    action.run(async () => {
      await town.remove("/api/v1/rounds/{id}/wishes/{wish_id}/settled", asked);
      onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void settle();
      }}
    >
      <Summary refusal={action.refusal} fields={kFields} />
      <Fields
        settled={settled}
        rooms={rooms}
        about={(field) => action.refusal?.about(field)}
        onChange={(part) => setSettled({ ...settled, ...part })}
      />
      <button type="submit" class="small" aria-busy={action.isBusy}>
        {t("settle.now")}
      </button>{" "}
      {wish.settled && (
        <button
          type="button"
          class="secondary small"
          aria-busy={action.isBusy}
          onClick={() => void free()}
        >
          {t("settle.free")}
        </button>
      )}
    </form>
  );
}
