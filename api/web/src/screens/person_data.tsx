import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";

import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { me } from "../town/session";
import type { Person } from "../town/types";
import { t } from "../words";
import { rolesOf } from "./directory/roles";
import { Erase } from "./privacy/erase";
import { ExportOf } from "./privacy/export_of";
import { Restrict } from "./privacy/restrict";
import { PrivacySteps } from "./privacy/steps";

function Facts({ person }: { person: Person }) {
  return (
    <dl>
      <dt>{t("directory.name")}</dt>
      <dd>{person.name}</dd>
      <dt>{t("sign_in.email")}</dt>
      <dd>{person.email ?? t("directory.by_letter")}</dd>
      <dt>{t("directory.roles")}</dt>
      <dd>{rolesOf(person)}</dd>
      <dt>{t("directory.account")}</dt>
      <dd>{t(person.enabled ? "directory.enabled" : "directory.disabled")}</dd>
    </dl>
  );
}

/** What somebody may ask of the town about their data: a copy, a restriction, an erasure. */
export default function PersonData() {
  const { params } = useRoute();
  const id = params["id"] ?? "0";
  const [erased, setErased] = useState<string | undefined>();
  const loaded = useTown(() => town.get("/api/v1/people/{id}", { path: { id } }), [id]);
  const isOther = String(me.value?.id) !== id;
  return (
    <Screen title={t("privacy.of")}>
      <PrivacySteps at="" />
      {erased !== undefined ? (
        <p class="note good" role="status">
          {t("erase.done", { id })}
        </p>
      ) : (
        <Waiting of={loaded}>
          {(person) => (
            <>
              <Facts person={person} />
              {isOther ? (
                <>
                  <ExportOf person={person} />
                  <Restrict person={person} onDone={loaded.reload} />
                  <Erase person={person} onDone={() => setErased(id)} />
                </>
              ) : (
                <Nothing>
                  <p>{t("privacy.own")}</p>
                  <a href={kPaths.account}>{t("account.title")}</a>
                </Nothing>
              )}
            </>
          )}
        </Waiting>
      )}
    </Screen>
  );
}
