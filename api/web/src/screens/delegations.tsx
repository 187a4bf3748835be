import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { ChoosePerson, type Chosen } from "../parts/choose_person";
import { Field, Select } from "../parts/field";
import { More, usePages } from "../parts/pages";
import { Proof } from "../parts/proof";
import { Question } from "../parts/question";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { Delegation, Site } from "../town/types";
import { t } from "../words";
import { daysAfter, longDay, today } from "../words/dates";
import { DeskSteps } from "./desk/steps";

const kFields = ["/delegate_id", "/from", "/until", "/site_id"];
const kWholeTown = "";

function Give({ sites, onDone }: { sites: readonly Site[]; onDone: () => void }) {
  const action = useAction();
  const [delegate, setDelegate] = useState<Chosen | undefined>();
  const [from, setFrom] = useState(today());
  const [until, setUntil] = useState(daysAfter(today(), 7));
  const [site, setSite] = useState(kWholeTown);
  const about = (field: string) => action.refusal?.about(field);
  const give = () =>
    action.run(async () => {
      const body = {
        ...(delegate ? { delegate_id: delegate.id } : {}),
        ...(site === kWholeTown ? {} : { site_id: Number(site) }),
        from,
        until,
      };
      await town.post("/api/v1/delegations", { body, key: crypto.randomUUID() });
      onDone();
    });
  return (
    <details>
      <summary>{t("delegations.give")}</summary>
      <Proof of={action} onProved={() => void give()} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void give();
        }}
      >
        {action.refusal?.code !== "proof_needed" && (
          <Summary refusal={action.refusal} fields={kFields} />
        )}
        <ChoosePerson
          label={t("delegations.to")}
          error={about("/delegate_id")}
          chosen={delegate}
          onChosen={setDelegate}
        />
        <div class="columns">
          <Field
            label={t("closures.first")}
            type="date"
            required
            min={today()}
            value={from}
            error={about("/from")}
            onValue={setFrom}
          />
          <Field
            label={t("closures.last")}
            type="date"
            required
            min={from}
            value={until}
            error={about("/until")}
            onValue={setUntil}
          />
          <Select
            label={t("roles.where")}
            value={site}
            error={about("/site_id")}
            choices={[
              { value: kWholeTown, label: t("roles.town") },
              ...sites.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onValue={setSite}
          />
        </div>
        <button type="submit" disabled={!delegate} aria-busy={action.isBusy}>
          {t("delegations.give_now")}
        </button>
      </form>
    </details>
  );
}

function Row(props: { delegation: Delegation; sites: readonly Site[]; onDone: () => void }) {
  const { delegation, sites, onDone } = props;
  const action = useAction();
  const isOver = delegation.ended_at !== null || delegation.until < today();
  const site = sites.find(({ id }) => id === delegation.site_id);
  const end = () =>
    action.run(async () => {
      await town.remove("/api/v1/delegations/{id}", { path: { id: delegation.id } });
      onDone();
    });
  return (
    <li>
      <p>
        <strong>
          {t("delegations.of", {
            delegate: delegation.delegate_name,
            delegator: delegation.delegator_name,
          })}
        </strong>{" "}
        <span class={`state ${delegation.stands ? "approved" : isOver ? "cancelled" : "pending"}`}>
          {t(delegation.stands ? "delegations.stands" : isOver ? "delegations.over" : "delegations.ahead")}
        </span>
      </p>
      <p>
        {t("closures.span", { from: longDay(delegation.from), until: longDay(delegation.until) })},{" "}
        {delegation.site_id === null ? t("roles.town") : (site?.name ?? delegation.site_id)}
      </p>
      {delegation.stands && delegation.delegate_id === me.value?.id && (
        <p>
          <a href={kPaths.inbox}>{t("delegations.decide")}</a>
        </p>
      )}
      {!isOver && (
        <Question
          label={t("delegations.end", { delegate: delegation.delegate_name })}
          words={t("delegations.end_question")}
          yes={t("delegations.end_yes")}
          no={t("question.no")}
          action={action}
          onYes={() => void end()}
        />
      )}
    </li>
  );
}

/** Who decides in whose place: those that one gave or has; the office's whole list. */
export default function Delegations() {
  const sites = useTown(() => town.get("/api/v1/sites"), []);
  const found = usePages((cursor) => town.get("/api/v1/delegations", { query: { cursor } }), []);
  const [given, setGiven] = useState(0);
  const mayGive = isInside(me.value) && rights.decides(me.value);
  const done = () => {
    setGiven(given + 1);
    found.reload();
  };
  return (
    <Screen title={t("delegations.title")}>
      <DeskSteps at={kPaths.delegations} />
      <p>{t("delegations.words")}</p>
      <Waiting of={sites}>
        {({ items: places }) => (
          <>
            {mayGive && <Give key={given} sites={places} onDone={done} />}
            <Waiting of={found}>
              {({ items }) =>
                items.length === 0 ? (
                  <Nothing>{t("delegations.nothing")}</Nothing>
                ) : (
                  <ul class="cards">
                    {items.map((delegation) => (
                      <Row
                        key={delegation.id}
                        delegation={delegation}
                        sites={places}
                        onDone={found.reload}
                      />
                    ))}
                  </ul>
                )
              }
            </Waiting>
          </>
        )}
      </Waiting>
      <More of={found} />
    </Screen>
  );
}
