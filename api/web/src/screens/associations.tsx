import { useLocation } from "preact-iso";

import { useAction } from "../parts/action";
import { usePages } from "../parts/pages";
import { kPaths } from "../paths";
import { town } from "../town/api";
import type { Association } from "../town/types";
import { t } from "../words";
import { kAssociationFields, RecordForm, valuesOf } from "./directory/record_form";
import { Search } from "./directory/search";

function Row({ association }: { association: Association }) {
  return (
    <tr>
      <th scope="row">
        <a href={`${kPaths.associations}/${association.id}`}>{association.name}</a>
      </th>
      <td>{association.managers.map(({ name }) => name).join(", ") || t("directory.nobody")}</td>
      <td>{association.phone}</td>
      <td>{t(association.enabled ? "directory.enabled" : "directory.disabled")}</td>
    </tr>
  );
}

function NewAssociation() {
  const { route } = useLocation();
  const action = useAction();
  const add = (body: Record<string, string>) =>
    action.run(async () => {
      const { id } = await town.post("/api/v1/associations", {
        body,
        key: crypto.randomUUID(),
      });
      route(`${kPaths.associations}/${id}`);
    });
  return (
    <details>
      <summary>{t("associations.new")}</summary>
      <RecordForm
        fields={kAssociationFields}
        before={valuesOf(kAssociationFields)}
        save={t("directory.add")}
        action={action}
        onSave={(body) => void add(body)}
      />
    </details>
  );
}

export default function Associations() {
  const { query } = useLocation();
  const q = (query["q"] ?? "").trim();
  const found = usePages(
    (cursor) => town.get("/api/v1/associations", { query: { q, cursor } }),
    [q],
  );
  return (
    <Search
      path={kPaths.associations}
      found={found}
      columns={["directory.name", "directory.managers", "directory.phone", "directory.account"]}
      row={(association: Association) => <Row key={association.id} association={association} />}
    >
      <NewAssociation />
    </Search>
  );
}
