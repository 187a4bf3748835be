import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Field, Select } from "../parts/field";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Refused } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { AccessEvent, Door } from "../town/types";
import { t, type WordKey } from "../words";
import { clock, daysAfter, localOf, shortDay, today } from "../words/dates";
import { DoorSteps } from "./doors/steps";

const kPurposes = [
  "incident",
  "theft_or_damage",
  "technical_fault",
  "judicial_request",
  "person_request",
] as const;

interface Wanted {
  purpose: string;
  from: string;
  until: string;
  door: string;
  badge: string;
}

interface Page {
  items: AccessEvent[];
  next: string | null;
}

/** The instant at which a local day of the town begins. */
function startOf(day: string): string {
  const noon = new Date(`${day}T12:00:00Z`);
  const hour = Number(localOf(noon.toISOString()).slice(11, 13));
  return new Date(noon.getTime() - hour * 3_600_000).toISOString().replace(".000Z", "Z");
}

function bodyOf(wanted: Wanted, cursor: string | null) {
  return {
    purpose: wanted.purpose,
    from: startOf(wanted.from),
    until: startOf(daysAfter(wanted.until, 1)),
    ...(wanted.door === "" ? {} : { door_id: Number(wanted.door) }),
    ...(wanted.badge === "" ? {} : { badge_id: Number(wanted.badge) }),
    ...(cursor === null ? {} : { cursor: Number(cursor) }),
    limit: 50,
  };
}

/** What codes of the log say; one that these pages do not know stands for itself. */
function wordsOf({ kind, reason }: AccessEvent): { what: string; why: string } {
  return {
    what: t(`event.${kind}` as WordKey) || kind,
    why: t(`reason.${reason}` as WordKey) || reason,
  };
}

function subjectOf(event: AccessEvent): string {
  const parts = [
    event.pass_number === null ? "" : t("events.pass", { n: event.pass_number }),
    event.badge_id === null ? "" : t("badges.one", { id: event.badge_id }),
    event.association ?? "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function Row(props: { event: AccessEvent; doors: readonly Door[] }) {
  const { event, doors } = props;
  const at = localOf(event.occurred_at);
  const { what, why } = wordsOf(event);
  const door = doors.find(({ id }) => id === event.door_id);
  return (
    <tr>
      <th scope="row">
        {shortDay(at)}, {clock(at)}
        {event.clock !== "trusted" && ` (${t("events.clock")})`}
      </th>
      <td>{door?.name ?? event.agent}</td>
      <td>{what}</td>
      <td>{why}</td>
      <td>{subjectOf(event)}</td>
      <td>{event.count}</td>
    </tr>
  );
}

function Found(props: { page: Page; doors: readonly Door[] }) {
  const { page, doors } = props;
  if (page.items.length === 0) {
    return <Nothing>{t("events.nothing")}</Nothing>;
  }
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={t("events.found")}>
      <table class="many">
        <caption>{t("events.found")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("events.when")}</th>
            <th scope="col">{t("doors.door")}</th>
            <th scope="col">{t("events.what")}</th>
            <th scope="col">{t("events.why")}</th>
            <th scope="col">{t("events.with")}</th>
            <th scope="col">{t("events.count")}</th>
          </tr>
        </thead>
        <tbody>
          {page.items.map((event) => (
            <Row key={event.id} event={event} doors={doors} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Form(props: {
  wanted: Wanted;
  doors: readonly Door[];
  refusal: Refusal | undefined;
  isBusy: boolean;
  onChange: (part: Partial<Wanted>) => void;
  onSearch: () => void;
}) {
  const { wanted, doors, refusal, onChange } = props;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSearch();
      }}
    >
      <Summary refusal={refusal} fields={["/purpose", "/from", "/until", "/badge_id"]} />
      <Select
        label={t("events.purpose")}
        hint={t("events.purpose_hint")}
        required
        value={wanted.purpose}
        error={refusal?.about("/purpose")}
        choices={[
          { value: "", label: t("events.choose_purpose") },
          ...kPurposes.map((value) => ({ value, label: t(`purpose.${value}`) })),
        ]}
        onValue={(purpose) => onChange({ purpose })}
      />
      <div class="columns">
        <Field
          label={t("reports.from")}
          type="date"
          required
          value={wanted.from}
          error={refusal?.about("/from")}
          onValue={(from) => onChange({ from })}
        />
        <Field
          label={t("reports.last")}
          type="date"
          required
          value={wanted.until}
          error={refusal?.about("/until")}
          onValue={(until) => onChange({ until })}
        />
        {doors.length > 0 && (
          <Select
            label={t("doors.door")}
            value={wanted.door}
            choices={[
              { value: "", label: t("events.all_doors") },
              ...doors.map(({ id, name, key }) => ({
                value: String(id),
                label: `${name} (${key})`,
              })),
            ]}
            onValue={(door) => onChange({ door })}
          />
        )}
        <Field
          label={t("events.badge")}
          inputMode="numeric"
          pattern="[0-9]*"
          value={wanted.badge}
          error={refusal?.about("/badge_id")}
          onValue={(badge) => onChange({ badge })}
        />
      </div>
      <button type="submit" aria-busy={props.isBusy}>
        {t("events.search")}
      </button>
    </form>
  );
}

/** Doors by name, for whoever may see them. */
async function doorsToName(): Promise<Door[]> {
  const person = me.value;
  return isInside(person) && rights.seesDoors(person)
    ? (await town.get("/api/v1/doors", { query: { limit: 100 } })).items
    : [];
}

/** Who passed which door: searched for a purpose, which the town notes before it answers. */
export default function Events() {
  const action = useAction();
  const doors = useTown(doorsToName, []);
  const [page, setPage] = useState<Page | undefined>();
  const [wanted, setWanted] = useState<Wanted>({
    purpose: "",
    from: today(),
    until: today(),
    door: "",
    badge: "",
  });
  const search = (before: Page | undefined) =>
    action.run(async () => {
      setPage(before);
      const read = await town.post("/api/v1/access/events/search", {
        body: bodyOf(wanted, before?.next ?? null),
      });
      setPage({ items: [...(before?.items ?? []), ...read.items], next: read.next });
    });
  const known = doors.resource.state === "ready" ? doors.resource.value : [];
  if (!isInside(me.value) || !rights.searchesEvents(me.value)) {
    return (
      <Screen title={t("events.title")}>
        <Refused refusal={new Refusal({ status: me.value ? 403 : 401 })} />
      </Screen>
    );
  }
  return (
    <Screen title={t("events.title")} wide>
      <DoorSteps at={kPaths.events} />
      <p class="note">{t("events.words")}</p>
      <Form
        wanted={wanted}
        doors={known}
        refusal={action.refusal}
        isBusy={action.isBusy}
        onChange={(part) => setWanted({ ...wanted, ...part })}
        onSearch={() => void search(undefined)}
      />
      {page && <Found page={page} doors={known} />}
      {page && page.next !== null && (
        <button
          type="button"
          class="secondary"
          aria-busy={action.isBusy}
          onClick={() => void search(page)}
        >
          {t("list.more")}
        </button>
      )}
    </Screen>
  );
}
