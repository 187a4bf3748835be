import { useLocation } from "preact-iso";

import { useAction } from "../parts/action";
import { usePages } from "../parts/pages";
import { kPaths } from "../paths";
import { town } from "../town/api";
import type { Person } from "../town/types";
import { t } from "../words";
import { kPersonFields, RecordForm, valuesOf } from "./directory/record_form";
import { rolesOf } from "./directory/roles";
import { Search } from "./directory/search";

function Row({ person }: { person: Person }) {
  return (
    <tr>
      <th scope="row">
        <a href={`${kPaths.people}/${person.id}`}>{person.name}</a>
      </th>
      <td>{person.email ?? t("directory.by_letter")}</td>
      <td>{rolesOf(person)}</td>
      <td>{t(person.enabled ? "directory.enabled" : "directory.disabled")}</td>
    </tr>
  );
}

function NewPerson() {
  const { route } = useLocation();
  const action = useAction();
  const add = (body: Record<string, string>) =>
    action.run(async () => {
      const { id } = await town.post("/api/v1/people", { body });
      route(`${kPaths.people}/${id}`);
    });
  return (
    <details>
      <summary>{t("people.new")}</summary>
      <RecordForm
        fields={kPersonFields}
        before={valuesOf(kPersonFields)}
        save={t("directory.add")}
        action={action}
        onSave={(body) => void add(body)}
      />
    </details>
  );
}

/** The people of the town: whom it lends rooms to, and who works for it. */
export default function People() {
  const { query } = useLocation();
  const q = (query["q"] ?? "").trim();
  const found = usePages((cursor) => town.get("/api/v1/people", { query: { q, cursor } }), [q]);
  return (
    <Search
      path={kPaths.people}
      found={found}
      columns={["directory.name", "sign_in.email", "directory.roles", "directory.account"]}
      row={(person: Person) => <Row key={person.id} person={person} />}
    >
      <NewPerson />
    </Search>
  );
}
