import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Check, Select } from "../../parts/field";
import { Question } from "../../parts/question";
import { town } from "../../town/api";
import type { Person } from "../../town/types";
import { t } from "../../words";

const kReasons = [
  "person_request",
  "account_unused",
  "unlawful_processing",
  "legal_obligation",
] as const;

const kEffects = ["account", "name", "association", "backups", "kept"] as const;

/** Erases somebody for good, once it was read what goes and what stays. */
export function Erase({ person, onDone }: { person: Person; onDone: () => void }) {
  const action = useAction();
  const [reason, setReason] = useState<string>(kReasons[0]);
  const [isRead, setRead] = useState(false);
  const erase = () =>
    action.run(async () => {
      await town.post("/api/v1/people/{id}/erase", { path: { id: person.id }, body: { reason } });
      onDone();
    });
  return (
    <section>
      <h2>{t("erase.title")}</h2>
      <ul>
        {kEffects.map((effect) => (
          <li key={effect}>{t(`erase.effect_${effect}`)}</li>
        ))}
      </ul>
      <Select
        label={t("erase.reason")}
        value={reason}
        choices={kReasons.map((value) => ({ value, label: t(`erase_reason.${value}`) }))}
        onValue={setReason}
      />
      <Check label={t("erase.is_read")} checked={isRead} onValue={setRead} />
      {isRead && (
        <Question
          label={t("erase.now", { name: person.name })}
          words={t("erase.question", { name: person.name })}
          yes={t("erase.yes")}
          no={t("question.no")}
          action={action}
          onYes={() => void erase()}
        />
      )}
    </section>
  );
}
