import { useAction } from "../../parts/action";
import { Question } from "../../parts/question";
import { town } from "../../town/api";
import { me } from "../../town/session";
import type { Confirmation } from "../../town/types";
import { t } from "../../words";
import { clock, localOf, shortDay } from "../../words/dates";

/** Asked for, not used, and not over. */
export function isOpen(confirmation: Confirmation, now = new Date()): boolean {
  return confirmation.used_at === null && new Date(confirmation.ends_at) > now;
}

export function isMine(confirmation: Confirmation): boolean {
  return confirmation.asked_by_id === me.value?.id;
}

function subjectOf(confirmation: Confirmation): number {
  return confirmation.key_id ?? confirmation.person_id ?? confirmation.lockdown_id ?? 0;
}

function Confirm(props: { confirmation: Confirmation; onDone: () => void }) {
  const { confirmation, onDone } = props;
  const action = useAction();
  const confirm = () =>
    action.run(async () => {
      await town.post("/api/v1/confirmations/{id}/confirm", { path: { id: confirmation.id } });
      onDone();
    });
  return (
    <Question
      label={t("four_eyes.confirm", { id: confirmation.id })}
      words={t(`four_eyes.question_${confirmation.kind}`, { n: subjectOf(confirmation) })}
      yes={t("four_eyes.yes")}
      no={t("question.no")}
      action={action}
      onYes={() => void confirm()}
    />
  );
}

/** What one person asked for and another has to want as well. */
export function FourEyes(props: { confirmations: Confirmation[]; onDone: () => void }) {
  const { confirmations, onDone } = props;
  if (confirmations.length === 0) {
    return null;
  }
  return (
    <section>
      <h2>{t("four_eyes.title")}</h2>
      <ul class="cards">
        {confirmations.map((confirmation) => {
          const ends = localOf(confirmation.ends_at);
          return (
            <li key={confirmation.id}>
              <p>
                <strong>
                  {t(`four_eyes.${confirmation.kind}`, { n: subjectOf(confirmation) })}
                </strong>{" "}
                {t("four_eyes.until", { day: shortDay(ends), time: clock(ends) })}
              </p>
              {confirmation.confirmed_at !== null ? (
                <p>{t("four_eyes.confirmed")}</p>
              ) : isMine(confirmation) ? (
                <p>{t("four_eyes.waits")}</p>
              ) : (
                <Confirm confirmation={confirmation} onDone={onDone} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
