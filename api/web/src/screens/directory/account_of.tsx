import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Proof } from "../../parts/proof";
import { Question } from "../../parts/question";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import { rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Person } from "../../town/types";
import { t, type WordKey } from "../../words";

function Invite({ person }: { person: Person }) {
  const action = useAction();
  const [isSent, setSent] = useState(false);
  const invite = () =>
    action.run(async () => {
      await town.post("/api/v1/invitations", {
        body: { person_id: person.id },
        key: crypto.randomUUID(),
      });
      setSent(true);
    });
  if (person.email === null || !person.enabled) {
    return null;
  }
  return (
    <>
      <Proof of={action} onProved={() => void invite()} />
      {action.refusal?.code !== "proof_needed" && <Summary refusal={action.refusal} />}
      {isSent && (
        <p class="note good" role="status">
          {t("people.invited", { email: person.email })}
        </p>
      )}
      <button
        type="button"
        class="secondary small"
        aria-busy={action.isBusy}
        onClick={() => void invite()}
      >
        {t("people.invite")}
      </button>{" "}
    </>
  );
}

/** Something that hurts somebody's account, after a question. */
function Hurts(props: { words: `people.${string}` & WordKey; what: () => Promise<unknown>; onDone: () => void }) {
  const action = useAction();
  const [isDone, setDone] = useState(false);
  const run = () =>
    action.run(async () => {
      await props.what();
      setDone(true);
      props.onDone();
    });
  if (isDone) {
    return (
      <p class="note good" role="status">
        {t(`${props.words}_done` as WordKey)}
      </p>
    );
  }
  return (
    <>
      <Question
        label={t(props.words)}
        words={t(`${props.words}_question` as WordKey)}
        yes={t(`${props.words}_yes` as WordKey)}
        no={t("question.no")}
        action={action}
        onYes={() => void run()}
      />{" "}
    </>
  );
}

/** The account of a person: whether it may be used, how somebody gets into it or out of it. */
export function AccountOf(props: {
  person: Person;
  seen: string | undefined;
  onDone: () => void;
}) {
  const { person, seen, onDone } = props;
  const action = useAction();
  const path = { id: person.id };
  const set = (enabled: boolean) =>
    town.patch("/api/v1/people/{id}", { path, body: { enabled }, seen });
  const enable = () => action.run(() => set(true).then(onDone));
  const isAdministrator = me.value ? rights.administers(me.value) : false;
  return (
    <section>
      <h2>{t("directory.account")}</h2>
      <Invite person={person} />
      {isAdministrator && (
        <>
          <Hurts
            words="people.sign_out"
            what={() => town.remove("/api/v1/people/{id}/sessions", { path })}
            onDone={() => undefined}
          />
          <Hurts
            words="people.no_factor"
            what={() => town.remove("/api/v1/people/{id}/totp", { path })}
            onDone={() => undefined}
          />
        </>
      )}
      {person.enabled ? (
        <Hurts key="disable" words="people.disable" what={() => set(false)} onDone={onDone} />
      ) : (
        <>
          <p class="note">{t("people.is_disabled")}</p>
          <Proof of={action} onProved={() => void enable()} />
          {action.refusal?.code !== "proof_needed" && <Summary refusal={action.refusal} />}
          <button type="button" aria-busy={action.isBusy} onClick={() => void enable()}>
            {t("directory.enable")}
          </button>
        </>
      )}
    </section>
  );
}
