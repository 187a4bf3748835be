import { useState } from "preact/hooks";

import { town } from "../town/api";
import { me } from "../town/session";
import { t } from "../words";
import { useAction, type Action } from "./action";
import { factorOf } from "./factor";
import { Field } from "./field";
import { Summary } from "./summary";

/** Above what was refused because the town wants to know anew who is at the screen: asks, and goes on. */
export function Proof(props: { of: Action; onProved: () => void }) {
  const action = useAction();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  if (props.of.refusal?.code !== "proof_needed") {
    return null;
  }
  const prove = () =>
    action.run(async () => {
      await town.post("/api/v1/sessions/current/proof", {
        body: { password, ...factorOf(code) },
      });
      setPassword("");
      setCode("");
      props.onProved();
    });
  return (
    <form
      class="note"
      onSubmit={(event) => {
        event.preventDefault();
        void prove();
      }}
    >
      <p>{t("proof.words")}</p>
      <Summary refusal={action.refusal} />
      <Field
        label={t("sign_in.password")}
        type="password"
        autocomplete="current-password"
        autoFocus
        required
        value={password}
        onValue={setPassword}
      />
      {me.value?.second_factor === "on" && (
        <Field
          label={t("sign_in.factor")}
          hint={t("sign_in.factor_hint")}
          autocomplete="one-time-code"
          required
          value={code}
          onValue={setCode}
        />
      )}
      <button type="submit" aria-busy={action.isBusy}>
        {t("proof.now")}
      </button>
    </form>
  );
}
