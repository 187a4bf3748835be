import { useState } from "preact/hooks";

import { town } from "../town/api";
import { t } from "../words";
import { Field } from "./field";
import { useTown } from "./resource";
import { Nothing, Waiting } from "./states";

export interface Chosen {
  id: number;
  name: string;
}

const kLeast = 2;
const kShown = 8;

function Matches({ q, onChosen }: { q: string; onChosen: (person: Chosen) => void }) {
  const loaded = useTown(() => town.get("/api/v1/people", { query: { q, limit: kShown } }), [q]);
  return (
    <Waiting of={loaded}>
      {({ items }) => {
        const enabled = items.filter((person) => person.enabled);
        return enabled.length === 0 ? (
          <Nothing>{t("somebody.nothing")}</Nothing>
        ) : (
          <ul class="plain-list">
            {enabled.map(({ id, name }) => (
              <li key={id}>
                <button
                  type="button"
                  class="secondary small"
                  onClick={() => onChosen({ id, name })}
                >
                  {name}
                </button>
              </li>
            ))}
          </ul>
        );
      }}
    </Waiting>
  );
}

/** Somebody of the directory, by the beginning of their name. */
export function ChoosePerson(props: {
  label: string;
  error: string | undefined;
  chosen: Chosen | undefined;
  onChosen: (person: Chosen | undefined) => void;
}) {
  const [q, setQ] = useState("");
  const { label, error, chosen, onChosen } = props;
  if (chosen) {
    return (
      <>
        <p>
          {label}{" "}
          <strong>{chosen.name}</strong>{" "}
          <button type="button" class="plain" onClick={() => onChosen(undefined)}>
            {t("somebody.other")}
          </button>
        </p>
        {error && <p class="note bad">{error}</p>}
      </>
    );
  }
  return (
    <>
      <Field
        label={label}
        hint={t("managers.search_hint")}
        error={error}
        type="search"
        autocomplete="off"
        value={q}
        onValue={setQ}
      />
      {q.trim().length >= kLeast && <Matches q={q.trim()} onChosen={onChosen} />}
    </>
  );
}
