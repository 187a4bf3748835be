import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field } from "../../parts/field";
import { Question } from "../../parts/question";
import { town } from "../../town/api";
import type { Movement } from "../../town/types";
import { t } from "../../words";
import { clock, longDay, today } from "../../words/dates";

/** Announces that somebody leaves the town's service, or takes that back. */
export function Departure(props: {
  person: { id: number; name: string };
  departure: Movement | undefined;
  onDone: () => void;
}) {
  const { person, departure, onDone } = props;
  const action = useAction();
  const [day, setDay] = useState(today());
  const [time, setTime] = useState("18:00");
  const ends = `${day}T${time}`;
  const announce = () =>
    action.run(async () => {
      await town.post("/api/v1/staff/{id}/departure", {
        path: { id: person.id },
        body: { ends },
        key: crypto.randomUUID(),
      });
      onDone();
    });
  const withdraw = (id: number) =>
    action.run(async () => {
      await town.remove("/api/v1/staff/movements/{id}", { path: { id } });
      onDone();
    });
  if (departure) {
    const at = { day: longDay(departure.local_at), time: clock(departure.local_at) };
    return (
      <>
        <p class="note">{t("departure.announced", at)}</p>
        <Question
          key="withdraw"
          label={t("departure.withdraw")}
          words={t("departure.withdraw_question", { name: person.name })}
          yes={t("departure.withdraw_yes")}
          no={t("question.no")}
          action={action}
          onYes={() => void withdraw(departure.id)}
        />
      </>
    );
  }
  return (
    <>
      <div class="columns">
        <Field
          label={t("departure.day")}
          type="date"
          required
          value={day}
          error={action.refusal?.about("/ends")}
          onValue={setDay}
        />
        <Field
          label={t("departure.time")}
          type="time"
          required
          value={time}
          onValue={setTime}
        />
      </div>
      {day !== "" && time !== "" && (
        <Question
          key="announce"
          label={t("departure.announce")}
          words={t("departure.question", {
            name: person.name,
            day: longDay(ends),
            time: clock(ends),
          })}
          yes={t("departure.yes")}
          no={t("question.no")}
          action={action}
          onYes={() => void announce()}
        />
      )}
    </>
  );
}
