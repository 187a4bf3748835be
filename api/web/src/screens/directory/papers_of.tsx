import { useEffect, useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { useTown } from "../../parts/resource";
import { Nothing, Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { fileOf, town, type ReadFile } from "../../town/api";
import type { Paper } from "../../town/types";
import { t } from "../../words";
import { longDay } from "../../words/dates";

/** A paper is accepted with the very file that was opened here: another one sent since is refused. */
function Row(props: { paper: Paper; onDone: () => void }) {
  const { paper, onDone } = props;
  const action = useAction();
  const [file, setFile] = useState<(ReadFile & { address: string }) | undefined>();
  useEffect(() => () => file && URL.revokeObjectURL(file.address), [file]);
  const open = () =>
    action.run(async () => {
      const read = await fileOf(`/api/v1/papers/${paper.id}/file`);
      setFile({ ...read, address: URL.createObjectURL(read.content) });
    });
  const accept = () =>
    action.run(async () => {
      await town.post("/api/v1/papers/{id}/accept", { path: { id: paper.id }, seen: file?.etag });
      onDone();
    });
  const name = `${t(`paper.${paper.kind}`)} ${paper.reference}`.trim();
  const mayAccept = paper.accepted_at === null && (paper.file === null || file !== undefined);
  return (
    <li>
      <p>
        <strong class="begins">{name}</strong>
        {paper.valid_until !== null &&
          ` · ${t("papers.until", { day: longDay(paper.valid_until) })}`}
      </p>
      <p>{t(paper.accepted_at === null ? "accept.waits" : "papers.accepted")}</p>
      <Summary refusal={action.refusal} />
      {file ? (
        <p>
          <a href={file.address} download={paper.file?.name}>
            {t("accept.keep", { name: paper.file?.name ?? "" })}
          </a>
        </p>
      ) : (
        paper.file !== null && (
          <button
            type="button"
            class="secondary small"
            aria-busy={action.isBusy}
            onClick={() => void open()}
          >
            {t("accept.open", { name: paper.file.name })}
          </button>
        )
      )}{" "}
      {mayAccept && (
        <button
          type="button"
          class="small"
          aria-busy={action.isBusy}
          onClick={() => void accept()}
        >
          {t("accept.now", { paper: name })}
        </button>
      )}
    </li>
  );
}

/** The papers of somebody the town lends to, for whoever accepts them. */
export function PapersOf(props: { path: "associations" | "people"; id: number }) {
  const { path, id } = props;
  const loaded = useTown(
    () => town.get(`/api/v1/${path}/{id}/papers`, { path: { id }, query: { limit: 100 } }),
    [path, id],
  );
  return (
    <section>
      <h2>{t("accept.title")}</h2>
      <Waiting of={loaded}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("papers.nothing")}</Nothing>
          ) : (
            <ul class="cards">
              {items.map((paper) => (
                <Row
                  key={`${paper.id} ${paper.accepted_at}`}
                  paper={paper}
                  onDone={loaded.reload}
                />
              ))}
            </ul>
          )
        }
      </Waiting>
    </section>
  );
}
