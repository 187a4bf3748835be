import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field, Select } from "../../parts/field";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import { Refusal } from "../../town/refusal";
import { rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Department, Movement, Person, StaffMember } from "../../town/types";
import { t } from "../../words";
import { today } from "../../words/dates";
import { Departure } from "./departure";

interface Known {
  member: StaffMember | undefined;
  departments: Department[];
  departure: Movement | undefined;
}

async function memberOf(id: number): Promise<StaffMember | undefined> {
  try {
    return await town.get("/api/v1/staff/{id}", { path: { id } });
  } catch (cause) {
    if (cause instanceof Refusal && cause.status === 404) {
      return undefined;
    }
    throw cause;
  }
}

async function known(id: number): Promise<Known> {
  const [member, departments, movements] = await Promise.all([
    memberOf(id),
    town.get("/api/v1/departments", { query: { limit: 100 } }),
    town.get("/api/v1/staff/movements", { query: { limit: 100 } }),
  ]);
  const departure = movements.items.find(
    ({ person_id, kind, state }) =>
      person_id === id && kind === "departure" && state === "announced",
  );
  return { member, departments: departments.items, departure };
}

/** Names the department somebody works in; one that there is not yet is made. */
function Place(props: { person: Person; known: Known; onDone: () => void }) {
  const { person, known, onDone } = props;
  const action = useAction();
  const [chosen, setChosen] = useState(String(known.member?.department_id ?? ""));
  const [name, setName] = useState("");
  const [from, setFrom] = useState(known.member?.from_date ?? today());
  const save = () =>
    action.run(async () => {
      const department =
        chosen === ""
          ? (await town.post("/api/v1/departments", { body: { name }, key: crypto.randomUUID() })).id
          : Number(chosen);
      await town.put("/api/v1/staff/{id}", {
        path: { id: person.id },
        body: {
          department_id: department,
          from_date: from,
          ...(known.member?.line_manager_id ? { line_manager_id: known.member.line_manager_id } : {}),
          ...(known.member?.until_date ? { until_date: known.member.until_date } : {}),
        },
      });
      onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Summary refusal={action.refusal} fields={["/from_date", "/name"]} />
      <Select
        label={t("work.department")}
        value={chosen}
        choices={[
          { value: "", label: t("work.other_department") },
          ...known.departments.map(({ id, name: label }) => ({ value: String(id), label })),
        ]}
        onValue={setChosen}
      />
      {chosen === "" && (
        <Field
          label={t("work.new_department")}
          required
          maxLength={200}
          value={name}
          error={action.refusal?.about("/name")}
          onValue={setName}
        />
      )}
      <Field
        label={t("work.from")}
        type="date"
        required
        value={from}
        error={action.refusal?.about("/from_date")}
        onValue={setFrom}
      />
      <button type="submit" class="secondary" aria-busy={action.isBusy}>
        {t("directory.save")}
      </button>
    </form>
  );
}

/** Where somebody works for the town, and when they leave it. */
export function Employment({ person }: { person: Person }) {
  const loaded = useTown(() => known(person.id), [person.id]);
  return (
    <>
      <h2>{t("work.title")}</h2>
      <Waiting of={loaded}>
        {(found) => (
          <>
            <Place key={found.member?.department_id} person={person} known={found} onDone={loaded.reload} />
            {found.member && me.value && rights.announces(me.value) && (
              <section>
                <h2>{t("departure.title")}</h2>
                <Departure person={person} departure={found.departure} onDone={loaded.reload} />
              </section>
            )}
          </>
        )}
      </Waiting>
    </>
  );
}
