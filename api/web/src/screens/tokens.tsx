import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Check, Field } from "../parts/field";
import { Proof } from "../parts/proof";
import { Question } from "../parts/question";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Refused, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside } from "../town/rights";
import { me } from "../town/session";
import type { AccessToken } from "../town/types";
import { t, type WordKey } from "../words";
import { daysAfter, localOf, longDay, shortDay, today } from "../words/dates";

const kScopes = ["schedule:read", "bookings:read", "bookings:write"] as const;
const kUsualDays = 365;

function wordsOf(scope: string): string {
  return t(`scope.${scope.replace(":", "_")}` as WordKey) || scope;
}

function Row({ token, onDone }: { token: AccessToken; onDone: () => void }) {
  const action = useAction();
  const end = () =>
    action.run(async () => {
      await town.remove("/api/v1/me/tokens/{id}", { path: { id: token.id } });
      onDone();
    });
  return (
    <li>
      <p>
        <strong>{token.name}</strong>: {token.scopes.map(wordsOf).join(", ")}
      </p>
      <p>
        {t("tokens.until", { day: longDay(localOf(token.expires_at)) })}{" "}
        {token.last_used_at === null
          ? t("tokens.unused")
          : t("tokens.used", { day: shortDay(localOf(token.last_used_at)) })}
      </p>
      <Question
        label={t("tokens.end", { name: token.name })}
        words={t("tokens.end_question")}
        yes={t("tokens.end_yes")}
        no={t("cancel.no")}
        action={action}
        onYes={() => void end()}
      />
    </li>
  );
}

function Make({ onDone }: { onDone: () => void }) {
  const action = useAction();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [last, setLast] = useState(daysAfter(today(), kUsualDays));
  const [token, setToken] = useState<string | undefined>();
  const make = () =>
    action.run(async () => {
      const body = { name: name.trim(), scopes, expires_at: `${last}T00:00:00Z` };
      setToken((await town.post("/api/v1/me/tokens", { body })).token);
      onDone();
    });
  const set = (scope: string, isWanted: boolean) =>
    setScopes(isWanted ? [...scopes, scope] : scopes.filter((other) => other !== scope));
  return (
    <>
      <Proof of={action} onProved={() => void make()} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        {action.refusal?.code !== "proof_needed" && (
          <Summary refusal={action.refusal} fields={["/name", "/expires_at"]} />
        )}
        <Field
          label={t("tokens.name")}
          hint={t("tokens.name_hint")}
          required
          maxLength={120}
          autocomplete="off"
          value={name}
          error={action.refusal?.about("/name")}
          onValue={setName}
        />
        <fieldset>
          <legend>{t("tokens.may")}</legend>
          {kScopes.map((scope) => (
            <Check
              key={scope}
              label={wordsOf(scope)}
              checked={scopes.includes(scope)}
              onValue={(isWanted) => set(scope, isWanted)}
            />
          ))}
        </fieldset>
        <Field
          label={t("tokens.last")}
          type="date"
          required
          min={today()}
          value={last}
          error={action.refusal?.about("/expires_at")}
          onValue={setLast}
        />
        <button type="submit" aria-busy={action.isBusy}>
          {t("tokens.make")}
        </button>
        {token && (
          <div class="note good" role="status">
            <p>{t("tokens.once")}</p>
            <p>
              <code class="secret">{token}</code>
            </p>
          </div>
        )}
      </form>
    </>
  );
}

/** What programs may do in somebody's name, each with an end. */
export default function Tokens() {
  const person = me.value;
  const loaded = useTown(() => town.get("/api/v1/me/tokens"), [person?.id]);
  return (
    <Screen title={t("tokens.title")}>
      {isInside(person) ? (
        <>
          <p>{t("tokens.words")}</p>
          <Make onDone={loaded.reload} />
          <h2>{t("tokens.mine")}</h2>
          <Waiting of={loaded}>
            {({ items }) =>
              items.length === 0 ? (
                <Nothing>{t("tokens.nothing")}</Nothing>
              ) : (
                <ul class="cards">
                  {items.map((token) => (
                    <Row key={token.id} token={token} onDone={loaded.reload} />
                  ))}
                </ul>
              )
            }
          </Waiting>
        </>
      ) : (
        <Refused refusal={new Refusal({ status: 401 })} />
      )}
    </Screen>
  );
}
