import { Check, Field, Select, TextArea } from "../../parts/field";
import type { Repeat, Wish } from "../../planning/wish";
import { rights } from "../../town/rights";
import type { Me, RoomWithRules } from "../../town/types";
import { t, tn } from "../../words";
import { daysAfter, today } from "../../words/dates";
import { Somebody } from "./somebody";

const kRepeats: readonly Repeat[] = ["once", "weekly", "fortnightly", "monthly"];

interface Props {
  room: RoomWithRules;
  person: Me;
  wish: Wish;
  onChange: (part: Partial<Wish>) => void;
  onDone: () => void;
}

function ForWhom({ room, person, wish, onChange }: Props) {
  if (rights.decides(person)) {
    return <Somebody wish={wish} onChange={onChange} />;
  }
  const choices = [
    ...person.associations.map(({ id, name }) => ({ value: String(id), label: name })),
    { value: "", label: t("ask.for_myself") },
  ];
  if (choices.length === 1) {
    return room.individuals_may_book ? null : <p class="note">{t("room.not_for_individuals")}</p>;
  }
  return (
    <Select
      label={t("ask.for_whom")}
      choices={choices}
      value={wish.association === undefined ? "" : String(wish.association)}
      onValue={(value) => onChange({ association: value === "" ? undefined : Number(value) })}
    />
  );
}

function Repeating({ wish, onChange }: Props) {
  return (
    <fieldset>
      <legend>{t("ask.repeat")}</legend>
      {kRepeats.map((repeat) => (
        <label key={repeat} class="check">
          <input
            type="radio"
            name="repeat"
            checked={wish.repeat === repeat}
            onChange={() => onChange({ repeat })}
          />
          {t(`repeat.${repeat}`)}
        </label>
      ))}
      {wish.repeat !== "once" && (
        <>
          <Field
            label={t("ask.until")}
            type="date"
            required
            min={wish.day}
            max={daysAfter(wish.day, 366)}
            value={wish.until}
            onValue={(until) => onChange({ until })}
          />
          <Check
            label={t("ask.term_only")}
            checked={wish.termOnly}
            onValue={(termOnly) => onChange({ termOnly })}
          />
        </>
      )}
    </fieldset>
  );
}

/** The second step: when exactly, for whom, what for, and how often. */
export function Details(props: Props) {
  const { room, wish, onChange, onDone } = props;
  const layouts = room.rules.layouts;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
    >
      <p class="step">{t("ask.step_details")}</p>
      <p>
        <strong>{room.name}</strong>, {tn("room.capacity", room.capacity)}
      </p>
      <div class="columns">
        <Field
          label={t("find.day")}
          type="date"
          required
          min={today()}
          value={wish.day}
          onValue={(day) => onChange({ day, until: daysAfter(day, 70) })}
        />
        <Field
          label={t("find.from")}
          type="time"
          required
          value={wish.from}
          onValue={(from) => onChange({ from })}
        />
        <Field
          label={t("find.to")}
          type="time"
          required
          value={wish.to}
          onValue={(to) => onChange({ to })}
        />
        <Field
          label={t("find.people")}
          type="number"
          required
          min={1}
          max={room.capacity}
          value={String(wish.people)}
          onValue={(people) => onChange({ people: Number(people) })}
        />
      </div>
      <ForWhom {...props} />
      <TextArea
        label={t("ask.purpose")}
        hint={t("ask.purpose_hint")}
        required
        value={wish.purpose}
        onValue={(purpose) => onChange({ purpose })}
      />
      {layouts.length > 0 && (
        <Select
          label={t("ask.layout")}
          value={wish.layout}
          choices={[
            { value: "", label: t("ask.layout_as_is") },
            ...layouts.map((layout) => ({
              value: layout.key,
              label: `${layout.name} (${tn("room.capacity", layout.capacity)})`,
            })),
          ]}
          onValue={(layout) => onChange({ layout })}
        />
      )}
      <Repeating {...props} />
      <button type="submit">{t("ask.check")}</button>
    </form>
  );
}
