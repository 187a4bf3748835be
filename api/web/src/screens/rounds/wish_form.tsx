import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import type { Action } from "../../parts/action";
import { Field, Select, TextArea } from "../../parts/field";
import { Summary } from "../../parts/summary";
import { kWeekdays } from "../../parts/week_hours";
import type { Room } from "../../town/types";
import { t } from "../../words";
import { fieldsOf, raised, type WishDraft } from "./wish_draft";

type About = (field: string) => string | undefined;

/** Rooms in order of preference; moved by buttons, so that every hand and keyboard can. */
function Ranking(props: {
  rooms: readonly Room[];
  ranked: readonly number[];
  about: About;
  onRanked: (ranked: readonly number[]) => void;
}) {
  const { rooms, ranked, about, onRanked } = props;
  const nameOf = (id: number) => rooms.find((room) => room.id === id)?.name ?? String(id);
  const others = rooms.filter(({ id }) => !ranked.includes(id));
  return (
    <fieldset>
      <legend>{t("wish.rooms")}</legend>
      {about("/room_ids") && <p class="note bad">{about("/room_ids")}</p>}
      <ul class="plain-list">
        {ranked.map((id, at) => (
          <li key={at}>
            {t("wish.choice", { n: at + 1, room: nameOf(id) })}{" "}
            {at > 0 && (
              <button
                type="button"
                class="secondary small"
                onClick={() => onRanked(raised(ranked, at))}
              >
                {t("wish.raise", { room: nameOf(id) })}
              </button>
            )}{" "}
            <button
              type="button"
              class="secondary small"
              onClick={() => onRanked(ranked.filter((other) => other !== id))}
            >
              {t("wish.drop", { room: nameOf(id) })}
            </button>
            {about(`/room_ids/${at}`) && <p class="note bad">{about(`/room_ids/${at}`)}</p>}
          </li>
        ))}
      </ul>
      <Select
        label={t("wish.add_room")}
        hint={t("wish.add_room_hint")}
        value=""
        choices={[
          { value: "", label: t("wish.choose_room") },
          ...others.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        onValue={(value) => value !== "" && onRanked([...ranked, Number(value)])}
      />
    </fieldset>
  );
}

function When(props: {
  draft: WishDraft;
  about: About;
  onChange: (part: Partial<WishDraft>) => void;
}) {
  const { draft, about, onChange } = props;
  return (
    <div class="columns">
      <Select
        label={t("wish.weekday")}
        value={draft.weekday}
        error={about("/weekday")}
        choices={kWeekdays.map((value) => ({ value, label: t(`weekday.${value}`) }))}
        onValue={(weekday) => onChange({ weekday })}
      />
      <Field
        label={t("find.from")}
        type="time"
        required
        value={draft.from}
        error={about("/start_time")}
        onValue={(from) => onChange({ from })}
      />
      <Field
        label={t("find.to")}
        type="time"
        required
        value={draft.to}
        error={about("/end_time")}
        onValue={(to) => onChange({ to })}
      />
      <Field
        label={t("find.people")}
        type="number"
        min={1}
        required
        value={draft.attendees}
        error={about("/attendees")}
        onValue={(attendees) => onChange({ attendees })}
      />
    </div>
  );
}

/** A wish as a form: which slot of the week, in which room before which. */
export function WishForm(props: {
  before: WishDraft;
  rooms: readonly Room[];
  save: string;
  action: Action;
  children?: ComponentChildren;
  onSave: (draft: WishDraft) => void;
}) {
  const { action, rooms } = props;
  const [draft, setDraft] = useState(props.before);
  const change = (part: Partial<WishDraft>) => setDraft({ ...draft, ...part });
  const about: About = (field) => action.refusal?.about(field);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave(draft);
      }}
    >
      <Summary refusal={action.refusal} fields={fieldsOf(draft)} />
      {props.children}
      <When draft={draft} about={about} onChange={change} />
      <Ranking
        rooms={rooms}
        ranked={draft.rooms}
        about={about}
        onRanked={(ranked) => change({ rooms: ranked })}
      />
      <TextArea
        label={t("ask.purpose")}
        required
        value={draft.purpose}
        error={about("/purpose")}
        onValue={(purpose) => change({ purpose })}
      />
      <button type="submit" aria-busy={action.isBusy}>
        {props.save}
      </button>
    </form>
  );
}
