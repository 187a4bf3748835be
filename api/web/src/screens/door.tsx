import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Check, Field, Select } from "../parts/field";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { WeekHours } from "../parts/week_hours";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { DoorOptions } from "../town/types";
import { t } from "../words";

const kNumbers = ["longer_unlock_ms", "held_open_s", "pre_alarm_s", "passback_min"] as const;
const kChecks = [
  "passes_when_expired",
  "high_assurance",
  "free_after_first",
  "skip_public_holidays",
  "skip_school_holidays",
] as const;
const kRelocks = ["on_closing", "on_opening", "after_time"] as const;
const kPassbacks = ["off", "soft", "hard"] as const;
const kFields = [...kNumbers, "free_access"].map((name) => `/${name}`);

interface Props {
  options: DoorOptions;
  seen: string | undefined;
  onDone: () => void;
}

type Change = (part: Partial<DoorOptions>) => void;

function Behaviour(props: {
  options: DoorOptions;
  about: (name: string) => string | undefined;
  onChange: Change;
}) {
  const { options, about, onChange } = props;
  return (
    <>
      <div class="columns">
        {kNumbers.map((name) => (
          <Field
            key={name}
            label={t(`door_option.${name}`)}
            type="number"
            min={0}
            required
            value={String(options[name])}
            error={about(`/${name}`)}
            onValue={(value) => onChange({ [name]: Number(value) })}
          />
        ))}
      </div>
      <div class="columns">
        <Select
          label={t("door_option.relock")}
          value={options.relock}
          choices={kRelocks.map((value) => ({ value, label: t(`relock.${value}`) }))}
          onValue={(relock) => onChange({ relock: relock as DoorOptions["relock"] })}
        />
        <Select
          label={t("door_option.passback")}
          value={options.passback}
          choices={kPassbacks.map((value) => ({ value, label: t(`passback.${value}`) }))}
          onValue={(passback) => onChange({ passback: passback as DoorOptions["passback"] })}
        />
      </div>
      <WeekHours
        label={t("door_option.free_access")}
        hours={options.free_access}
        error={about("/free_access")}
        onHours={(free_access) => onChange({ free_access })}
      />
      {kChecks.map((name) => (
        <Check
          key={name}
          label={t(`door_option.${name}`)}
          checked={options[name]}
          onValue={(checked) => onChange({ [name]: checked })}
        />
      ))}
    </>
  );
}

function Form({ options: before, seen, onDone }: Props) {
  const action = useAction();
  const [options, setOptions] = useState(before);
  const [isSaved, setSaved] = useState(false);
  const mayChange = isInside(me.value) && rights.keepsDoors(me.value);
  const save = () =>
    action.run(async () => {
      setSaved(false);
      const { door_id: id, unlock_ms: _, ...body } = options;
      await town.put("/api/v1/doors/{id}/options", { path: { id }, body, seen });
      setSaved(true);
      onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Summary refusal={action.refusal} fields={kFields} />
      {isSaved && (
        <p class="note good" role="status">
          {t("door_option.saved")}
        </p>
      )}
      <fieldset disabled={!mayChange}>
        <Behaviour
          options={options}
          about={(name) => action.refusal?.about(name)}
          onChange={(part) => setOptions({ ...options, ...part })}
        />
      </fieldset>
      {mayChange && (
        <button type="submit" aria-busy={action.isBusy}>
          {t("directory.save")}
        </button>
      )}
    </form>
  );
}

async function nameOf(id: string): Promise<string> {
  const { items } = await town.get("/api/v1/doors", { query: { limit: 100 } });
  return items.find((door) => String(door.id) === id)?.name ?? id;
}

/** How a door behaves, and when it stands open to everybody. */
export default function DoorPage() {
  const { params } = useRoute();
  const id = params["id"] ?? "0";
  const name = useTown(() => nameOf(id), [id]);
  const loaded = useTown(() => town.read("/api/v1/doors/{id}/options", { path: { id } }), [id]);
  const door = name.resource.state === "ready" ? name.resource.value : id;
  return (
    <Screen title={t("door_option.title", { door })}>
      <p>
        <a href={kPaths.doors}>{t("doors.title")}</a>
      </p>
      <Waiting of={loaded}>
        {({ body, etag }) => (
          <>
            <p>{t("door_option.unlock", { n: body.unlock_ms / 1000 })}</p>
            <Form options={body} seen={etag} onDone={loaded.reload} />
          </>
        )}
      </Waiting>
    </Screen>
  );
}
