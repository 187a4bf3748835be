import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Select } from "../../parts/field";
import { Proof } from "../../parts/proof";
import { Question } from "../../parts/question";
import { useTown } from "../../parts/resource";
import { Nothing, Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import type { GivenRole, Person } from "../../town/types";
import { t } from "../../words";
import { localOf, shortDay } from "../../words/dates";

type Role = GivenRole["role"];
type Scope = GivenRole["scope"];

const kScopes: Record<Role, readonly Scope[]> = {
  booker: ["town"],
  office: ["town", "site", "room"],
  stage_manager: ["town", "site", "room"],
  administrator: ["town"],
  access_administrator: ["town", "site"],
  human_resources: ["town", "department"],
  data_protection: ["town"],
};
const kRoles = Object.keys(kScopes) as Role[];
const kWholeTown = "town";

/** Where a role may hold, as a choice: the whole town, or "site 2". */
async function places(role: Role): Promise<{ value: string; label: string }[]> {
  const lists: Record<Exclude<Scope, "town">, () => Promise<{ id: number; name: string }[]>> = {
    site: async () => (await town.get("/api/v1/sites")).items,
    room: async () => (await town.get("/api/v1/rooms")).items,
    department: async () =>
      (await town.get("/api/v1/departments", { query: { limit: 100 } })).items,
  };
  const found = await Promise.all(
    kScopes[role].map(async (scope) =>
      scope === "town"
        ? [{ value: kWholeTown, label: t("roles.town") }]
        : (await lists[scope]()).map(({ id, name }) => ({
            value: `${scope} ${id}`,
            label: t(`roles.of_${scope}`, { name }),
          })),
    ),
  );
  return found.flat();
}

function scopeOf(place: string): { scope?: string; scope_id?: number } {
  const [scope, id] = place.split(" ");
  return id === undefined ? {} : { scope: scope!, scope_id: Number(id) };
}

function wordsOf(role: GivenRole): string {
  const where =
    role.scope === "town"
      ? t("roles.town")
      : t(`roles.of_${role.scope}`, { name: role.scope_name });
  return `${t(`role.${role.role}`)}, ${where}`;
}

function Given({ role, onDone }: { role: GivenRole; onDone: () => void }) {
  const action = useAction();
  const withdraw = () =>
    action.run(async () => {
      await town.remove("/api/v1/roles/{id}", { path: { id: role.id } });
      onDone();
    });
  return (
    <li>
      <span>
        {wordsOf(role)}
        {role.given_at !== null &&
          `, ${t("roles.since", { day: shortDay(localOf(role.given_at)) })}`}
      </span>
      <Question
        label={t("roles.withdraw", { role: wordsOf(role) })}
        words={t("roles.withdraw_question")}
        yes={t("roles.withdraw_yes")}
        no={t("question.no")}
        action={action}
        onYes={() => void withdraw()}
      />
    </li>
  );
}

function Give({ person, onDone }: { person: Person; onDone: () => void }) {
  const action = useAction();
  const [role, setRole] = useState<Role>("office");
  const [place, setPlace] = useState(kWholeTown);
  const found = useTown(() => places(role), [role]);
  const choices = found.resource.state === "ready" ? found.resource.value : [];
  const give = () =>
    action.run(async () => {
      await town.post("/api/v1/roles", {
        body: { person_id: person.id, role, ...scopeOf(place) },
      });
      onDone();
    });
  return (
    <details>
      <summary>{t("roles.give")}</summary>
      <Proof of={action} onProved={() => void give()} />
      {action.refusal?.code !== "proof_needed" && <Summary refusal={action.refusal} />}
      <form
        class="columns"
        onSubmit={(event) => {
          event.preventDefault();
          void give();
        }}
      >
        <Select
          label={t("roles.role")}
          value={role}
          choices={kRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
          onValue={(value) => {
            setRole(value as Role);
            setPlace(kWholeTown);
          }}
        />
        <Select
          label={t("roles.where")}
          value={place}
          choices={choices}
          onValue={setPlace}
        />
        <button type="submit" aria-busy={action.isBusy}>
          {t("roles.give_now")}
        </button>
      </form>
    </details>
  );
}

/** What somebody does for the town and where, given and taken by administrators. */
export function RolesOf({ person, onDone }: { person: Person; onDone: () => void }) {
  const loaded = useTown(
    () => town.get("/api/v1/roles", { query: { person: person.id, limit: 100 } }),
    [person.id],
  );
  const done = () => {
    loaded.reload();
    onDone();
  };
  return (
    <section>
      <h2>{t("directory.roles")}</h2>
      <Waiting of={loaded}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("roles.nothing")}</Nothing>
          ) : (
            <ul class="plain-list">
              {items.map((role) => (
                <Given key={role.id} role={role} onDone={done} />
              ))}
            </ul>
          )
        }
      </Waiting>
      <Give person={person} onDone={done} />
    </section>
  );
}
