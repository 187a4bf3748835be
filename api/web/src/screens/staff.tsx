import { More, usePages } from "../parts/pages";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { everything } from "../town/everything";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { AccessProfile, Department, Duty, StaffMember } from "../town/types";
import { t } from "../words";
import { longDay } from "../words/dates";
import { Departments } from "./directory/departments";
import { DutiesOf } from "./directory/duties_of";
import { DirectorySteps } from "./directory/steps";

interface Known {
  departments: Department[];
  duties: Duty[];
  profiles: AccessProfile[];
}

/** HR of one department alone does not read the profiles of the town. */
async function profiles(): Promise<AccessProfile[]> {
  return me.value && rights.readsProfiles(me.value)
    ? await everything((query) => town.get("/api/v1/access-profiles", { query }))
    : [];
}

async function known(): Promise<Known> {
  const [departments, duties, readable] = await Promise.all([
    everything((query) => town.get("/api/v1/departments", { query })),
    everything((query) => town.get("/api/v1/duties", { query })),
    profiles(),
  ]);
  return { departments, duties, profiles: readable };
}

function Member(props: { member: StaffMember; of: Known; onDone: () => void }) {
  const { member, of, onDone } = props;
  const department = of.departments.find(({ id }) => id === member.department_id);
  const mayOpen = isInside(me.value) && rights.keepsPeople(me.value);
  return (
    <li>
      <h3>
        {mayOpen ? <a href={`${kPaths.people}/${member.person_id}`}>{member.name}</a> : member.name}
      </h3>
      <p>
        {department?.name ?? t("staff.other_department")},{" "}
        {member.until_date === null
          ? t("duties.since", { from: longDay(member.from_date) })
          : t("closures.span", {
              from: longDay(member.from_date),
              until: longDay(member.until_date),
            })}
      </p>
      <DutiesOf
        person={{ id: member.person_id, name: member.name }}
        duties={of.duties.filter(({ person_id }) => person_id === member.person_id)}
        profiles={of.profiles}
        onDone={onDone}
      />
    </li>
  );
}

/** Who works where for the town, what for, and which doors that opens. */
export default function Staff() {
  const others = useTown(known, []);
  const found = usePages((cursor) => town.get("/api/v1/staff", { query: { cursor } }), []);
  return (
    <Screen title={t("staff.title")}>
      <DirectorySteps at={kPaths.staff} />
      <p>{t("staff.words")}</p>
      <Waiting of={others}>
        {(of) => (
          <>
            <Departments departments={of.departments} onDone={others.reload} />
            <h2>{t("staff.members")}</h2>
            <Waiting of={found}>
              {({ items }) =>
                items.length === 0 ? (
                  <Nothing>{t("staff.nobody")}</Nothing>
                ) : (
                  <ul class="cards">
                    {items.map((member) => (
                      <Member
                        key={member.person_id}
                        member={member}
                        of={of}
                        onDone={others.reload}
                      />
                    ))}
                  </ul>
                )
              }
            </Waiting>
            <More of={found} />
          </>
        )}
      </Waiting>
    </Screen>
  );
}
