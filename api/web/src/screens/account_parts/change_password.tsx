import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field } from "../../parts/field";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import { t } from "../../words";

/** Another password, or a first one for who signs in by codes; the other sessions end. */
export function ChangePassword() {
  const action = useAction();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [isDone, setDone] = useState(false);
  const change = () =>
    action.run(async () => {
      setDone(false);
      const given = current === "" ? {} : { current_password: current };
      await town.put("/api/v1/me/password", { body: { ...given, password } });
      setCurrent("");
      setPassword("");
      setDone(true);
    });
  return (
    <details>
      <summary>{t("password.change")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        {isDone && (
          <p class="note good" role="status">
            {t("password.changed")}
          </p>
        )}
        {action.refusal?.code === "wrong_credentials" ? (
          <p class="note bad" role="alert">
            {t("password.wrong_current")}
          </p>
        ) : (
          <Summary refusal={action.refusal} fields={["/current_password", "/password"]} />
        )}
        <Field
          label={t("password.current")}
          hint={t("password.current_hint")}
          type="password"
          autocomplete="current-password"
          value={current}
          error={action.refusal?.about("/current_password")}
          onValue={setCurrent}
        />
        <Field
          label={t("password.new")}
          hint={t("password.hint")}
          type="password"
          autocomplete="new-password"
          required
          value={password}
          error={action.refusal?.about("/password")}
          onValue={setPassword}
        />
        <button type="submit" aria-busy={action.isBusy}>
          {t("password.save")}
        </button>
      </form>
    </details>
  );
}
