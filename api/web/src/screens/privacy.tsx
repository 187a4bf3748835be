import { useState } from "preact/hooks";

import { Field } from "../parts/field";
import { More, usePages } from "../parts/pages";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { t } from "../words";
import { FourEyes, isOpen } from "./doors/four_eyes";
import { PrivacySteps } from "./privacy/steps";

const kLeast = 2;

/** Everybody of that name, also whose account is closed or whose data are restricted. */
function Matches({ q }: { q: string }) {
  const found = usePages((cursor) => town.get("/api/v1/people", { query: { q, cursor } }), [q]);
  return (
    <>
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("directory.nothing")}</Nothing>
          ) : (
            <ul class="plain-list">
              {items.map((person) => (
                <li key={person.id}>
                  <a href={`${kPaths.privacy}/${person.id}`}>{person.name}</a>{" "}
                  <span class="quiet">{t("directory.id", { id: person.id })}</span>
                  {person.restricted && <span class="state pending">{t("restrict.is_on")}</span>}
                </li>
              ))}
            </ul>
          )
        }
      </Waiting>
      <More of={found} />
    </>
  );
}

/** Data protection: whose data it is about, and what waits for a second person. */
export default function Privacy() {
  const [q, setQ] = useState("");
  const found = useTown(
    () => town.get("/api/v1/confirmations", { query: { limit: 100 } }),
    [],
    15_000,
  );
  return (
    <Screen title={t("privacy.title")}>
      <PrivacySteps at={kPaths.privacy} />
      <p>{t("privacy.words")}</p>
      <Waiting of={found}>
        {({ items }) => {
          const exports = items.filter((one) => one.kind === "person_export" && isOpen(one));
          return (
            <>
              <Field
                label={t("privacy.whom")}
                hint={t("managers.search_hint")}
                type="search"
                maxLength={100}
                autocomplete="off"
                value={q}
                onValue={setQ}
              />
              {q.trim().length >= kLeast && <Matches q={q.trim()} />}
              {exports.length === 0 ? (
                <Nothing>{t("privacy.nothing")}</Nothing>
              ) : (
                <>
                  <FourEyes confirmations={exports} onDone={found.reload} />
                  <ul class="plain-list">
                    {exports.map((one) => (
                      <li key={one.id}>
                        <a href={`${kPaths.privacy}/${one.person_id}`}>
                          {t("privacy.see", { n: one.person_id ?? 0 })}
                        </a>
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </>
          );
        }}
      </Waiting>
    </Screen>
  );
}
