import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field, Select } from "../../parts/field";
import { useTown } from "../../parts/resource";
import { Nothing, Waiting } from "../../parts/states";
import { town } from "../../town/api";
import { rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Room, Round } from "../../town/types";
import { t } from "../../words";
import { bodyOf, kNewWish, type WishDraft } from "./wish_draft";
import { WishForm } from "./wish_form";

/** An association, and who books for it. */
interface Asker {
  association: number;
  name: string;
  booker?: number;
}

const kLeast = 2;
const kShown = 8;

async function search(q: string): Promise<Asker[]> {
  const { items } = await town.get("/api/v1/associations", { query: { q, limit: kShown } });
  return items.flatMap(({ id, name, enabled, managers }) =>
    enabled && managers[0]
      ? [{ association: id, name, booker: managers[0].person_id }]
      : [],
  );
}

function Matches({ q, onChosen }: { q: string; onChosen: (asker: Asker) => void }) {
  const loaded = useTown(() => search(q), [q]);
  return (
    <Waiting of={loaded}>
      {(found) =>
        found.length === 0 ? (
          <Nothing>{t("somebody.nothing")}</Nothing>
        ) : (
          <ul class="plain-list">
            {found.map((asker) => (
              <li key={asker.association}>
                <button
                  type="button"
                  class="secondary small"
                  onClick={() => onChosen(asker)}
                >
                  {asker.name}
                </button>
              </li>
            ))}
          </ul>
        )
      }
    </Waiting>
  );
}

/** The office names any association; a manager one of their own. */
function ForWhom(props: { asker: Asker | undefined; onAsker: (asker: Asker | undefined) => void }) {
  const { asker, onAsker } = props;
  const [q, setQ] = useState("");
  const own = me.value?.associations ?? [];
  if (me.value && !rights.runsRounds(me.value)) {
    return (
      <Select
        label={t("ask.for_whom")}
        value={String(asker?.association ?? "")}
        choices={own.map(({ id, name }) => ({ value: String(id), label: name }))}
        onValue={(value) => {
          const chosen = own.find(({ id }) => String(id) === value);
          onAsker(chosen && { association: chosen.id, name: chosen.name });
        }}
      />
    );
  }
  if (asker) {
    return (
      <p>
        {t("somebody.chosen", { name: asker.name })}{" "}
        <button type="button" class="plain" onClick={() => onAsker(undefined)}>
          {t("somebody.other")}
        </button>
      </p>
    );
  }
  return (
    <>
      <Field
        label={t("wish.association")}
        hint={t("wish.association_hint")}
        type="search"
        autocomplete="off"
        value={q}
        onValue={setQ}
      />
      {q.trim().length >= kLeast && <Matches q={q.trim()} onChosen={onAsker} />}
    </>
  );
}

/** States what an association wishes for: one slot of the week, in one of several rooms. */
export function NewWish(props: { round: Round; rooms: readonly Room[]; onDone: () => void }) {
  const { round, rooms, onDone } = props;
  const action = useAction();
  const first = me.value?.associations[0];
  const [asker, setAsker] = useState<Asker | undefined>(
    first && { association: first.id, name: first.name },
  );
  const [stated, setStated] = useState(0);
  const state = (draft: WishDraft) =>
    action.run(async () => {
      const body = {
        ...bodyOf(draft),
        ...(asker ? { association_id: asker.association } : {}),
        ...(asker?.booker === undefined ? {} : { booker_id: asker.booker }),
      };
      await town.post("/api/v1/rounds/{id}/wishes", {
        path: { id: round.id },
        body,
        key: crypto.randomUUID(),
      });
      setStated(stated + 1);
      onDone();
    });
  if (first === undefined && me.value && !rights.runsRounds(me.value)) {
    return null;
  }
  return (
    <section>
      {stated > 0 && (
        <p class="note good" role="status">
          {t("wish.stated")}
        </p>
      )}
      <details key={stated}>
        <summary>{t("wish.new")}</summary>
        <WishForm
          before={kNewWish}
          rooms={rooms}
          save={t("wish.state")}
          action={action}
          onSave={(draft) => void state(draft)}
        >
          <ForWhom asker={asker} onAsker={setAsker} />
        </WishForm>
      </details>
    </section>
  );
}
