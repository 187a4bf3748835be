import { useState } from "preact/hooks";

import type { Action } from "../../parts/action";
import { Check, Field } from "../../parts/field";
import { Summary } from "../../parts/summary";
import { WeekHours } from "../../parts/week_hours";
import type { AccessProfile, Zone } from "../../town/types";
import { t } from "../../words";

export type ProfileDraft = Omit<AccessProfile, "id">;

export const kNewProfile: ProfileDraft = {
  name: "",
  duties: [],
  zone_ids: [],
  hours: [{ weekday: "monday", start_time: "08:00", end_time: "18:00" }],
  skip_public_holidays: true,
  skip_school_holidays: false,
};

const kFields = ["/name", "/duties", "/zone_ids", "/hours"];

/** The profile as it is sent: words of duties without blanks around them, none of them empty. */
export function bodyOf(draft: ProfileDraft): ProfileDraft {
  const { name, duties, zone_ids, hours, skip_public_holidays, skip_school_holidays } = draft;
  const words = duties.map((duty) => duty.trim()).filter((duty) => duty !== "");
  return { name, duties: words, zone_ids, hours, skip_public_holidays, skip_school_holidays };
}

function Zones(props: {
  zones: readonly Zone[];
  chosen: readonly number[];
  error: string | undefined;
  onChosen: (ids: number[]) => void;
}) {
  const { zones, chosen, error, onChosen } = props;
  return (
    <fieldset>
      <legend>{t("profiles.zones")}</legend>
      {error && <p class="note bad">{error}</p>}
      {zones.map(({ id, name }) => (
        <Check
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onValue={(isChosen) =>
            onChosen(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id))
          }
        />
      ))}
    </fieldset>
  );
}

/** A profile as a form: for whom, where, when. */
export function ProfileForm(props: {
  before: ProfileDraft;
  zones: readonly Zone[];
  save: string;
  action: Action;
  onSave: (draft: ProfileDraft) => void;
}) {
  const { action } = props;
  const [draft, setDraft] = useState(props.before);
  const change = (part: Partial<ProfileDraft>) => setDraft({ ...draft, ...part });
  const about = (field: string) => action.refusal?.about(field);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave(draft);
      }}
    >
      <Summary refusal={action.refusal} fields={kFields} />
      <Field
        label={t("directory.name")}
        required
        maxLength={100}
        value={draft.name}
        error={about("/name")}
        onValue={(name) => change({ name })}
      />
      <Field
        label={t("profiles.duties")}
        hint={t("profiles.duties_hint")}
        value={draft.duties.join(",")}
        error={about("/duties")}
        onValue={(words) => change({ duties: words.split(",") })}
      />
      <Zones
        zones={props.zones}
        chosen={draft.zone_ids}
        error={about("/zone_ids")}
        onChosen={(zone_ids) => change({ zone_ids })}
      />
      <WeekHours
        label={t("profiles.hours")}
        hours={draft.hours}
        error={about("/hours")}
        onHours={(hours) => change({ hours })}
      />
      <Check
        label={t("door_option.skip_public_holidays")}
        checked={draft.skip_public_holidays}
        onValue={(skip_public_holidays) => change({ skip_public_holidays })}
      />
      <Check
        label={t("door_option.skip_school_holidays")}
        checked={draft.skip_school_holidays}
        onValue={(skip_school_holidays) => change({ skip_school_holidays })}
      />
      <button type="submit" aria-busy={action.isBusy}>
        {props.save}
      </button>
    </form>
  );
}
