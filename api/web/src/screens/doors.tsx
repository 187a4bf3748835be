import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Select } from "../parts/field";
import { Proof } from "../parts/proof";
import { Question } from "../parts/question";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { Confirmation, Door, Lockdown, Site } from "../town/types";
import { t, type WordKey } from "../words";
import { clock, localOf, shortDay } from "../words/dates";
import { FourEyes, isOpen } from "./doors/four_eyes";
import { LockdownOf } from "./doors/lockdown_of";
import { Order } from "./doors/order";
import { DoorSteps } from "./doors/steps";

const kPause = 5_000;
const kGrounds = ["broken", "works", "security", "other"] as const;
type Ground = (typeof kGrounds)[number];

interface Estate {
  sites: { site: Site; doors: Door[]; lockdown: Lockdown }[];
  confirmations: Confirmation[];
}

async function allDoors(): Promise<Door[]> {
  const doors: Door[] = [];
  let cursor: string | undefined;
  do {
    const page = await town.get("/api/v1/doors", { query: { limit: 100, cursor } });
    doors.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return doors;
}

async function estate(): Promise<Estate> {
  const [sites, doors, confirmations] = await Promise.all([
    town.get("/api/v1/sites"),
    allDoors(),
    town.get("/api/v1/confirmations"),
  ]);
  const lockdowns = await Promise.all(
    sites.items.map(({ id }) => town.get("/api/v1/sites/{id}/lockdown", { path: { id } })),
  );
  return {
    sites: sites.items.map((site, at) => ({
      site,
      doors: doors.filter(({ site_id }) => site_id === site.id),
      lockdown: lockdowns[at]!,
    })),
    confirmations: confirmations.items.filter((confirmation) => isOpen(confirmation)),
  };
}

function DoorState({ door }: { door: Door }) {
  const since = door.disabled_at === null ? undefined : localOf(door.disabled_at);
  return (
    <>
      <span class={`state ${door.state === "in_service" ? "approved" : "refused"}`}>
        {t(`door.${door.state}`)}
      </span>{" "}
      {door.disabled_ground !== null && t(`door_ground.${door.disabled_ground as Ground}`)}
      {since && ` · ${shortDay(since)}, ${clock(since)}`}
      {door.phase !== null && <p class="quiet">{t(`phase.${door.phase}` as WordKey)}</p>}
    </>
  );
}

function Change({ door, onDone }: { door: Door; onDone: () => void }) {
  const action = useAction();
  const [ground, setGround] = useState<string>(kGrounds[0]);
  const path = { id: door.id };
  const disable = () =>
    action.run(async () => {
      await town.post("/api/v1/doors/{id}/disable", { path, body: { ground } });
      onDone();
    });
  const enable = () =>
    action.run(async () => {
      await town.post("/api/v1/doors/{id}/enable", { path });
      onDone();
    });
  if (door.state === "disabled") {
    return (
      <>
        <Proof of={action} onProved={() => void enable()} />
        {action.refusal?.code !== "proof_needed" && <Summary refusal={action.refusal} />}
        <button
          type="button"
          class="secondary small"
          aria-busy={action.isBusy}
          onClick={() => void enable()}
        >
          {t("doors.enable", { door: door.name })}
        </button>
      </>
    );
  }
  return (
    <Question
      label={t("doors.disable", { door: door.name })}
      words={t("doors.disable_question")}
      yes={t("doors.disable_yes")}
      no={t("question.no")}
      action={action}
      onYes={() => void disable()}
    >
      <Select
        label={t("doors.ground")}
        value={ground}
        choices={kGrounds.map((value) => ({ value, label: t(`door_ground.${value}`) }))}
        onValue={setGround}
      />
    </Question>
  );
}

function DoorTable(props: { site: Site; doors: Door[]; onDone: () => void }) {
  const { site, doors, onDone } = props;
  const mayChange = isInside(me.value) && rights.keepsDoors(me.value);
  const mayOrder = isInside(me.value) && rights.ordersDoors(me.value);
  if (doors.length === 0) {
    return <Nothing>{t("doors.none_here")}</Nothing>;
  }
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={t("doors.of", { site: site.name })}>
      <table>
        <caption>{t("doors.of", { site: site.name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("doors.door")}</th>
            <th scope="col">{t("doors.state")}</th>
            <th scope="col">{t("doors.agent")}</th>
            {mayOrder && <th scope="col">{t("order.title")}</th>}
            {mayChange && <th scope="col">{t("doors.change")}</th>}
          </tr>
        </thead>
        <tbody>
          {doors.map((door) => (
            <tr key={door.id}>
              <th scope="row">
                <a href={`${kPaths.doors}/${door.id}`}>{door.name}</a>
              </th>
              <td>
                <DoorState door={door} />
              </td>
              <td>{door.agent ?? t("doors.no_agent")}</td>
              {mayOrder && <td>{door.agent !== null && <Order door={door} />}</td>}
              {mayChange && (
                <td>
                  <Change key={door.state} door={door} onDone={onDone} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The doors as they stand, lockdowns, and what waits for a second person. */
export default function Doors() {
  const loaded = useTown(estate, [], kPause);
  return (
    <Screen title={t("doors.title")} wide>
      <DoorSteps at={kPaths.doors} />
      <Waiting of={loaded}>
        {({ sites, confirmations }) => (
          <>
            <FourEyes confirmations={confirmations} onDone={loaded.reload} />
            {sites.map(({ site, doors, lockdown }) => (
              <section key={site.id}>
                <h2>{site.name}</h2>
                <LockdownOf
                  site={site}
                  lockdown={lockdown}
                  confirmations={confirmations}
                  onDone={loaded.reload}
                />
                <DoorTable site={site} doors={doors} onDone={loaded.reload} />
              </section>
            ))}
          </>
        )}
      </Waiting>
      {loaded.resource.state === "ready" && (
        <p class="quiet">
          {t("list.updated", { time: clock(localOf(loaded.resource.at.toISOString())) })}
        </p>
      )}
    </Screen>
  );
}
