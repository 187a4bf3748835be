import { Check, Field, Select } from "../../parts/field";
import type { Round } from "../../town/types";
import { t } from "../../words";
import { daysAfter, today } from "../../words/dates";

/** Those that need nothing but a weight; groups of associations come with the town's file. */
const kKinds = ["every_wish", "preference", "people", "fill", "continuity", "first_wish"] as const;
const kMost = 20;

export interface Criterion {
  kind: string;
  text: string;
  weight: number;
  group_id?: number;
}

export interface RoundDraft {
  name: string;
  wishes_from: string;
  wishes_until: string;
  season_first: string;
  season_last: string;
  skip_public_holidays: boolean;
  skip_school_holidays: boolean;
}

/** A criterion of a group keeps its group, which only the file of the town makes. */
function kindsOf(criterion: Criterion): readonly ((typeof kKinds)[number] | "group")[] {
  return criterion.kind === "group" ? ["group"] : kKinds;
}

type Dates = "wishes_from" | "wishes_until" | "season_first" | "season_last";
const kDates: readonly Dates[] = ["wishes_from", "wishes_until", "season_first", "season_last"];
const kFields = ["/name", ...kDates.map((name) => `/${name}`)];

export function firstDraft(): RoundDraft {
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

/** A round as its form holds it. */
export function draftOf(round: Round): RoundDraft {
  return {
    name: round.name,
    wishes_from: round.wishes_from,
    wishes_until: round.wishes_until,
    season_first: round.season_first,
    season_last: round.season_last,
    skip_public_holidays: round.skip_public_holidays,
    skip_school_holidays: round.skip_school_holidays,
  };
}

export function criteriaOf(round: Round): Criterion[] {
  return round.criteria.map(({ kind, text, weight, group_id }) => ({
    kind,
    text,
    weight,
    ...(group_id === null ? {} : { group_id }),
  }));
}

/** What of a round is changed: all of a draft; of an opened one its name and last day for wishes. */
export function editOf(round: Round, draft: RoundDraft, criteria: readonly Criterion[]) {
  return round.status === "draft"
    ? { ...draft, criteria }
    : { name: draft.name, wishes_until: draft.wishes_until };
}

export type About = (field: string) => string | undefined;

export function Facts(props: {
  draft: RoundDraft;
  about: About;
  onChange: (part: Partial<RoundDraft>) => void;
}) {
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

/** What counts, and how much: groups of associations stay what they are. */
export function Criteria(props: {
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
            choices={kindsOf(criterion).map((value) => ({
              value,
              label: t(`criterion.${value}`),
            }))}
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

/** What these fields show beside themselves when it is refused. */
export function fieldsOf(criteria: readonly Criterion[]): string[] {
  return [...kFields, ...ofCriteria(criteria)];
}

function ofCriteria(criteria: readonly Criterion[]): string[] {
  return criteria.flatMap((_, at) =>
    ["kind", "text", "weight"].map((name) => `/criteria/${at}/${name}`),
  );
}

