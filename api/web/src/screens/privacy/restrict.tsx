import { useAction } from "../../parts/action";
import { Question } from "../../parts/question";
import { town } from "../../town/api";
import type { Person } from "../../town/types";
import { t } from "../../words";

/** Keeps somebody's data out of everybody's sight but data protection's, or ends that. */
export function Restrict({ person, onDone }: { person: Person; onDone: () => void }) {
  const action = useAction();
  const begin = !person.restricted;
  const step = begin ? "begin" : "end";
  const set = () =>
    action.run(async () => {
      await town.put("/api/v1/people/{id}/restriction", {
        path: { id: person.id },
        body: { restricted: begin },
      });
      onDone();
    });
  return (
    <section>
      <h2>{t("restrict.title")}</h2>
      <p>
        <span class={`state ${begin ? "approved" : "pending"}`}>
          {t(begin ? "restrict.is_off" : "restrict.is_on")}
        </span>
      </p>
      <Question
        key={step}
        label={t(`restrict.${step}`)}
        words={t(`restrict.${step}_question`)}
        yes={t(`restrict.${step}_yes`)}
        no={t("question.no")}
        action={action}
        onYes={() => void set()}
      />
    </section>
  );
}
