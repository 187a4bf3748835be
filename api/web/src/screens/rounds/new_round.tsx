import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Check, Field, Select } from "../../parts/field";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import { t } from "../../words";
import { daysAfter, today } from "../../words/dates";

/** Those that need nothing but a weight; groups of associations come with the town's file. */
const kKinds = ["every_wish", "preference", "people", "fill", "continuity", "first_wish"] as const;
const kMost = 20;

interface Criterion {
  kind: string;
  text: string;
  weight: number;
}

interface Draft {
  name: string;
  wishes_from: string;
  wishes_until: string;
  season_first: string;
  season_last: string;
  skip_public_holidays: boolean;
  skip_school_holidays: boolean;
}

type Dates = "wishes_from" | "wishes_until" | "season_first" | "season_last";
const kDates: readonly Dates[] = ["wishes_from", "wishes_until", "season_first", "season_last"];
const kFields = ["/name", ...kDates.map((name) => `/${name}`)];

function firstDraft(): Draft {
  const from = today();
  return {
    name: "",
    wishes_from: from,
    wishes_until: daysAfter(from, 30),
    season_first: daysAfter(from, 60),
    season_last: daysAfter(from, 60 + 300),
    skip_public_holidays: true,
    skip_school_holidays: false,
  };
}

type About = (field: string) => string | undefined;

function Facts(props: { draft: Draft; about: About; onChange: (part: Partial<Draft>) => void }) {
  const { draft, about, onChange } = props;
  return (
    <>
      <Field
        label={t("round.name")}
        hint={t("round.name_hint")}
        required
        maxLength={200}
        value={draft.name}
        error={about("/name")}
        onValue={(name) => onChange({ name })}
      />
      <div class="columns">
        {kDates.map((name) => (
          <Field
            key={name}
            label={t(`round.${name}`)}
            type="date"
            required
            value={draft[name]}
            error={about(`/${name}`)}
            onValue={(day) => onChange({ [name]: day })}
          />
        ))}
      </div>
      <Check
        label={t("round.skip_public_holidays")}
        checked={draft.skip_public_holidays}
        onValue={(skip_public_holidays) => onChange({ skip_public_holidays })}
      />
      <Check
        label={t("round.skip_school_holidays")}
        checked={draft.skip_school_holidays}
        onValue={(skip_school_holidays) => onChange({ skip_school_holidays })}
      />
    </>
  );
}

function Criteria(props: {
  criteria: readonly Criterion[];
  about: About;
  onCriteria: (criteria: Criterion[]) => void;
}) {
  const { criteria, about, onCriteria } = props;
  const change = (at: number, part: Partial<Criterion>) =>
    onCriteria(criteria.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return (
    <fieldset>
      <legend>{t("round.criteria")}</legend>
      {criteria.map((criterion, at) => (
        <div key={at} class="columns">
          <Select
            label={t("criterion.kind")}
            value={criterion.kind}
            error={about(`/criteria/${at}/kind`)}
            choices={kKinds.map((value) => ({ value, label: t(`criterion.${value}`) }))}
            onValue={(kind) => change(at, { kind })}
          />
          <Field
            label={t("criterion.text")}
            hint={t("criterion.text_hint")}
            required
            maxLength={500}
            value={criterion.text}
            error={about(`/criteria/${at}/text`)}
            onValue={(text) => change(at, { text })}
          />
          <Field
            label={t("criterion.weight")}
            type="number"
            min={1}
            max={100}
            required
            value={String(criterion.weight)}
            error={about(`/criteria/${at}/weight`)}
            onValue={(weight) => change(at, { weight: Number(weight) })}
          />
          {criteria.length > 1 && (
            <button
              type="button"
              class="secondary small"
              onClick={() => onCriteria(criteria.filter((_, index) => index !== at))}
            >
              {t("criterion.remove", { n: at + 1 })}
            </button>
          )}
        </div>
      ))}
      {criteria.length < kMost && (
        <button
          type="button"
          class="secondary small"
          onClick={() => onCriteria([...criteria, { kind: "preference", text: "", weight: 10 }])}
        >
          {t("criterion.add")}
        </button>
      )}
    </fieldset>
  );
}

function fieldsOf(criteria: readonly Criterion[]): string[] {
  return criteria.flatMap((_, at) =>
    ["kind", "text", "weight"].map((name) => `/criteria/${at}/${name}`),
  );
}

/** Prepares a round: nobody else sees it until it is opened. */
export function NewRound({ onMade }: { onMade: (id: number) => void }) {
  const action = useAction();
  const [draft, setDraft] = useState(firstDraft);
  const [criteria, setCriteria] = useState<Criterion[]>([
    { kind: "every_wish", text: t("criterion.first_text"), weight: 40 },
  ]);
  const about: About = (field) => action.refusal?.about(field);
  const make = () =>
    action.run(async () => {
      const round = await town.post("/api/v1/rounds", {
        body: { ...draft, criteria },
        key: crypto.randomUUID(),
      });
      onMade(round.id);
    });
  return (
    <details>
      <summary>{t("round.new")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Summary refusal={action.refusal} fields={[...kFields, ...fieldsOf(criteria)]} />
        <Facts
          draft={draft}
          about={about}
          onChange={(part) => setDraft({ ...draft, ...part })}
        />
        <Criteria criteria={criteria} about={about} onCriteria={setCriteria} />
        <button type="submit" aria-busy={action.isBusy}>
          {t("round.prepare")}
        </button>
      </form>
    </details>
  );
}
