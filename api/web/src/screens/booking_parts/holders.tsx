import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field } from "../../parts/field";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import type { BookingDetails, PassHolder } from "../../town/types";
import { t } from "../../words";

interface Props {
  holder: PassHolder;
  onDone: () => void;
}

function HandOver({ holder, onDone }: Props) {
  const action = useAction();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const hand = () =>
    action.run(async () => {
      const body = {
        ...(name ? { name: name.trim() } : {}),
        ...(email ? { email: email.trim() } : {}),
      };
      await town.put("/api/v1/passes/{id}/holder", { path: { id: holder.pass_id }, body });
      onDone();
    });
  return (
    <details>
      <summary>{t("holders.hand", { number: holder.number })}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void hand();
        }}
      >
        <Summary refusal={action.refusal} fields={["/name", "/email"]} />
        <Field
          label={t("account.name")}
          required
          value={name}
          error={action.refusal?.about("/name")}
          onValue={setName}
        />
        <Field
          label={t("sign_in.email")}
          type="email"
          hint={t("holders.mail_hint")}
          value={email}
          error={action.refusal?.about("/email")}
          onValue={setEmail}
        />
        <button type="submit" aria-busy={action.isBusy}>
          {t("holders.hand_now")}
        </button>
      </form>
    </details>
  );
}

function Row(props: Props) {
  const { holder, onDone } = props;
  const action = useAction();
  const takeBack = () =>
    action.run(async () => {
      await town.remove("/api/v1/passes/{id}/holder", { path: { id: holder.pass_id } });
      onDone();
    });
  return (
    <li>
      <p>
        <strong>{t("pass.number", { number: holder.number })}</strong>{" "}
        {holder.name === "" ? t("holders.nobody") : holder.name}
        {holder.mail !== null && `, ${t("holders.mailed")}`}
      </p>
      <Summary refusal={action.refusal} />
      {holder.name === "" ? (
        <HandOver {...props} />
      ) : (
        <button
          type="button"
          class="secondary small"
          aria-busy={action.isBusy}
          onClick={() => void takeBack()}
        >
          {t("holders.take_back", { number: holder.number })}
        </button>
      )}
    </li>
  );
}

/** Who of an association holds its passes: only its managers see it, never the town. */
export function Holders({ booking, onDone }: { booking: BookingDetails; onDone: () => void }) {
  const path = { id: booking.id };
  const loaded = useTown(
    () => town.get("/api/v1/bookings/{id}/pass-holders", { path }),
    [booking.id],
  );
  const action = useAction();
  const add = () =>
    action.run(async () => {
      await town.post("/api/v1/bookings/{id}/passes", { path, key: crypto.randomUUID() });
      loaded.reload();
      onDone();
    });
  return (
    <section>
      <h2>{t("holders.title")}</h2>
      <p class="quiet">{t("holders.private")}</p>
      <Summary refusal={action.refusal} />
      <Waiting of={loaded}>
        {({ items }) => (
          <>
            <ul class="cards">
              {items.map((holder) => (
                <Row
                  key={`${holder.pass_id} ${holder.name}`}
                  holder={holder}
                  onDone={loaded.reload}
                />
              ))}
            </ul>
            <button
              type="button"
              class="secondary"
              aria-busy={action.isBusy}
              onClick={() => void add()}
            >
              {t("holders.add")}
            </button>
          </>
        )}
      </Waiting>
    </section>
  );
}
