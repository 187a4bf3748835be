import { useEffect, useRef, useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field, Select } from "../../parts/field";
import { Proof } from "../../parts/proof";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import type { Badge } from "../../town/types";
import { t } from "../../words";
import { daysAfter, instantOf, today } from "../../words/dates";

const kHolders = ["person", "association"] as const;

/** Gives a badge: to anybody, or in the place of one that is lost. */
export function GiveBadge(props: { instead: Badge | undefined; onDone: () => void }) {
  const { instead, onDone } = props;
  const action = useAction();
  const box = useRef<HTMLDetailsElement>(null);
  const [number, setNumber] = useState("");
  const [kind, setKind] = useState<string>(instead?.holder_kind ?? kHolders[0]);
  const [holder, setHolder] = useState(String(instead?.holder_id ?? ""));
  const [until, setUntil] = useState("");
  const [given, setGiven] = useState<Badge | undefined>();
  useEffect(() => {
    if (instead) {
      box.current?.querySelector("input")?.focus();
    }
  }, [instead]);
  const give = () =>
    action.run(async () => {
      setGiven(undefined);
      const body = {
        number,
        [`${kind}_id`]: Number(holder),
        ...(until === "" ? {} : { until: instantOf(`${daysAfter(until, 1)}T00:00`) }),
      };
      setGiven(await town.post("/api/v1/badges", { body }));
      setNumber("");
      setHolder("");
      onDone();
    });
  const about = (field: string) => action.refusal?.about(field);
  return (
    <details open={instead !== undefined} ref={box}>
      <summary>{t("badges.give")}</summary>
      {instead && <p class="note">{t("badges.instead", { id: instead.id })}</p>}
      <Proof of={action} onProved={() => void give()} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void give();
        }}
      >
        {action.refusal?.code !== "proof_needed" && (
          <Summary
            refusal={action.refusal}
            fields={["/number", "/person_id", "/association_id", "/until"]}
          />
        )}
        {given && (
          <p class="note good" role="status">
            {t("badges.given", { id: given.id })}
          </p>
        )}
        <Field
          label={t("badges.number")}
          hint={t("badges.number_hint")}
          required
          maxLength={40}
          autocomplete="off"
          value={number}
          error={about("/number")}
          onValue={setNumber}
        />
        <Select
          label={t("badges.holder_kind")}
          value={kind}
          choices={kHolders.map((value) => ({ value, label: t(`badges.to_${value}`) }))}
          onValue={setKind}
        />
        <Field
          label={t("badges.holder")}
          hint={t("badges.holder_hint")}
          inputMode="numeric"
          pattern="[0-9]+"
          required
          value={holder}
          error={about(`/${kind}_id`)}
          onValue={setHolder}
        />
        <Field
          label={t("closures.last")}
          hint={t("duties.until_hint")}
          type="date"
          min={today()}
          value={until}
          error={about("/until")}
          onValue={setUntil}
        />
        <button type="submit" aria-busy={action.isBusy}>
          {t("badges.give_now")}
        </button>
      </form>
    </details>
  );
}
