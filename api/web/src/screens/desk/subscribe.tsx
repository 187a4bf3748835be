import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Check, Field, Select } from "../../parts/field";
import { Proof } from "../../parts/proof";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import type { Room, Site } from "../../town/types";
import { t } from "../../words";

export interface Estate {
  sites: Site[];
  rooms: Room[];
}

const kChanges = ["requested", "approved", "refused", "cancelled", "moved"] as const;
const kFields = ["/service", "/email", "/changes", "/daily_at", "/site_id", "/room_id"];
const kWholeTown = "town";

interface Order {
  service: string;
  email: string;
  place: string; // "town", "site 3" or "room 7"
  rhythm: string;
  at: string;
  changes: readonly string[];
  alarms: boolean;
}

const kFirst: Order = {
  service: "",
  email: "",
  place: kWholeTown,
  rhythm: "at_once",
  at: "07:00",
  changes: ["approved", "cancelled", "moved"],
  alarms: false,
};

function bodyOf({ service, email, place, rhythm, at, changes, alarms }: Order) {
  const [what, id] = place.split(" ");
  return {
    service,
    email,
    rhythm,
    changes,
    alarms,
    ...(rhythm === "daily" ? { daily_at: at } : {}),
    ...(id === undefined ? {} : { [`${what}_id`]: Number(id) }),
  };
}

type Change = (part: Partial<Order>) => void;
type About = (field: string) => string | undefined;

function Who({ order, about, onChange }: { order: Order; about: About; onChange: Change }) {
  return (
    <>
      <Field
        label={t("subscriptions.service")}
        required
        maxLength={200}
        value={order.service}
        error={about("/service")}
        onValue={(service) => onChange({ service })}
      />
      <Field
        label={t("sign_in.email")}
        type="email"
        required
        maxLength={254}
        value={order.email}
        error={about("/email")}
        onValue={(email) => onChange({ email })}
      />
    </>
  );
}

function What({ order, about, onChange }: { order: Order; about: About; onChange: Change }) {
  const toggle = (change: string, isWanted: boolean) =>
    onChange({
      changes: isWanted
        ? [...order.changes, change]
        : order.changes.filter((other) => other !== change),
    });
  return (
    <fieldset>
      <legend>{t("subscriptions.changes")}</legend>
      {about("/changes") && <p class="note bad">{about("/changes")}</p>}
      {kChanges.map((change) => (
        <Check
          key={change}
          label={t(`change.${change}`)}
          checked={order.changes.includes(change)}
          onValue={(isWanted) => toggle(change, isWanted)}
        />
      ))}
      <Check
        label={t("subscriptions.alarms")}
        checked={order.alarms}
        onValue={(alarms) => onChange({ alarms })}
      />
    </fieldset>
  );
}

function When({ order, about, onChange }: { order: Order; about: About; onChange: Change }) {
  return (
    <>
      <Select
        label={t("subscriptions.rhythm")}
        value={order.rhythm}
        choices={[
          { value: "at_once", label: t("rhythm.at_once") },
          { value: "daily", label: t("rhythm.daily") },
        ]}
        onValue={(rhythm) => onChange({ rhythm })}
      />
      {order.rhythm === "daily" && (
        <Field
          label={t("subscriptions.at")}
          type="time"
          required
          value={order.at}
          error={about("/daily_at")}
          onValue={(at) => onChange({ at })}
        />
      )}
    </>
  );
}

/** A service is told from now on: of which rooms, of what, and how often. */
export function Subscribe({ estate, onDone }: { estate: Estate; onDone: () => void }) {
  const action = useAction();
  const [order, setOrder] = useState(kFirst);
  const change: Change = (part) => setOrder({ ...order, ...part });
  const about: About = (field) => action.refusal?.about(field);
  const subscribe = () =>
    action.run(async () => {
      await town.post("/api/v1/subscriptions", {
        body: bodyOf(order),
        key: crypto.randomUUID(),
      });
      onDone();
    });
  const part = { order, about, onChange: change };
  return (
    <details>
      <summary>{t("subscriptions.new")}</summary>
      <Proof of={action} onProved={() => void subscribe()} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void subscribe();
        }}
      >
        {action.refusal?.code !== "proof_needed" && (
          <Summary refusal={action.refusal} fields={kFields} />
        )}
        <Who {...part} />
        <Select
          label={t("roles.where")}
          value={order.place}
          error={about("/site_id") ?? about("/room_id")}
          choices={[
            { value: kWholeTown, label: t("roles.town") },
            ...estate.sites.map(({ id, name }) => ({
              value: `site ${id}`,
              label: t("closures.whole", { site: name }),
            })),
            ...estate.rooms.map(({ id, name }) => ({ value: `room ${id}`, label: name })),
          ]}
          onValue={(place) => change({ place })}
        />
        <What {...part} />
        <When {...part} />
        <button type="submit" aria-busy={action.isBusy}>
          {t("subscriptions.make")}
        </button>
      </form>
    </details>
  );
}
