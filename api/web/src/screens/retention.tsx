import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Field } from "../parts/field";
import { Proof } from "../parts/proof";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { Unfold } from "../parts/unfold";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { Retention } from "../town/types";
import { t, tn } from "../words";
import { PrivacySteps } from "./privacy/steps";

function Change({ period, onDone }: { period: Retention; onDone: () => void }) {
  const action = useAction();
  const [months, setMonths] = useState(String(period.months));
  const [decision, setDecision] = useState(period.decision);
  const about = (field: string) => action.refusal?.about(field);
  const save = () =>
    action.run(async () => {
      const body = { kind: period.kind, months: Number(months), decision };
      await town.put("/api/v1/retention", { body });
      onDone();
    });
  return (
    <>
      <Proof of={action} onProved={() => void save()} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {action.refusal?.code !== "proof_needed" && (
          <Summary refusal={action.refusal} fields={["/months", "/decision"]} />
        )}
        <Field
          label={t("retention.months")}
          hint={t("retention.bounds", { least: period.least_months, most: period.most_months })}
          type="number"
          min={period.least_months}
          max={period.most_months}
          required
          value={months}
          error={about("/months")}
          onValue={setMonths}
        />
        <Field
          label={t("retention.decision")}
          hint={t("retention.decision_hint")}
          required
          maxLength={200}
          autocomplete="off"
          value={decision}
          error={about("/decision")}
          onValue={setDecision}
        />
        <button type="submit" aria-busy={action.isBusy}>
          {t("directory.save")}
        </button>
      </form>
    </>
  );
}

function Row({ period, onDone }: { period: Retention; onDone: () => void }) {
  const mayChange = isInside(me.value) && rights.administers(me.value);
  const name = t(`retention_kind.${period.kind}`);
  return (
    <li>
      <h2>{name}</h2>
      <dl>
        <dt>{t("retention.kept")}</dt>
        <dd>{tn("retention.for", period.months)}</dd>
        <dt>{t("retention.decision")}</dt>
        <dd>{period.decision || tn("retention.usual", period.usual_months)}</dd>
      </dl>
      {mayChange && (
        <Unfold label={t("retention.change", { name })}>
          {() => <Change period={period} onDone={onDone} />}
        </Unfold>
      )}
    </li>
  );
}

/** For how long what is kept, and which decision of the council says so. */
export default function RetentionPeriods() {
  const loaded = useTown(() => town.get("/api/v1/retention"), []);
  const [saved, setSaved] = useState("");
  const done = (kind: Retention["kind"]) => {
    setSaved(t(`retention_kind.${kind}`));
    loaded.reload();
  };
  return (
    <Screen title={t("retention.title")}>
      <PrivacySteps at={kPaths.retention} />
      <p>{t("retention.words")}</p>
      <div role="status">
        {saved !== "" && <p class="note good">{t("retention.saved", { name: saved })}</p>}
      </div>
      <Waiting of={loaded}>
        {({ items }) => (
          <ul class="cards">
            {items.map((period) => (
              <Row
                key={`${period.kind} ${period.months} ${period.decision}`}
                period={period}
                onDone={() => done(period.kind)}
              />
            ))}
          </ul>
        )}
      </Waiting>
    </Screen>
  );
}
