import { Check, Field, Select, TextArea } from "../../parts/field";
import { kWeekdays } from "../../parts/week_hours";
import type { Rhythm, Scope, SeriesDraft } from "../../planning/series_edit";
import type { Refusal } from "../../town/refusal";
import type { Room } from "../../town/types";
import { t } from "../../words";
import { today } from "../../words/dates";

const kRhythms: readonly Rhythm[] = ["same", "weekly", "fortnightly"];

/** What these fields show beside themselves when it is refused. */
export const kFields = [
  "/room_id",
  "/start_time",
  "/end_time",
  "/attendees",
  "/purpose",
  "/until",
  "/weekdays",
  "/override_reason",
];

interface Props {
  draft: SeriesDraft;
  refusal: Refusal | undefined;
  onChange: (part: Partial<SeriesDraft>) => void;
}

function Rule({ draft, refusal, onChange }: Props) {
  const error = refusal?.about("/weekdays");
  return (
    <>
      <Select
        label={t("series_change.rhythm")}
        value={draft.rhythm}
        choices={kRhythms.map((value) => ({ value, label: t(`series_change.rhythm_${value}`) }))}
        onValue={(rhythm) => onChange({ rhythm: rhythm as Rhythm })}
      />
      {draft.rhythm !== "same" && (
        <fieldset>
          <legend>{t("series_change.weekdays")}</legend>
          {error && <p class="note bad">{error}</p>}
          {kWeekdays.map((weekday) => (
            <Check
              key={weekday}
              label={t(`weekday.${weekday}`)}
              checked={draft.weekdays.includes(weekday)}
              onValue={() =>
                onChange({
                  weekdays: kWeekdays.filter(
                    (other) => draft.weekdays.includes(other) !== (other === weekday),
                  ),
                })
              }
            />
          ))}
        </fieldset>
      )}
      <Field
        label={t("series_change.until")}
        hint={t("series_change.until_hint")}
        type="date"
        min={today()}
        value={draft.until}
        error={refusal?.about("/until")}
        onValue={(until) => onChange({ until })}
      />
    </>
  );
}

/** The room, the hours and the rest of the dates in scope; of several their rule, too. */
export function ChangeFields(props: Props & { rooms: readonly Room[]; scope: Scope }) {
  const { draft, refusal, rooms, scope, onChange } = props;
  return (
    <>
      <Select
        label={t("verify.room")}
        value={String(draft.room)}
        error={refusal?.about("/room_id")}
        choices={rooms.map(({ id, name }) => ({ value: String(id), label: name }))}
        onValue={(room) => onChange({ room: Number(room) })}
      />
      <div class="columns">
        <Field
          label={t("find.from")}
          type="time"
          required
          value={draft.from}
          error={refusal?.about("/start_time")}
          onValue={(from) => onChange({ from })}
        />
        <Field
          label={t("find.to")}
          type="time"
          required
          value={draft.to}
          error={refusal?.about("/end_time")}
          onValue={(to) => onChange({ to })}
        />
        <Field
          label={t("find.people")}
          type="number"
          required
          min={1}
          value={String(draft.people)}
          error={refusal?.about("/attendees")}
          onValue={(people) => onChange({ people: Number(people) })}
        />
      </div>
      <TextArea
        label={t("ask.purpose")}
        required
        value={draft.purpose}
        error={refusal?.about("/purpose")}
        onValue={(purpose) => onChange({ purpose })}
      />
      {scope !== "this" && <Rule draft={draft} refusal={refusal} onChange={onChange} />}
    </>
  );
}
