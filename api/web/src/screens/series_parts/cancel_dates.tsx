import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Select, TextArea } from "../../parts/field";
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
import { RefusedDates } from "./refused_dates";
import { ScopeChoice } from "./scope_choice";

interface Props {
  series: Series;
  seen: string | undefined;
  onDone: (words: WordKey) => void;
}

function Reason(props: {
  grounds: readonly Ground[];
  reason: string;
  text: string;
  about: (field: string) => string | undefined;
  onChange: (part: { reason?: string; text?: string }) => void;
}) {
  const { grounds, reason, text, about, onChange } = props;
  return (
    <>
      <Select
        label={t("series_cancel.reason")}
        value={reason}
        error={about("/reason")}
        choices={[
          { value: "", label: t("series_cancel.no_reason") },
          ...grounds.map(({ code, label }) => ({ value: code, label })),
        ]}
        onValue={(value) => onChange({ reason: value })}
      />
      <TextArea
        label={t("series_cancel.text")}
        required={grounds.find(({ code }) => code === reason)?.text_needed ?? false}
        value={text}
        error={about("/text")}
        onValue={(value) => onChange({ text: value })}
      />
    </>
  );
}

function Form({ series, seen, onDone, grounds }: Props & { grounds: readonly Ground[] }) {
  const dates = datesAhead(series, new Date().toISOString());
  const [scoped, setScoped] = useState<Scoped>({ scope: "this", date: dates[0]!.date });
  const [words, setWords] = useState({ reason: "", text: "" });
  const action = useAction();
  const chosen = inScope(dates, scoped);
  const cancel = () =>
    action.run(async () => {
      const text = words.text.trim();
      const body = {
        ...wordsOf(scoped),
        ...(words.reason === "" ? {} : { reason: words.reason }),
        ...(text === "" ? {} : { text }),
      };
      await town.post("/api/v1/series/{id}/cancel", { path: { id: series.id }, seen, body });
      onDone("series_cancel.done");
    });
  return (
    <>
      <ScopeChoice name="cancelled" dates={dates} scoped={scoped} onChange={setScoped} />
      <Reason
        grounds={grounds}
        {...words}
        about={(field) => action.refusal?.about(field)}
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
