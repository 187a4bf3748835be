import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Field } from "../parts/field";
import { Screen } from "../parts/screen";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { t } from "../words";

const kFields = ["/email", "/code", "/password"];

/** The code of a mail, and the password that it is for: of an invitation, or of a reset. */
function TakePassword(props: { isReset: boolean; email: string; onDone: () => void }) {
  const action = useAction();
  const [email, setEmail] = useState(props.email);
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const about = (field: string) => action.refusal?.about(field);
  const take = () =>
    action.run(async () => {
      const body = { email: email.trim(), code: code.trim(), password };
      await (props.isReset
        ? town.post("/api/v1/password-resets/accept", { body })
        : town.post("/api/v1/invitations/accept", { body }));
      props.onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void take();
      }}
    >
      {action.refusal?.status === 401 ? (
        <p class="note bad" role="alert">
          {t("password.wrong_code")}
        </p>
      ) : (
        <Summary refusal={action.refusal} fields={kFields} />
      )}
      <Field
        label={t("sign_in.email")}
        type="email"
        autocomplete="username"
        required
        value={email}
        error={about("/email")}
        onValue={setEmail}
      />
      <Field
        label={t("password.code")}
        hint={t("password.code_hint")}
        autocomplete="one-time-code"
        spellcheck={false}
        required
        value={code}
        error={about("/code")}
        onValue={setCode}
      />
      <Field
        label={t("password.new")}
        hint={t("password.hint")}
        type="password"
        autocomplete="new-password"
        required
        value={password}
        error={about("/password")}
        onValue={setPassword}
      />
      <button type="submit" aria-busy={action.isBusy}>
        {t("password.save")}
      </button>
    </form>
  );
}

/** Whoever forgot theirs is mailed a code; whether the address is known is not said. */
function AskForCode(props: { onSent: (email: string) => void }) {
  const action = useAction();
  const [email, setEmail] = useState("");
  const ask = () =>
    action.run(async () => {
      await town.post("/api/v1/password-resets", { body: { email: email.trim() } });
      props.onSent(email.trim());
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <p>{t("password.ask_words")}</p>
      <Summary refusal={action.refusal} fields={["/email"]} />
      <Field
        label={t("sign_in.email")}
        type="email"
        autocomplete="username"
        required
        value={email}
        error={action.refusal?.about("/email")}
        onValue={setEmail}
      />
      <button type="submit" aria-busy={action.isBusy}>
        {t("sign_in.send_code")}
      </button>
    </form>
  );
}

/** A password by a code from a mail: the first one, or another one for who forgot theirs. */
export default function Password() {
  const { query } = useLocation();
  const isReset = query["for"] === "reset";
  const [sentTo, setSentTo] = useState<string | undefined>(undefined);
  const [isDone, setDone] = useState(false);
  return (
    <Screen title={t(isReset ? "password.forgotten" : "password.open")}>
      {isDone ? (
        <>
          <p class="note good" role="status">
            {t("password.done")}
          </p>
          <a class="button" href={kPaths.signIn}>
            {t("sign_in.title")}
          </a>
        </>
      ) : isReset && sentTo === undefined ? (
        <AskForCode onSent={setSentTo} />
      ) : (
        <>
          <p role="status">{t(isReset ? "sign_in.code_sent" : "password.open_words")}</p>
          <TakePassword isReset={isReset} email={sentTo ?? ""} onDone={() => setDone(true)} />
        </>
      )}
    </Screen>
  );
}
