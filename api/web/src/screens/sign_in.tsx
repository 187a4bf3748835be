import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { factorOf } from "../parts/factor";
import { Field } from "../parts/field";
import { Screen } from "../parts/screen";
import { Summary } from "../parts/summary";
import { kPaths, wantedPath, withQuery } from "../paths";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { welcome } from "../town/session";
import { t } from "../words";

type Way = "password" | "mail";

function useSignIn() {
  const { query, route } = useLocation();
  const action = useAction();
  const [needsFactor, setNeedsFactor] = useState(false);
  const enter = (body: Record<string, string>) =>
    action.run(async () => {
      try {
        const person = await town.post("/api/v1/sessions", { body });
        await welcome(person);
        route(person.second_factor === "must_enrol" ? kPaths.account : wantedPath(query["to"]));
      } catch (cause) {
        if (cause instanceof Refusal && cause.code === "second_factor_required" && !needsFactor) {
          setNeedsFactor(true);
          return;
        }
        throw cause;
      }
    });
  return { action, needsFactor, enter };
}

function ByPassword() {
  const { action, needsFactor, enter } = useSignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void enter({ email: email.trim(), password, ...factorOf(code) });
      }}
    >
      <Summary refusal={action.refusal} />
      <Field
        label={t("sign_in.email")}
        type="email"
        autocomplete="username"
        required
        value={email}
        onValue={setEmail}
      />
      <Field
        label={t("sign_in.password")}
        type="password"
        autocomplete="current-password"
        required
        value={password}
        onValue={setPassword}
      />
      {needsFactor && (
        <Field
          label={t("sign_in.factor")}
          hint={t("sign_in.factor_hint")}
          autocomplete="one-time-code"
          autoFocus
          required
          value={code}
          onValue={setCode}
        />
      )}
      <button type="submit" aria-busy={action.isBusy}>
        {t("sign_in.enter")}
      </button>
    </form>
  );
}

function ByMail() {
  const { action, enter } = useSignIn();
  const [email, setEmail] = useState("");
  const [code, setCode] = useState("");
  const [isSent, setSent] = useState(false);
  const send = () =>
    action.run(async () => {
      await town.post("/api/v1/sessions/codes", { body: { email: email.trim() } });
      setSent(true);
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void (isSent ? enter({ email: email.trim(), code: code.replace(/\s/g, "") }) : send());
      }}
    >
      <Summary refusal={action.refusal} />
      <Field
        label={t("sign_in.email")}
        type="email"
        autocomplete="username"
        required
        value={email}
        onValue={setEmail}
      />
      {isSent && (
        <>
          <p role="status">{t("sign_in.code_sent")}</p>
          <Field
            label={t("sign_in.code")}
            inputMode="numeric"
            autocomplete="one-time-code"
            autoFocus
            required
            value={code}
            onValue={setCode}
          />
        </>
      )}
      <button type="submit" aria-busy={action.isBusy}>
        {isSent ? t("sign_in.enter") : t("sign_in.send_code")}
      </button>
    </form>
  );
}

export default function SignIn() {
  const [way, setWay] = useState<Way>("password");
  const other = way === "password" ? "mail" : "password";
  return (
    <Screen title={t("sign_in.title")}>
      {way === "password" ? <ByPassword /> : <ByMail />}
      <button type="button" class="plain" onClick={() => setWay(other)}>
        {t(`sign_in.by_${other}`)}
      </button>
      <ul>
        <li>
          <a href={kPaths.password}>{t("password.have_code")}</a>
        </li>
        <li>
          <a href={withQuery(kPaths.password, { for: "reset" })}>{t("password.forgotten")}</a>
        </li>
      </ul>
    </Screen>
  );
}
