import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import { t } from "../../words";
import { Criteria, Facts, fieldsOf, firstDraft, type About, type Criterion } from "./round_fields";

/** Prepares a round: nobody else sees it until it is opened. */
export function NewRound({ onMade }: { onMade: (id: number) => void }) {
  const action = useAction();
  const [draft, setDraft] = useState(firstDraft);
  const [criteria, setCriteria] = useState<Criterion[]>([
    { kind: "every_wish", text: t("criterion.first_text"), weight: 40 },
  ]);
  const about: About = (field) => action.refusal?.about(field);
  const make = () =>
    action.run(async () => {
      const round = await town.post("/api/v1/rounds", {
        body: { ...draft, criteria },
        key: crypto.randomUUID(),
      });
      onMade(round.id);
    });
  return (
    <details>
      <summary>{t("round.new")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Summary refusal={action.refusal} fields={fieldsOf(criteria)} />
        <Facts
          draft={draft}
          about={about}
          onChange={(part) => setDraft({ ...draft, ...part })}
        />
        <Criteria criteria={criteria} about={about} onCriteria={setCriteria} />
        <button type="submit" aria-busy={action.isBusy}>
          {t("round.prepare")}
        </button>
      </form>
    </details>
  );
}
