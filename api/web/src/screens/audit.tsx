import { useState } from "preact/hooks";

import { useAction, type Action } from "../parts/action";
import { Field, Select } from "../parts/field";
import { moment } from "../parts/moment";
import { Screen } from "../parts/screen";
import { Nothing, Refused } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { AuditLine } from "../town/types";
import { t } from "../words";
import { daysAfter, instantOf, today } from "../words/dates";
import { PrivacySteps } from "./privacy/steps";

const kLogs = ["security", "activity"] as const;
const kPurposes = [
  "rights_check",
  "security_incident",
  "complaint",
  "person_request",
  "internal_control",
  "technical_check",
] as const;
const kFields = ["/log", "/purpose", "/from", "/to", "/subject_kind", "/subject_id"];

interface Wanted {
  log: string;
  purpose: string;
  first: string;
  last: string;
  person: string;
}

interface Page {
  items: AuditLine[];
  next: string | null;
}

function queryOf(wanted: Wanted, cursor: string | null) {
  return {
    log: wanted.log,
    purpose: wanted.purpose,
    from: instantOf(`${wanted.first}T00:00`),
    to: instantOf(`${daysAfter(wanted.last, 1)}T00:00`),
    ...(wanted.person === "" ? {} : { subject_kind: "person", subject_id: wanted.person }),
    ...(cursor === null ? {} : { cursor }),
  };
}

function Form(props: { wanted: Wanted; action: Action; onChange: (part: Partial<Wanted>) => void; onSearch: () => void }) {
  const { wanted, action, onChange } = props;
  const about = (field: string) => action.refusal?.about(field);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSearch();
      }}
    >
      <Summary refusal={action.refusal} fields={kFields} />
      <div class="columns">
        <Select
          label={t("audit.log")}
          value={wanted.log}
          error={about("/log")}
          choices={kLogs.map((value) => ({ value, label: t(`audit_log.${value}`) }))}
          onValue={(log) => onChange({ log })}
        />
        <Select
          label={t("audit.purpose")}
          hint={t("audit.purpose_hint")}
          value={wanted.purpose}
          error={about("/purpose")}
          choices={kPurposes.map((value) => ({ value, label: t(`audit_purpose.${value}`) }))}
          onValue={(purpose) => onChange({ purpose })}
        />
        <Field
          label={t("closures.first")}
          type="date"
          required
          max={wanted.last}
          value={wanted.first}
          error={about("/from")}
          onValue={(first) => onChange({ first })}
        />
        <Field
          label={t("closures.last")}
          type="date"
          required
          min={wanted.first}
          value={wanted.last}
          error={about("/to")}
          onValue={(last) => onChange({ last })}
        />
        <Field
          label={t("audit.person")}
          hint={t("audit.person_hint")}
          inputMode="numeric"
          pattern="[0-9]+"
          value={wanted.person}
          error={about("/subject_id")}
          onValue={(person) => onChange({ person })}
        />
      </div>
      <button type="submit" aria-busy={action.isBusy}>
        {t("audit.read")}
      </button>
    </form>
  );
}

function Row({ line }: { line: AuditLine }) {
  const actor = line.actor_id === null ? t("audit.nobody") : t("directory.id", { id: line.actor_id });
  return (
    <tr>
      <th scope="row">{moment(line.at)}</th>
      <td>
        {actor}
        {line.for_id !== null && ` ${t("audit.for", { id: line.for_id })}`}
      </td>
      <td>
        <code>{line.action}</code>
      </td>
      <td>
        {line.subject_kind} {line.subject_id}
      </td>
      <td>{line.ground}</td>
      <td>
        <span class={`state ${line.chained ? "approved" : "pending"}`}>
          {t(line.chained ? "audit.chained" : "audit.unchained")}
        </span>
      </td>
    </tr>
  );
}

const kColumns = ["when", "who", "what", "about", "ground", "seal"] as const;

function Lines({ items }: { items: readonly AuditLine[] }) {
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={t("audit.lines")}>
      <table class="many">
        <caption>{t("audit.lines")}</caption>
        <thead>
          <tr>
            {kColumns.map((column) => (
              <th key={column} scope="col">
                {t(`audit_column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((line) => (
            <Row key={line.id} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Found({ page }: { page: Page }) {
  if (page.items.length === 0) {
    return <Nothing>{t("audit.nothing")}</Nothing>;
  }
  const isWhole = page.items.every(({ chained }) => chained);
  return (
    <>
      <p class={isWhole ? "note good" : "note"} role="status">
        {t(isWhole ? "audit.all_chained" : "audit.some_unchained")}
      </p>
      <Lines items={page.items} />
    </>
  );
}

function Search() {
  const action = useAction();
  const [page, setPage] = useState<Page | undefined>();
  const [wanted, setWanted] = useState<Wanted>({
    log: kLogs[0],
    purpose: kPurposes[0],
    first: daysAfter(today(), -7),
    last: today(),
    person: "",
  });
  const search = (cursor: string | null) =>
    action.run(async () => {
      const before = cursor === null ? [] : (page?.items ?? []);
      const read = await town.get("/api/v1/audit", { query: queryOf(wanted, cursor) });
      setPage({ items: [...before, ...read.items], next: read.next });
    });
  const change = (part: Partial<Wanted>) => {
    setWanted({ ...wanted, ...part });
    setPage(undefined); // what is shown is what was asked for, and its reading is written down
  };
  return (
    <>
      <Form
        wanted={wanted}
        action={action}
        onChange={change}
        onSearch={() => void search(null)}
      />
      {page && <Found page={page} />}
      {page && page.next !== null && (
        <button
          type="button"
          class="secondary"
          aria-busy={action.isBusy}
          onClick={() => void search(page.next)}
        >
          {t("list.more")}
        </button>
      )}
    </>
  );
}

/** Who did what in the town, read for a purpose that is itself written down. */
export default function Audit() {
  const person = me.value;
  const mayRead = isInside(person) && rights.protectsData(person);
  return (
    <Screen title={t("audit.title")} wide>
      <PrivacySteps at={kPaths.audit} />
      {mayRead ? (
        <>
          <p>{t("audit.words")}</p>
          <p>{t("audit.verify")}</p>
          <Search />
        </>
      ) : (
        <Refused refusal={new Refusal({ status: isInside(person) ? 403 : 401 })} />
      )}
    </Screen>
  );
}
