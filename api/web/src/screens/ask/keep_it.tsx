import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field } from "../../parts/field";
import { Summary } from "../../parts/summary";
import { bookingOf, type Wish } from "../../planning/wish";
import { kPaths } from "../../paths";
import { town } from "../../town/api";
import { t } from "../../words";
import { today } from "../../words/dates";

/** Instead of a request in somebody's place: the office keeps the slot until a deadline. */
export function KeepIt({ wish }: { wish: Wish }) {
  const { route } = useLocation();
  const action = useAction();
  const [day, setDay] = useState("");
  const [time, setTime] = useState("12:00");
  const keep = () =>
    action.run(async () => {
      await town.post("/api/v1/holds", {
        body: { ...bookingOf(wish), until: `${day}T${time}` },
        key: crypto.randomUUID(),
      });
      route(kPaths.holds);
    });
  return (
    <details>
      <summary>{t("holds.keep")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <p>{t("holds.keep_words")}</p>
        <Summary refusal={action.refusal} fields={["/until"]} />
        <div class="columns">
          <Field
            label={t("holds.keep_day")}
            type="date"
            required
            min={today()}
            max={wish.day}
            value={day}
            error={action.refusal?.about("/until")}
            onValue={setDay}
          />
          <Field
            label={t("holds.keep_time")}
            type="time"
            required
            value={time}
            onValue={setTime}
          />
        </div>
        <button type="submit" class="secondary" aria-busy={action.isBusy}>
          {t("holds.keep_now")}
        </button>
      </form>
    </details>
  );
}
