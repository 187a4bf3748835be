import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field } from "../../parts/field";
import { Question } from "../../parts/question";
import { Summary } from "../../parts/summary";
import { Unfold } from "../../parts/unfold";
import { town } from "../../town/api";
import type { AccessProfile, Duty } from "../../town/types";
import { t } from "../../words";
import { longDay, today } from "../../words/dates";

interface Whose {
  id: number;
  name: string;
}

/** The profiles that a duty opens: those with the very same word. */
function opens(word: string, profiles: readonly AccessProfile[]): string[] {
  return profiles.filter(({ duties }) => duties.includes(word)).map(({ name }) => name);
}

function One(props: { duty: Duty; name: string; profiles: readonly AccessProfile[]; onDone: () => void }) {
  const { duty, name, profiles, onDone } = props;
  const action = useAction();
  const found = opens(duty.word, profiles);
  const isOver = duty.until_date !== null && duty.until_date < today();
  const isAhead = duty.from_date > today();
  const remove = () =>
    action.run(async () => {
      await town.remove("/api/v1/duties/{id}", { path: { id: duty.id } });
      onDone();
    });
  return (
    <li>
      <p>
        <strong>{duty.word}</strong>{" "}
        <span class={`state ${isOver ? "cancelled" : isAhead ? "pending" : "approved"}`}>
          {t(isOver ? "duties.over" : isAhead ? "duties.ahead" : "duties.runs")}
        </span>
      </p>
      <p>
        {duty.until_date === null
          ? t("duties.since", { from: longDay(duty.from_date) })
          : t("closures.span", { from: longDay(duty.from_date), until: longDay(duty.until_date) })}
      </p>
      <p>
        {found.length === 0
          ? t("duties.opens_nothing")
          : t("duties.opens", { profiles: found.join(", ") })}
      </p>
      <Question
        label={t("duties.remove", { word: duty.word, name })}
        words={t("duties.remove_question", { name })}
        yes={t("duties.remove_yes")}
        no={t("question.no")}
        action={action}
        onYes={() => void remove()}
      />
    </li>
  );
}

function Give(props: { person: Whose; words: readonly string[]; onDone: () => void }) {
  const { person, words, onDone } = props;
  const action = useAction();
  const [word, setWord] = useState("");
  const [from, setFrom] = useState(today());
  const [until, setUntil] = useState("");
  const about = (field: string) => action.refusal?.about(field);
  const list = `duties-${person.id}`;
  const give = () =>
    action.run(async () => {
      const body = {
        person_id: person.id,
        word,
        from_date: from,
        ...(until === "" ? {} : { until_date: until }),
      };
      await town.post("/api/v1/duties", { body, key: crypto.randomUUID() });
      onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <Summary refusal={action.refusal} fields={["/word", "/from_date", "/until_date"]} />
      <Field
        label={t("duties.word")}
        hint={t("duties.word_hint")}
        list={list}
        required
        maxLength={200}
        autocomplete="off"
        value={word}
        error={about("/word")}
        onValue={setWord}
      />
      <datalist id={list}>
        {words.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <div class="columns">
        <Field
          label={t("closures.first")}
          type="date"
          required
          value={from}
          error={about("/from_date")}
          onValue={setFrom}
        />
        <Field
          label={t("closures.last")}
          hint={t("duties.until_hint")}
          type="date"
          min={from}
          value={until}
          error={about("/until_date")}
          onValue={setUntil}
        />
      </div>
      <button type="submit" aria-busy={action.isBusy}>
        {t("duties.give_now")}
      </button>
    </form>
  );
}

/** What somebody is there for, which doors that opens, and until when. */
export function DutiesOf(props: {
  person: Whose;
  duties: readonly Duty[];
  profiles: readonly AccessProfile[];
  onDone: () => void;
}) {
  const { person, duties, profiles, onDone } = props;
  const words = [...new Set(profiles.flatMap((profile) => profile.duties))];
  return (
    <>
      {duties.length === 0 ? (
        <p class="quiet">{t("duties.none")}</p>
      ) : (
        <ul class="plain-list">
          {duties.map((duty) => (
            <One key={duty.id} duty={duty} name={person.name} profiles={profiles} onDone={onDone} />
          ))}
        </ul>
      )}
      <Unfold key={duties.length} label={t("duties.give", { name: person.name })}>
        {() => <Give person={person} words={words} onDone={onDone} />}
      </Unfold>
    </>
  );
}
