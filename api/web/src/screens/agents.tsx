import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { allAgents } from "../town/agents";
import { town } from "../town/api";
import type { DoorAgent } from "../town/types";
import { t } from "../words";
import { clock, localOf, shortDay } from "../words/dates";
import { Enrolment } from "./doors/enrolment";
import { DoorSteps } from "./doors/steps";

const kPause = 5_000;

function moment(instant: string): string {
  const at = localOf(instant);
  return `${shortDay(at)}, ${clock(at)}`;
}

/** A policy's version is the millisecond that it was made at. */
function madeAt(agent: DoorAgent): string {
  return agent.policy === null
    ? t("agents.no_policy")
    : moment(new Date(agent.policy.version).toISOString());
}

function How({ agent }: { agent: DoorAgent }) {
  const isHeard = agent.state === "active" && agent.online;
  const looks = isHeard ? "approved" : agent.state === "revoked" ? "refused" : "pending";
  return (
    <dl>
      <dt>{t("doors.state")}</dt>
      <dd>
        <span class={`state ${looks}`}>{t(`agent.${agent.state}`)}</span>{" "}
        {agent.state === "active" && t(agent.online ? "agents.online" : "agents.offline")}
      </dd>
      <dt>{t("agents.seen")}</dt>
      <dd>{agent.seen_at === null ? t("agents.never") : moment(agent.seen_at)}</dd>
      <dt>{t("agents.policy")}</dt>
      <dd>{madeAt(agent)}</dd>
      {agent.clock !== null && (
        <>
          <dt>{t("agents.clock")}</dt>
          <dd>{t(`clock.${agent.clock as "trusted" | "holdover" | "untrusted"}`)}</dd>
        </>
      )}
    </dl>
  );
}

/** The boards at the doors: who is heard, who comes in, and how one is put in. */
export default function Agents() {
  const loaded = useTown(
    () => Promise.all([allAgents(), town.get("/api/v1/sites")]),
    [],
    kPause,
  );
  return (
    <Screen title={t("agents.title")}>
      <DoorSteps at={kPaths.agents} />
      <Waiting of={loaded}>
        {([agents, sites]) =>
          agents.length === 0 ? (
            <Nothing>{t("agents.nothing")}</Nothing>
          ) : (
            <ul class="cards">
              {agents.map((agent) => (
                <li key={agent.id}>
                  <h2>
                    {agent.key} – {sites.items.find(({ id }) => id === agent.site_id)?.name}
                  </h2>
                  <How agent={agent} />
                  <Enrolment agent={agent} onDone={loaded.reload} />
                </li>
              ))}
            </ul>
          )
        }
      </Waiting>
      {loaded.resource.state === "ready" && (
        <p class="quiet">
          {t("list.updated", { time: clock(localOf(loaded.resource.at.toISOString())) })}
        </p>
      )}
    </Screen>
  );
}
