import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Select } from "../parts/field";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { rights } from "../town/rights";
import { me } from "../town/session";
import type { Person } from "../town/types";
import { t } from "../words";
import { AccountOf } from "./directory/account_of";
import { Employment } from "./directory/employment";
import { PapersOf } from "./directory/papers_of";
import { kPersonFields, RecordForm, valuesOf } from "./directory/record_form";
import { isStaff, rolesOf } from "./directory/roles";
import { RolesOf } from "./directory/roles_of";

function Facts(props: { person: Person; seen: string | undefined; onDone: () => void }) {
  const { person, seen, onDone } = props;
  const action = useAction();
  const [isSaved, setSaved] = useState(false);
  const save = (body: Record<string, string>) =>
    action.run(async () => {
      setSaved(false);
      await town.patch("/api/v1/people/{id}", { path: { id: person.id }, body, seen });
      setSaved(true);
      onDone();
    });
  return (
    <>
      {isSaved && (
        <p class="note good" role="status">
          {t("directory.saved")}
        </p>
      )}
      <RecordForm
        fields={kPersonFields}
        before={valuesOf(kPersonFields, person)}
        save={t("directory.save")}
        action={action}
        onSave={(body) => void save(body)}
      />
      <Select
        label={t("people.language")}
        value={person.locale}
        choices={[
          { value: "fr", label: t("people.french") },
          { value: "en", label: t("people.english") },
        ]}
        onValue={(locale) => void save({ locale })}
      />
    </>
  );
}

/** A person as the office keeps them: how they are reached, their account, their work for the town. */
export default function PersonPage() {
  const { params } = useRoute();
  const id = params["id"] ?? "0";
  const loaded = useTown(() => town.read("/api/v1/people/{id}", { path: { id } }), [id]);
  const { resource } = loaded;
  const isOther = me.value !== null && me.value !== undefined && String(me.value.id) !== id;
  return (
    <Screen title={resource.state === "ready" ? resource.value.body.name : t("people.one")}>
      <p>
        <a href={kPaths.people}>{t("directory.people")}</a>
      </p>
      <Waiting of={loaded}>
        {({ body: person, etag }) => (
          <>
            <p>
              {t("directory.id", { id: person.id })}, {rolesOf(person)}
            </p>
            {isOther && me.value && rights.protectsData(me.value) && (
              <p>
                <a href={`${kPaths.privacy}/${person.id}`}>{t("privacy.title")}</a>
              </p>
            )}
            <Facts person={person} seen={etag} onDone={loaded.reload} />
            {me.value && rights.decides(me.value) && !isStaff(person) && (
              <PapersOf path="people" id={person.id} />
            )}
            {isOther && me.value && rights.administers(me.value) && (
              <RolesOf person={person} onDone={loaded.reload} />
            )}
            {isOther && <AccountOf person={person} seen={etag} onDone={loaded.reload} />}
            {isOther && isStaff(person) && me.value && rights.keepsStaff(me.value) && (
              <Employment person={person} />
            )}
          </>
        )}
      </Waiting>
    </Screen>
  );
}
