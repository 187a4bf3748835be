import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field } from "../../parts/field";
import { Proof } from "../../parts/proof";
import { Question } from "../../parts/question";
import { Summary } from "../../parts/summary";
import { town, type Answer } from "../../town/api";
import type { DoorAgent } from "../../town/types";
import { t } from "../../words";
import { clock, localOf, longDay } from "../../words/dates";

type Code = Answer<"/api/v1/door-agents/{id}/enrolment-code", "post">;

interface Props {
  agent: DoorAgent;
  onDone: () => void;
}

/** As somebody reads it out or types it: groups, blanks and capitals do not matter. */
export function fingerprintOf(text: string): string {
  return text.toLowerCase().replace(/[\s:-]/g, "");
}

const kEnrol = "creneau-door-agent enrol";

function configurationOf({ agent, town_id }: Code): string {
  return `name = "${agent}", town_id = ${town_id}, [town] url = "${location.origin}"`;
}

/** What the installer has to know at the board; it prints on one page. */
function Sheet({ code }: { code: Code }) {
  const ends = localOf(code.expires_at);
  return (
    <div class="note good" role="status">
      <p>
        <strong>{t("enrolment.code")}</strong> <code class="secret">{code.code}</code>
      </p>
      <p>{t("enrolment.serves", { time: clock(ends) })}</p>
      <ol>
        <li>
          {t("enrolment.step_config")}{" "}
          <code>{configurationOf(code)}</code>
        </li>
        <li>
          {t("enrolment.step_type")} <code>{kEnrol}</code>
        </li>
        <li>{t("enrolment.step_tell")}</li>
      </ol>
      <button type="button" class="secondary small no-print" onClick={() => window.print()}>
        {t("print")}
      </button>
    </div>
  );
}

/** Somebody reads the fingerprint at the board itself: what is shown here could be another board's. */
function Confirm({ agent, onDone }: Props) {
  const action = useAction();
  const [fingerprint, setFingerprint] = useState("");
  const confirm = () =>
    action.run(async () => {
      await town.post("/api/v1/door-agents/{id}/confirm", {
        path: { id: agent.id },
        body: { fingerprint: fingerprintOf(fingerprint) },
      });
      onDone();
    });
  const at = localOf(agent.offered_at ?? "");
  return (
    <>
      <Proof of={action} onProved={() => void confirm()} />
      <form
        class="no-print"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <p>{t("enrolment.offered", { day: longDay(at), time: clock(at) })}</p>
        {action.refusal?.code !== "proof_needed" && (
          <Summary refusal={action.refusal} fields={["/fingerprint"]} />
        )}
        <Field
          label={t("enrolment.fingerprint", { agent: agent.key })}
          hint={t("enrolment.fingerprint_hint")}
          autocomplete="off"
          spellcheck={false}
          required
          value={fingerprint}
          error={action.refusal?.about("/fingerprint")}
          onValue={setFingerprint}
        />
        <button type="submit" aria-busy={action.isBusy}>
          {t("enrolment.confirm", { agent: agent.key })}
        </button>
      </form>
    </>
  );
}

function Revoke({ agent, onDone }: Props) {
  const action = useAction();
  const revoke = () =>
    action.run(async () => {
      await town.post("/api/v1/door-agents/{id}/revoke", { path: { id: agent.id } });
      onDone();
    });
  return (
    <Question
      label={t("enrolment.revoke", { agent: agent.key })}
      words={t("enrolment.revoke_question")}
      yes={t("enrolment.revoke_yes")}
      no={t("question.no")}
      action={action}
      onYes={() => void revoke()}
    />
  );
}

/** How a board becomes the one that answers for its doors: a code, its fingerprint, and out again. */
export function Enrolment({ agent, onDone }: Props) {
  const action = useAction();
  const [code, setCode] = useState<Code | undefined>(undefined);
  const isFirst = agent.state === "unknown" || agent.state === "revoked";
  const make = () =>
    action.run(async () => {
      setCode(
        await town.post("/api/v1/door-agents/{id}/enrolment-code", { path: { id: agent.id } }),
      );
      onDone();
    });
  const done = () => {
    setCode(undefined);
    onDone();
  };
  return (
    <>
      {code !== undefined && agent.offered_at === null && <Sheet code={code} />}
      {agent.offered_at !== null && <Confirm agent={agent} onDone={done} />}
      <Proof of={action} onProved={() => void make()} />
      {action.refusal?.code !== "proof_needed" && <Summary refusal={action.refusal} />}
      <p class="no-print">
        <button
          type="button"
          class="secondary small"
          aria-busy={action.isBusy}
          onClick={() => void make()}
        >
          {t(isFirst ? "enrolment.make" : "enrolment.make_other", { agent: agent.key })}
        </button>
      </p>
      {agent.state !== "unknown" && agent.state !== "revoked" && (
        <Revoke agent={agent} onDone={done} />
      )}
    </>
  );
}
