import { useState } from "preact/hooks";

import { Field } from "../../parts/field";
import { useTown } from "../../parts/resource";
import { Nothing, Waiting } from "../../parts/states";
import type { Wish } from "../../planning/wish";
import { town } from "../../town/api";
import { t } from "../../words";

const kLeast = 2;
const kShown = 8;

interface Found {
  key: string;
  name: string;
  part: Pick<Wish, "association" | "booker" | "forName">;
}

/** People, and associations with somebody who manages them: the letters go to that person. */
async function search(q: string): Promise<Found[]> {
  const query = { q, limit: kShown };
  const [associations, people] = await Promise.all([
    town.get("/api/v1/associations", { query }),
    town.get("/api/v1/people", { query }),
  ]);
  const known = associations.items.flatMap(({ id, name, managers, enabled }) =>
    enabled && managers[0]
      ? [
          {
            key: `a${id}`,
            name,
            part: { association: id, booker: managers[0].person_id, forName: name },
          },
        ]
      : [],
  );
  const others = people.items.flatMap(({ id, name, enabled }) =>
    enabled
      ? [{ key: `p${id}`, name, part: { association: undefined, booker: id, forName: name } }]
      : [],
  );
  return [...known, ...others];
}

function Matches(props: { q: string; onFound: (part: Found["part"]) => void }) {
  const loaded = useTown(() => search(props.q), [props.q]);
  return (
    <Waiting of={loaded}>
      {(found) =>
        found.length === 0 ? (
          <Nothing>{t("somebody.nothing")}</Nothing>
        ) : (
          <ul class="plain-list">
            {found.map((one) => (
              <li key={one.key}>
                <button
                  type="button"
                  class="secondary small"
                  onClick={() => props.onFound(one.part)}
                >
                  {one.name}
                </button>
              </li>
            ))}
          </ul>
        )
      }
    </Waiting>
  );
}

/** The office asks in somebody's name, for whoever telephones; the town notes who did. */
export function Somebody(props: { wish: Wish; onChange: (part: Partial<Wish>) => void }) {
  const [q, setQ] = useState("");
  const { wish, onChange } = props;
  if (wish.booker !== undefined) {
    return (
      <p>
        {t("somebody.chosen", { name: wish.forName })}{" "}
        <button
          type="button"
          class="plain"
          onClick={() => onChange({ booker: undefined, association: undefined, forName: "" })}
        >
          {t("somebody.other")}
        </button>
      </p>
    );
  }
  return (
    <>
      <Field
        label={t("somebody.title")}
        hint={t("somebody.hint")}
        type="search"
        autocomplete="off"
        value={q}
        onValue={setQ}
      />
      {q.trim().length >= kLeast && <Matches q={q.trim()} onFound={onChange} />}
    </>
  );
}
