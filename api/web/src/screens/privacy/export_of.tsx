import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Proof } from "../../parts/proof";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import { exportOf, readWhole, type Exported } from "../../town/exported";
import type { Confirmation, Person } from "../../town/types";
import { t } from "../../words";
import { isMine, isOpen } from "../doors/four_eyes";
import { ExportedData } from "./exported_data";

function Ask({ person, onDone }: { person: Person; onDone: () => void }) {
  const action = useAction();
  const ask = () =>
    action.run(async () => {
      await town.post("/api/v1/confirmations", {
        body: { kind: "person_export", person_id: person.id },
        key: crypto.randomUUID(),
      });
      onDone();
    });
  return (
    <>
      <Proof of={action} onProved={() => void ask()} />
      {action.refusal?.code !== "proof_needed" && <Summary refusal={action.refusal} />}
      <button type="button" class="secondary" aria-busy={action.isBusy} onClick={() => void ask()}>
        {t("export.ask")}
      </button>
    </>
  );
}

function Read({ person, confirmation }: { person: Person; confirmation: Confirmation }) {
  const action = useAction();
  const [data, setData] = useState<Exported | undefined>();
  const read = () =>
    action.run(async () => setData(await readWhole(exportOf(person.id, confirmation.id))));
  if (data) {
    return <ExportedData data={data} />;
  }
  return (
    <>
      <Proof of={action} onProved={() => void read()} />
      {action.refusal?.code !== "proof_needed" && <Summary refusal={action.refusal} />}
      <p>{t("export.once")}</p>
      <button type="button" aria-busy={action.isBusy} onClick={() => void read()}>
        {t("export.now")}
      </button>
    </>
  );
}

/** The export of somebody's data: one person asks, another confirms, the first one reads it once. */
export function ExportOf({ person }: { person: Person }) {
  const loaded = useTown(
    () => town.get("/api/v1/confirmations", { query: { limit: 100 } }),
    [person.id],
  );
  return (
    <section>
      <h2>{t("export.title")}</h2>
      <p>{t("export.words")}</p>
      <Waiting of={loaded}>
        {({ items }) => {
          const mine = items.find(
            (one) =>
              one.kind === "person_export" &&
              one.person_id === person.id &&
              isMine(one) &&
              isOpen(one),
          );
          return mine === undefined ? (
            <Ask person={person} onDone={loaded.reload} />
          ) : mine.confirmed_at === null ? (
            <p class="note">{t("four_eyes.waits")}</p>
          ) : (
            <Read person={person} confirmation={mine} />
          );
        }}
      </Waiting>
    </section>
  );
}
