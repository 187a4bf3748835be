import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field, Select } from "../../parts/field";
import { Proof } from "../../parts/proof";
import { useTown } from "../../parts/resource";
import { Nothing, Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import type { Department, Movement, StaffMember } from "../../town/types";
import { t } from "../../words";
import { today } from "../../words/dates";
import { Departure } from "./departure";

const kFields = ["/name", "/email", "/department_id", "/line_manager_id", "/duties", "/starts"];
const kNobody = "";

interface Known {
  staff: StaffMember[];
  departments: Department[];
  departures: Movement[];
}

async function allStaff(): Promise<StaffMember[]> {
  const staff: StaffMember[] = [];
  let cursor: string | undefined;
  do {
    const page = await town.get("/api/v1/staff", { query: { limit: 100, cursor } });
    staff.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return staff;
}

async function known(): Promise<Known> {
  const [staff, departments, movements] = await Promise.all([
    allStaff(),
    town.get("/api/v1/departments", { query: { limit: 100 } }),
    town.get("/api/v1/staff/movements", { query: { limit: 100 } }),
  ]);
  const departures = movements.items.filter(
    ({ kind, state }) => kind === "departure" && state === "announced",
  );
  return { staff, departments: departments.items, departures };
}

interface Newcomer {
  name: string;
  email: string;
  department: string;
  manager: string;
  duties: string;
  day: string;
  time: string;
}

/** What the town is sent of somebody who comes; what was left empty is left out. */
function bodyOf(newcomer: Newcomer) {
  const { name, email, department, manager, duties, day, time } = newcomer;
  const words = duties.split(",").map((duty) => duty.trim());
  return {
    name,
    department_id: Number(department),
    duties: words.filter((duty) => duty !== ""),
    starts: `${day}T${time}`,
    ...(email === "" ? {} : { email }),
    ...(manager === kNobody ? {} : { line_manager_id: Number(manager) }),
  };
}

type Change = (part: Partial<Newcomer>) => void;
type About = (field: string) => string | undefined;

function Fields(props: { newcomer: Newcomer; known: Known; about: About; onChange: Change }) {
  const { newcomer, known, about, onChange } = props;
  return (
    <div class="columns">
      <Field
        label={t("directory.name")}
        required
        maxLength={200}
        value={newcomer.name}
        error={about("/name")}
        onValue={(name) => onChange({ name })}
      />
      <Field
        label={t("sign_in.email")}
        hint={t("arrival.email_hint")}
        type="email"
        maxLength={254}
        value={newcomer.email}
        error={about("/email")}
        onValue={(email) => onChange({ email })}
      />
      <Select
        label={t("work.department")}
        value={newcomer.department}
        error={about("/department_id")}
        choices={known.departments.map(({ id, name }) => ({ value: String(id), label: name }))}
        onValue={(department) => onChange({ department })}
      />
      <Select
        label={t("movement_step.line_manager")}
        value={newcomer.manager}
        error={about("/line_manager_id")}
        choices={[
          { value: kNobody, label: t("directory.nobody") },
          ...known.staff.map(({ person_id, name }) => ({ value: String(person_id), label: name })),
        ]}
        onValue={(manager) => onChange({ manager })}
      />
      <Field
        label={t("profiles.duties")}
        hint={t("profiles.duties_hint")}
        value={newcomer.duties}
        error={about("/duties")}
        onValue={(duties) => onChange({ duties })}
      />
      <Field
        label={t("arrival.day")}
        type="date"
        required
        value={newcomer.day}
        error={about("/starts")}
        onValue={(day) => onChange({ day })}
      />
      <Field
        label={t("arrival.time")}
        type="time"
        required
        value={newcomer.time}
        onValue={(time) => onChange({ time })}
      />
    </div>
  );
}

function Arrival({ known, onDone }: { known: Known; onDone: () => void }) {
  const action = useAction();
  const [newcomer, setNewcomer] = useState<Newcomer>({
    name: "",
    email: "",
    department: String(known.departments[0]?.id ?? ""),
    manager: kNobody,
    duties: "",
    day: today(),
    time: "08:00",
  });
  const announce = () =>
    action.run(async () => {
      await town.post("/api/v1/staff/arrivals", {
        body: bodyOf(newcomer),
        key: crypto.randomUUID(),
      });
      onDone();
    });
  if (known.departments.length === 0) {
    return <Nothing>{t("arrival.no_department")}</Nothing>;
  }
  return (
    <>
      <Proof of={action} onProved={() => void announce()} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void announce();
        }}
      >
        {action.refusal?.code !== "proof_needed" && (
          <Summary refusal={action.refusal} fields={kFields} />
        )}
        <Fields
          newcomer={newcomer}
          known={known}
          about={(field) => action.refusal?.about(field)}
          onChange={(part) => setNewcomer({ ...newcomer, ...part })}
        />
        <p>{t("arrival.means")}</p>
        <button type="submit" aria-busy={action.isBusy}>
          {t("arrival.announce")}
        </button>
      </form>
    </>
  );
}

function Leaving({ known, onDone }: { known: Known; onDone: () => void }) {
  const others = known.staff.filter(
    ({ person_id }) => !known.departures.some((departure) => departure.person_id === person_id),
  );
  const [chosen, setChosen] = useState(String(others[0]?.person_id ?? ""));
  const member = others.find(({ person_id }) => String(person_id) === chosen);
  return (
    <>
      <Select
        label={t("departure.who")}
        value={chosen}
        choices={others.map(({ person_id, name }) => ({ value: String(person_id), label: name }))}
        onValue={setChosen}
      />
      {member && (
        <Departure
          key={member.person_id}
          person={{ id: member.person_id, name: member.name }}
          departure={undefined}
          onDone={onDone}
        />
      )}
    </>
  );
}

/** Announces who comes to work for the town and who leaves it: rights begin and end by themselves. */
export function Announce({ onDone }: { onDone: () => void }) {
  const [round, setRound] = useState(0);
  const loaded = useTown(known, [round]);
  const done = () => {
    setRound(round + 1);
    onDone();
  };
  return (
    <Waiting of={loaded}>
      {(found) => (
        <>
          <details key={`arrival ${round}`}>
            <summary>{t("arrival.title")}</summary>
            <Arrival known={found} onDone={done} />
          </details>
          <details key={`departure ${round}`}>
            <summary>{t("departure.of_somebody")}</summary>
            {found.staff.length === 0 ? (
              <Nothing>{t("departure.no_staff")}</Nothing>
            ) : (
              <Leaving known={found} onDone={done} />
            )}
          </details>
        </>
      )}
    </Waiting>
  );
}
