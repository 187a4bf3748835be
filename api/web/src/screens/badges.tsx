import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Field, Select } from "../parts/field";
import { More, usePages } from "../parts/pages";
import { Proof } from "../parts/proof";
import { Question } from "../parts/question";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town } from "../town/api";
import type { Badge } from "../town/types";
import { t } from "../words";
import { localOf, shortDay } from "../words/dates";
import { DoorSteps } from "./doors/steps";

const kHolders = ["person", "association"] as const;

function Give({ onDone }: { onDone: () => void }) {
  const action = useAction();
  const [number, setNumber] = useState("");
  const [kind, setKind] = useState<string>(kHolders[0]);
  const [holder, setHolder] = useState("");
  const [given, setGiven] = useState<Badge | undefined>();
  const give = () =>
    action.run(async () => {
      setGiven(undefined);
      const body = { number, [`${kind}_id`]: Number(holder) };
      setGiven(await town.post("/api/v1/badges", { body }));
      setNumber("");
      setHolder("");
      onDone();
    });
  const about = (field: string) => action.refusal?.about(field);
  return (
    <details>
      <summary>{t("badges.give")}</summary>
      <Proof of={action} onProved={() => void give()} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void give();
        }}
      >
        {action.refusal?.code !== "proof_needed" && (
          <Summary
            refusal={action.refusal}
            fields={["/number", "/person_id", "/association_id"]}
          />
        )}
        {given && (
          <p class="note good" role="status">
            {t("badges.given", { id: given.id })}
          </p>
        )}
        <Field
          label={t("badges.number")}
          hint={t("badges.number_hint")}
          required
          maxLength={40}
          autocomplete="off"
          value={number}
          error={about("/number")}
          onValue={setNumber}
        />
        <Select
          label={t("badges.holder_kind")}
          value={kind}
          choices={kHolders.map((value) => ({ value, label: t(`badges.to_${value}`) }))}
          onValue={setKind}
        />
        <Field
          label={t("badges.holder")}
          hint={t("badges.holder_hint")}
          inputMode="numeric"
          pattern="[0-9]+"
          required
          value={holder}
          error={about(`/${kind}_id`)}
          onValue={setHolder}
        />
        <button type="submit" aria-busy={action.isBusy}>
          {t("badges.give_now")}
        </button>
      </form>
    </details>
  );
}

function Change({ badge, onDone }: { badge: Badge; onDone: () => void }) {
  const lost = useAction();
  const back = useAction();
  const path = { id: badge.id };
  if (badge.state !== "issued") {
    return null;
  }
  return (
    <>
      <Question
        label={t("badges.lost", { id: badge.id })}
        words={t("badges.lost_question")}
        yes={t("badges.lost_yes")}
        no={t("question.no")}
        action={lost}
        onYes={() =>
          void lost.run(async () => {
            await town.post("/api/v1/badges/{id}/lost", { path });
            onDone();
          })
        }
      />{" "}
      <Question
        label={t("badges.back", { id: badge.id })}
        words={t("badges.back_question")}
        yes={t("badges.back_yes")}
        no={t("question.no")}
        action={back}
        onYes={() =>
          void back.run(async () => {
            await town.post("/api/v1/badges/{id}/return", { path });
            onDone();
          })
        }
      />
    </>
  );
}

function Row({ badge, onDone }: { badge: Badge; onDone: () => void }) {
  return (
    <tr>
      <th scope="row">{t("badges.one", { id: badge.id })}</th>
      <td>{t(`badges.of_${badge.holder_kind}`, { id: badge.holder_id })}</td>
      <td>
        <span class={`state ${badge.state === "issued" ? "approved" : "refused"}`}>
          {t(`badge.${badge.state}`)}
        </span>
      </td>
      <td>{shortDay(localOf(badge.changed_at))}</td>
      <td>
        <Change badge={badge} onDone={onDone} />
      </td>
    </tr>
  );
}

/** Badges: who has one, given, lost, back. Their numbers are shown nowhere. */
export default function Badges() {
  const found = usePages((cursor) => town.get("/api/v1/badges", { query: { cursor } }), []);
  return (
    <Screen title={t("badges.title")} wide>
      <DoorSteps at={kPaths.badges} />
      <Give onDone={found.reload} />
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("badges.nothing")}</Nothing>
          ) : (
            <div class="scroll" role="region" tabIndex={0} aria-label={t("badges.all")}>
              <table class="many">
                <caption>{t("badges.all")}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t("badges.badge")}</th>
                    <th scope="col">{t("badges.holder_kind")}</th>
                    <th scope="col">{t("doors.state")}</th>
                    <th scope="col">{t("badges.since")}</th>
                    <th scope="col">{t("doors.change")}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((badge) => (
                    <Row key={badge.id} badge={badge} onDone={found.reload} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Waiting>
      <More of={found} />
    </Screen>
  );
}
