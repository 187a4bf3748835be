import type { ComponentChildren } from "preact";

import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { allAgents } from "../town/agents";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { DoorAgent } from "../town/types";
import { t, tn, type WordKey } from "../words";
import { Enrolment } from "./doors/enrolment";

const kPause = 5_000;
const kImport = "creneau-api import town.json";

/** What somebody has no right to see counts as nothing that they could do here. */
async function ifAllowed<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (cause) {
    if (cause instanceof Refusal && cause.status === 403) {
      return undefined;
    }
    throw cause;
  }
}

async function look() {
  const [sites, rooms, doors, agents, bookings] = await Promise.all([
    town.get("/api/v1/sites"),
    town.get("/api/v1/rooms"),
    ifAllowed(town.get("/api/v1/doors", { query: { limit: 100 } })),
    ifAllowed(allAgents()),
    ifAllowed(town.get("/api/v1/bookings", { query: { limit: 1 } })),
  ]);
  return {
    sites: sites.items,
    rooms: rooms.items,
    doors: doors?.items,
    agents,
    bookings: bookings?.items,
  };
}

type Town = Awaited<ReturnType<typeof look>>;

interface Step {
  title: WordKey;
  isDone: boolean;
  content: ComponentChildren;
}

function Names({ of }: { of: string[] }) {
  const shown = 8;
  const more = of.length - shown;
  return (
    <p>
      {of.slice(0, shown).join(", ")}
      {more > 0 && ` ${tn("steps.more", more)}`}
    </p>
  );
}

/** Sites, rooms and doors come with the town's file: it is the one place where they are written. */
function FromFile({ has, names, missing }: { has: boolean; names: string[]; missing: WordKey }) {
  return has ? (
    <Names of={names} />
  ) : (
    <>
      <p>{t(missing)}</p>
      <p>
        {t("steps.import")} <code>{kImport}</code>
      </p>
    </>
  );
}

function FirstAgent({ agents, onDone }: { agents: DoorAgent[] | undefined; onDone: () => void }) {
  if (agents === undefined) {
    return <p>{t("steps.ask_access")}</p>;
  }
  const active = agents.filter(({ state }) => state === "active");
  const next = agents.find(({ state }) => state === "pending") ?? agents[0];
  if (active.length > 0 || next === undefined) {
    return (
      <>
        {next === undefined ? (
          <p>{t("agents.nothing")}</p>
        ) : (
          <Names of={active.map(({ key }) => key)} />
        )}
        <p>
          <a href={kPaths.agents}>{t("steps.all_agents")}</a>
        </p>
      </>
    );
  }
  return (
    <>
      <p>{t("steps.agent", { agent: next.key })}</p>
      <Enrolment agent={next} onDone={onDone} />
    </>
  );
}

function FirstBooking({ isDone }: { isDone: boolean }) {
  const person = me.value;
  const books = isInside(person) && rights.decides(person);
  return (
    <>
      <p>{t(isDone ? "steps.booked" : books ? "steps.book" : "steps.ask_office")}</p>
      {books && !isDone && (
        <a class="button" href={kPaths.find}>
          {t("find.title")}
        </a>
      )}
    </>
  );
}

function stepsOf(of: Town, onDone: () => void): Step[] {
  const { sites, rooms, doors, agents, bookings } = of;
  const isBooked = (bookings?.length ?? 0) > 0;
  const file = (names: string[], missing: WordKey) => (
    <FromFile has={names.length > 0} names={names} missing={missing} />
  );
  return [
    {
      title: "steps.site",
      isDone: sites.length > 0,
      content: file(
        sites.map(({ name }) => name),
        "steps.no_site",
      ),
    },
    {
      title: "steps.room",
      isDone: rooms.length > 0,
      content: file(
        rooms.map(({ name }) => name),
        "steps.no_room",
      ),
    },
    {
      title: "steps.door",
      isDone: (doors?.length ?? 0) > 0,
      content:
        doors === undefined ? (
          <p>{t("steps.ask_access")}</p>
        ) : (
          file(
            doors.map(({ name }) => name),
            "steps.no_door",
          )
        ),
    },
    {
      title: "steps.first_agent",
      isDone: agents?.some(({ state }) => state === "active") ?? false,
      content: <FirstAgent agents={agents} onDone={onDone} />,
    },
    {
      title: "steps.first_booking",
      isDone: isBooked,
      content: <FirstBooking isDone={isBooked} />,
    },
  ];
}

/** From an empty server to the first booking: what is there, and what is to be done next. */
export default function FirstSteps() {
  const loaded = useTown(look, [], kPause);
  return (
    <Screen title={t("steps.title")}>
      <p>{t("steps.words")}</p>
      <Waiting of={loaded}>
        {(of) => {
          const steps = stepsOf(of, loaded.reload);
          const left = steps.filter(({ isDone }) => !isDone).length;
          return (
            <>
              <p role="status">{left === 0 ? t("steps.done") : tn("steps.left", left)}</p>
              <ol class="cards">
                {steps.map(({ title, isDone, content }, at) => (
                  <li key={title}>
                    <h2>
                      {at + 1}. {t(title)}{" "}
                      <span class={`state ${isDone ? "approved" : "pending"}`}>
                        {t(isDone ? "steps.is_done" : "steps.to_do")}
                      </span>
                    </h2>
                    {content}
                  </li>
                ))}
              </ol>
            </>
          );
        }}
      </Waiting>
    </Screen>
  );
}
