import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Question } from "../../parts/question";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { datesAhead, inScope, wordsOf, type Scoped } from "../../planning/series_edit";
import { town } from "../../town/api";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Ground, Series } from "../../town/types";
import { t, tn, type WordKey } from "../../words";
import { shortDay, span } from "../../words/dates";
import { CancelReason, firstReason, type ReasonWords } from "../booking_parts/cancel_reason";
import { RefusedDates } from "./refused_dates";
import { ScopeChoice } from "./scope_choice";

interface Props {
  series: Series;
  seen: string | undefined;
  onDone: (words: WordKey) => void;
}

function Form({ series, seen, onDone, grounds }: Props & { grounds: readonly Ground[] }) {
  const dates = datesAhead(series, new Date().toISOString());
  const [scoped, setScoped] = useState<Scoped>({ scope: "this", date: dates[0]!.date });
  const [words, setWords] = useState<ReasonWords>(() => firstReason(grounds));
  const action = useAction();
  const chosen = inScope(dates, scoped);
  const cancel = () =>
    action.run(async () => {
      const body = { ...wordsOf(scoped), ...words };
      await town.post("/api/v1/series/{id}/cancel", { path: { id: series.id }, seen, body });
      onDone("series_cancel.done");
    });
  return (
    <>
      <ScopeChoice name="cancelled" dates={dates} scoped={scoped} onChange={setScoped} />
      <CancelReason
        grounds={grounds}
        words={words}
        refusal={action.refusal}
        onChange={(part) => setWords({ ...words, ...part })}
      />
      <p>{tn("series_cancel.counts", chosen.length)}</p>
      <ul>
        {chosen.map(({ date, start, end }) => (
          <li key={date}>
            {shortDay(start)}, {span(start, end)}
          </li>
        ))}
      </ul>
      <RefusedDates refusal={action.refusal} />
      <Question
        label={t("series_cancel.ask")}
        words={t("series_cancel.question")}
        yes={t("series_cancel.yes")}
        no={t("cancel.no")}
        action={action}
        onYes={() => void cancel()}
      />
    </>
  );
}

/** Gives up one date, those from one on, or all that are to come. */
export function CancelDates(props: Props) {
  const isOffice = isInside(me.value) && rights.decides(me.value);
  const loaded = useTown(() => town.get("/api/v1/grounds"), []);
  return (
    <Waiting of={loaded}>
      {({ cancellation }) => (
        <Form
          {...props}
          grounds={cancellation.filter(({ office_only }) => isOffice || !office_only)}
        />
      )}
    </Waiting>
  );
}
