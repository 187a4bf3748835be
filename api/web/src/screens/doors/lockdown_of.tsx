import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Select } from "../../parts/field";
import { Question } from "../../parts/question";
import { town } from "../../town/api";
import type { Confirmation, Lockdown, Site } from "../../town/types";
import { t } from "../../words";
import { clock, localOf, longDay } from "../../words/dates";
import { isMine } from "./four_eyes";

const kGrounds = ["threat", "intrusion", "accident", "authority_order", "drill"] as const;

interface Props {
  site: Site;
  lockdown: Lockdown;
  confirmations: Confirmation[];
  onDone: () => void;
}

function Begin({ site, onDone }: Props) {
  const action = useAction();
  const [ground, setGround] = useState<string>(kGrounds[0]);
  const begin = () =>
    action.run(async () => {
      await town.put("/api/v1/sites/{id}/lockdown", { path: { id: site.id }, body: { ground } });
      onDone();
    });
  return (
    <Question
      label={t("lockdown.begin", { site: site.name })}
      words={t("lockdown.question")}
      yes={t("lockdown.yes")}
      no={t("question.no")}
      action={action}
      onYes={() => void begin()}
    >
      <Select
        label={t("lockdown.ground")}
        value={ground}
        choices={kGrounds.map((value) => ({ value, label: t(`lockdown_ground.${value}`) }))}
        onValue={setGround}
      />
    </Question>
  );
}

/** Two people end it: one asks, another confirms, then the first one ends it. */
function End({ site, lockdown, confirmations, onDone }: Props) {
  const action = useAction();
  const asked = confirmations.find(
    (confirmation) =>
      confirmation.kind === "lockdown_end" && confirmation.lockdown_id === lockdown.lockdown_id,
  );
  const ask = () =>
    action.run(async () => {
      await town.post("/api/v1/confirmations", {
        body: { kind: "lockdown_end", lockdown_id: lockdown.lockdown_id },
      });
      onDone();
    });
  const end = (confirmation: number) =>
    action.run(async () => {
      await town.post("/api/v1/sites/{id}/lockdown/end", {
        path: { id: site.id },
        body: { confirmation },
      });
      onDone();
    });
  if (!asked) {
    return (
      <Question
        key="ask"
        label={t("lockdown.ask_end", { site: site.name })}
        words={t("lockdown.ask_end_question")}
        yes={t("lockdown.ask_end_yes")}
        no={t("question.no")}
        action={action}
        onYes={() => void ask()}
      />
    );
  }
  if (asked.confirmed_at === null) {
    return <p>{t(isMine(asked) ? "lockdown.waits" : "lockdown.confirm_above")}</p>;
  }
  return isMine(asked) ? (
    <Question
      key="end"
      label={t("lockdown.end", { site: site.name })}
      words={t("lockdown.end_question")}
      yes={t("lockdown.end_yes")}
      no={t("question.no")}
      action={action}
      onYes={() => void end(asked.id)}
    />
  ) : (
    <p>{t("lockdown.other_ends")}</p>
  );
}

/** Whether a site is locked down, and the way into it and out of it. */
export function LockdownOf(props: Props) {
  const { lockdown } = props;
  if (!lockdown.locked_down || lockdown.begun_at === undefined) {
    return <Begin {...props} />;
  }
  const begun = localOf(lockdown.begun_at);
  return (
    <div class="note bad" role="status">
      <p>
        <strong>
          {t("lockdown.holds", { day: longDay(begun), time: clock(begun) })}
          {lockdown.ground && ` ${t(`lockdown_ground.${lockdown.ground}`)}.`}
        </strong>{" "}
        {t("lockdown.means")}
      </p>
      <End {...props} />
    </div>
  );
}
