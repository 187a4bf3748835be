import { Select } from "../../parts/field";
import type { Occurrence, Scope, Scoped } from "../../planning/series_edit";
import { t } from "../../words";
import { longDay } from "../../words/dates";

const kScopes: readonly Scope[] = ["this", "following", "all"];

/** One date, from one on, or all; and from which. */
export function ScopeChoice(props: {
  dates: readonly Occurrence[];
  scoped: Scoped;
  name: string;
  onChange: (scoped: Scoped) => void;
}) {
  const { dates, scoped, name, onChange } = props;
  return (
    <fieldset>
      <legend>{t("scope.title")}</legend>
      {kScopes.map((scope) => (
        <label key={scope} class="check">
          <input
            type="radio"
            name={name}
            checked={scoped.scope === scope}
            onChange={() => onChange({ ...scoped, scope })}
          />
          {t(`scope.${scope}`)}
        </label>
      ))}
      {scoped.scope !== "all" && (
        <Select
          label={t("scope.date")}
          required
          value={scoped.date}
          choices={dates.map(({ date, start }) => ({ value: date, label: longDay(start) }))}
          onValue={(date) => onChange({ ...scoped, date })}
        />
      )}
    </fieldset>
  );
}
