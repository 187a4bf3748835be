import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Summary } from "../../parts/summary";
import { mayBeRetried } from "../../planning/series_edit";
import { town } from "../../town/api";
import type { Series } from "../../town/types";
import { t, type WordKey } from "../../words";
import { shortDay, today } from "../../words/dates";
import { Reasons, RefusedDates } from "./refused_dates";

interface Props {
  series: Series;
  seen: string | undefined;
  mayRetry: boolean;
  onDone: (words: WordKey) => void;
}

type MissedDate = Series["missed"][number];

function Row(props: {
  missed: MissedDate;
  isOpen: boolean;
  isChosen: boolean;
  onToggle: () => void;
}) {
  const day = t("series.missed_on", { day: shortDay(props.missed.date) });
  return (
    <li>
      {props.isOpen ? (
        <label class="check">
          <input type="checkbox" checked={props.isChosen} onChange={props.onToggle} />
          {day}
        </label>
      ) : (
        day
      )}{" "}
      <Reasons errors={props.missed.errors} />
    </li>
  );
}

/** Dates that did not make it, with why; those still to come are asked for again. */
export function Missed({ series, seen, mayRetry, onDone }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const action = useAction();
  const open = series.missed.filter((missed) => mayRetry && mayBeRetried(missed, today()));
  const toggle = (date: string) =>
    setChosen(chosen.includes(date) ? chosen.filter((one) => one !== date) : [...chosen, date]);
  const retry = () =>
    action.run(async () => {
      const body = chosen.length === 0 ? {} : { dates: [...chosen].sort() };
      const key = crypto.randomUUID();
      await town.post("/api/v1/series/{id}/retry", { path: { id: series.id }, seen, key, body });
      onDone("retry.done");
    });
  return (
    <section>
      <h2>{t("series.missed")}</h2>
      {action.refusal && action.refusal.dates.length > 0 && <p>{t("retry.none")}</p>}
      <Summary refusal={action.refusal} />
      <RefusedDates refusal={action.refusal} />
      {open.length > 0 && <p>{t("retry.words")}</p>}
      <ul class="plain-list">
        {series.missed.map((missed) => (
          <Row
            key={missed.date}
            missed={missed}
            isOpen={open.includes(missed)}
            isChosen={chosen.includes(missed.date)}
            onToggle={() => toggle(missed.date)}
          />
        ))}
      </ul>
      {open.length > 0 && (
        <button
          type="button"
          class="small"
          aria-busy={action.isBusy}
          onClick={() => void retry()}
        >
          {t("retry.now")}
        </button>
      )}
    </section>
  );
}
