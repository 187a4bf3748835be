import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Field, Select } from "../parts/field";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Refused, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside } from "../town/rights";
import { me } from "../town/session";
import type { Me, Paper } from "../town/types";
import { t, tn } from "../words";
import { daysBetween, longDay, today } from "../words/dates";

const kOfAssociations = [
  "insurance",
  "statutes",
  "declaration",
  "commitment",
  "agreement",
  "deposit",
] as const;
const kOfPeople = ["insurance", "agreement", "deposit"] as const;

/** Whose papers: an association that the person manages, or the person. */
interface Owner {
  path: "associations" | "people";
  id: number;
  name: string;
}

function ownersOf(person: Me): Owner[] {
  return [
    ...person.associations.map(({ id, name }) => ({ path: "associations" as const, id, name })),
    { path: "people", id: person.id, name: t("ask.for_myself") },
  ];
}

const kRenewWithin = 30; // days, as the town's own mail says it

/** How many days an accepted paper has left, where they are few. */
function daysLeft(paper: Paper): number | undefined {
  if (paper.accepted_at === null || paper.valid_until === null) {
    return undefined;
  }
  const left = daysBetween(today(), paper.valid_until);
  return left >= 0 && left <= kRenewWithin ? left : undefined;
}

function stateOf(paper: Paper): string {
  if (paper.valid_until !== null && paper.valid_until < today()) {
    return t("papers.expired");
  }
  return t(
    paper.accepted_at !== null
      ? "papers.accepted"
      : paper.file !== null
        ? "papers.waits"
        : "papers.no_file",
  );
}

function SendFile(props: { paper: Paper; onDone: () => void }) {
  const { paper, onDone } = props;
  const action = useAction();
  const send = (file: File) =>
    action.run(async () => {
      await town.upload("/api/v1/papers/{id}/file", { path: { id: paper.id } }, file);
      onDone();
    });
  return (
    <>
      <Summary refusal={action.refusal} />
      <label aria-busy={action.isBusy}>
        {t("papers.file")}
        <input
          type="file"
          accept="application/pdf,image/png,image/jpeg"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) {
              void send(file);
            }
          }}
        />
      </label>
    </>
  );
}

function Row(props: { paper: Paper; onDone: () => void }) {
  const { paper } = props;
  const left = daysLeft(paper);
  return (
    <li>
      <p>
        <strong class="begins">{t(`paper.${paper.kind}`)}</strong> {paper.reference}
      </p>
      <p>
        {stateOf(paper)}
        {paper.valid_until !== null &&
          ` · ${t("papers.until", { day: longDay(paper.valid_until) })}`}
      </p>
      {left !== undefined && (
        <p>
          <span class="state pending">{tn("papers.left", left)}</span>
        </p>
      )}
      {paper.file !== null && (
        <p>
          <a href={`/api/v1/papers/${paper.id}/file`} download>
            {paper.file.name}
          </a>
        </p>
      )}
      {paper.accepted_at === null && <SendFile {...props} />}
    </li>
  );
}

function NewPaper(props: { owner: Owner; onDone: () => void }) {
  const { owner, onDone } = props;
  const kinds = owner.path === "associations" ? kOfAssociations : kOfPeople;
  const action = useAction();
  const [kind, setKind] = useState<Paper["kind"]>("insurance");
  const [from, setFrom] = useState(today());
  const [until, setUntil] = useState("");
  const [reference, setReference] = useState("");
  const add = () =>
    action.run(async () => {
      const body = {
        kind,
        valid_from: from,
        ...(until === "" ? {} : { valid_until: until }),
        ...(reference === "" ? {} : { reference }),
      };
      await town.post(`/api/v1/${owner.path}/{id}/papers`, {
        path: { id: owner.id },
        body,
        key: crypto.randomUUID(),
      });
      onDone();
    });
  const about = (field: string) => action.refusal?.about(field);
  return (
    <details>
      <summary>{t("papers.add")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Summary refusal={action.refusal} fields={["/valid_from", "/valid_until", "/reference"]} />
        <Select
          label={t("papers.kind")}
          value={kind}
          choices={kinds.map((value) => ({ value, label: t(`paper.${value}`) }))}
          onValue={(value) => setKind(value as Paper["kind"])}
        />
        <Field
          label={t("papers.from")}
          type="date"
          required
          value={from}
          error={about("/valid_from")}
          onValue={setFrom}
        />
        <Field
          label={t("papers.last_day")}
          hint={t("papers.last_day_hint")}
          type="date"
          value={until}
          error={about("/valid_until")}
          onValue={setUntil}
        />
        <Field
          label={t("papers.reference")}
          hint={t("papers.reference_hint")}
          maxLength={60}
          value={reference}
          error={about("/reference")}
          onValue={setReference}
        />
        <button type="submit" aria-busy={action.isBusy}>
          {t("papers.add_now")}
        </button>
      </form>
    </details>
  );
}

function OwnersPapers({ owner }: { owner: Owner }) {
  const path = { id: owner.id };
  const loaded = useTown(
    () => town.get(`/api/v1/${owner.path}/{id}/papers`, { path, query: { limit: 100 } }),
    [owner],
  );
  return (
    <section>
      <h2>{owner.name}</h2>
      <Waiting of={loaded}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <Nothing>{t("papers.nothing")}</Nothing>
            ) : (
              <ul class="cards">
                {items.map((paper) => (
                  <Row key={paper.id} paper={paper} onDone={loaded.reload} />
                ))}
              </ul>
            )}
            <NewPaper key={items.length} owner={owner} onDone={loaded.reload} />
          </>
        )}
      </Waiting>
    </section>
  );
}

/** Insurance, statutes and the like: what is there, until when, and what was sent. */
export default function Papers() {
  const person = me.value;
  return (
    <Screen title={t("papers.title")}>
      {isInside(person) ? (
        <>
          <p>{t("papers.words")}</p>
          {ownersOf(person).map((owner) => (
            <OwnersPapers key={`${owner.path} ${owner.id}`} owner={owner} />
          ))}
        </>
      ) : (
        <Refused refusal={new Refusal({ status: 401 })} />
      )}
    </Screen>
  );
}
