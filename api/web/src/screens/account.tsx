import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Field } from "../parts/field";
import { Question } from "../parts/question";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Refused, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside } from "../town/rights";
import { me, signOut } from "../town/session";
import type { Me } from "../town/types";
import { t } from "../words";
import { clock, localOf, shortDay } from "../words/dates";
import { ChangePassword } from "./account_parts/change_password";

/** Links an authenticator app: its secret, the first code, then the recovery codes, once. */
function Enrolment(props: { onDone: (codes: string[]) => void }) {
  const action = useAction();
  const [secret, setSecret] = useState<{ secret: string; otpauth_uri: string } | undefined>();
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const needsProof = action.refusal?.code === "proof_needed";
  const begin = () =>
    action.run(async () => {
      if (needsProof) {
        await town.post("/api/v1/sessions/current/proof", { body: { password } });
      }
      setSecret(await town.post("/api/v1/me/totp"));
    });
  const confirm = () =>
    action.run(async () => {
      const answer = await town.post("/api/v1/me/totp/confirm", {
        body: { code: code.replace(/\s/g, "") },
      });
      props.onDone(answer.recovery_codes);
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void (secret ? confirm() : begin());
      }}
    >
      <Summary refusal={action.refusal} />
      {needsProof && (
        <Field
          label={t("sign_in.password")}
          type="password"
          autocomplete="current-password"
          required
          value={password}
          onValue={setPassword}
        />
      )}
      {secret && (
        <>
          <ol>
            <li>{t("enrol.step_app")}</li>
            <li>
              {t("enrol.step_secret")}{" "}
              <code class="secret">{secret.secret.replace(/(.{4})/g, "$1 ").trim()}</code>{" "}
              <a href={secret.otpauth_uri}>{t("enrol.open_app")}</a>
            </li>
            <li>{t("enrol.step_code")}</li>
          </ol>
          <Field
            label={t("enrol.code")}
            inputMode="numeric"
            autocomplete="one-time-code"
            required
            value={code}
            onValue={setCode}
          />
        </>
      )}
      <button type="submit" aria-busy={action.isBusy}>
        {secret ? t("enrol.confirm") : t("enrol.begin")}
      </button>
    </form>
  );
}

function RecoveryCodes(props: { codes: string[] }) {
  return (
    <div class="note" role="status">
      <p>{t("enrol.done")}</p>
      <ul class="codes">
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <button type="button" class="secondary" onClick={() => window.print()}>
        {t("print")}
      </button>{" "}
      <a class="button" href={kPaths.home}>
        {t("enrol.go_on")}
      </a>
    </div>
  );
}

/** Other recovery codes, where the list was lost or seen by somebody. */
function RenewCodes({ onDone }: { onDone: (codes: string[]) => void }) {
  const action = useAction();
  const renew = () =>
    action.run(async () => {
      onDone((await town.post("/api/v1/me/recovery-codes")).recovery_codes);
    });
  return (
    <Question
      label={t("recovery.renew")}
      words={t("recovery.question")}
      yes={t("recovery.yes")}
      no={t("recovery.no")}
      action={action}
      onYes={() => void renew()}
    />
  );
}

function SecondFactor(props: { person: Me }) {
  const [codes, setCodes] = useState<string[] | undefined>();
  const done = (given: string[]) => {
    setCodes(given);
    me.value = { ...props.person, second_factor: "on" };
  };
  return (
    <section>
      <h2>{t("enrol.title")}</h2>
      {codes ? (
        <RecoveryCodes codes={codes} />
      ) : props.person.second_factor === "on" ? (
        <>
          <p>{t("enrol.is_on")}</p>
          <RenewCodes onDone={setCodes} />
        </>
      ) : (
        <>
          <p>{t(props.person.second_factor === "must_enrol" ? "enrol.must" : "enrol.may")}</p>
          <Enrolment onDone={done} />
        </>
      )}
    </section>
  );
}

function Sessions() {
  const loaded = useTown(() => town.get("/api/v1/me/sessions"), []);
  const action = useAction();
  const end = (id: number) =>
    action.run(async () => {
      await town.remove("/api/v1/me/sessions/{id}", { path: { id } });
      loaded.reload();
    });
  return (
    <section>
      <h2>{t("sessions.title")}</h2>
      <Summary refusal={action.refusal} />
      <Waiting of={loaded}>
        {({ items }) => (
          <ul class="plain-list">
            {items.map((session) => {
              const seen = localOf(session.seen_at);
              return (
                <li key={session.id}>
                  <span>
                    {t(`device.${session.device}`)},{" "}
                    {t("sessions.seen", { day: shortDay(seen), time: clock(seen) })}
                  </span>
                  {session.current ? (
                    <strong>{t("sessions.this")}</strong>
                  ) : (
                    <button
                      type="button"
                      class="secondary small"
                      onClick={() => void end(session.id)}
                    >
                      {t("sessions.end")}
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </Waiting>
    </section>
  );
}

export default function Account() {
  const { route } = useLocation();
  const action = useAction();
  const person = me.value;
  if (!person) {
    return (
      <Screen title={t("account.title")}>
        <Refused refusal={new Refusal({ status: 401 })} />
      </Screen>
    );
  }
  const leave = () =>
    action.run(async () => {
      await signOut();
      route(kPaths.home);
    });
  return (
    <Screen title={t("account.title")}>
      <dl>
        <dt>{t("account.name")}</dt>
        <dd>{person.name}</dd>
        <dt>{t("sign_in.email")}</dt>
        <dd>{person.email}</dd>
        {person.associations.length > 0 && (
          <>
            <dt>{t("account.associations")}</dt>
            <dd>{person.associations.map((association) => association.name).join(", ")}</dd>
          </>
        )}
      </dl>
      <Summary refusal={action.refusal} />
      <button
        type="button"
        class="secondary"
        aria-busy={action.isBusy}
        onClick={() => void leave()}
      >
        {t("account.sign_out")}
      </button>
      {isInside(person) && (
        <ul>
          {person.associations.length > 0 && (
            <li>
              <a href={kPaths.members}>{t("members.title")}</a>
            </li>
          )}
          <li>
            <a href={kPaths.papers}>{t("papers.title")}</a>
          </li>
          <li>
            <a href={kPaths.myData}>{t("account.my_data")}</a>
          </li>
          <li>
            <a href={kPaths.feeds}>{t("feeds.title")}</a>
          </li>
          <li>
            <a href={kPaths.tokens}>{t("tokens.title")}</a>
          </li>
        </ul>
      )}
      <SecondFactor person={person} />
      <ChangePassword />
      <Sessions />
    </Screen>
  );
}
