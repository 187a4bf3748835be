import { useLocation } from "preact-iso";

import { Check } from "../parts/field";
import { moment } from "../parts/moment";
import { More, usePages } from "../parts/pages";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { town } from "../town/api";
import type { Alarm } from "../town/types";
import { t } from "../words";
import { clock, localOf } from "../words/dates";
import { DoorSteps } from "./doors/steps";

const kPause = 5_000;

function Row({ alarm }: { alarm: Alarm }) {
  return (
    <tr>
      <th scope="row">{t(`alarm.${alarm.kind}`)}</th>
      <td>{alarm.door ?? t("alarms.agent_itself")}</td>
      <td>{alarm.agent}</td>
      <td>{moment(alarm.begun_at)}</td>
      <td>
        {alarm.ended_at === null ? (
          <span class="state refused">{t("alarms.goes_on")}</span>
        ) : (
          moment(alarm.ended_at)
        )}
      </td>
    </tr>
  );
}

function AlarmTable({ alarms }: { alarms: readonly Alarm[] }) {
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={t("alarms.list")}>
      <table class="many">
        <caption>{t("alarms.list")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("alarms.what")}</th>
            <th scope="col">{t("doors.door")}</th>
            <th scope="col">{t("doors.agent")}</th>
            <th scope="col">{t("alarms.begun")}</th>
            <th scope="col">{t("alarms.ended")}</th>
          </tr>
        </thead>
        <tbody>
          {alarms.map((alarm) => (
            <Row key={alarm.id} alarm={alarm} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What is wrong at the doors and with what drives them, now or lately. */
export default function Alarms() {
  const { query, route } = useLocation();
  const withPast = query["all"] === "1";
  const found = usePages(
    (cursor) =>
      town.get("/api/v1/alarms", { query: { going_on: withPast ? undefined : true, cursor } }),
    [withPast],
    kPause,
  );
  const { resource } = found;
  return (
    <Screen title={t("alarms.title")} wide>
      <DoorSteps at={kPaths.alarms} />
      <Check
        label={t("alarms.with_past")}
        checked={withPast}
        onValue={(all) => route(withQuery(kPaths.alarms, { all: all ? "1" : "" }), true)}
      />
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t(withPast ? "alarms.never" : "alarms.nothing")}</Nothing>
          ) : (
            <AlarmTable alarms={items} />
          )
        }
      </Waiting>
      <More of={found} />
      {resource.state === "ready" && (
        <p class="quiet">
          {t("list.updated", { time: clock(localOf(resource.at.toISOString())) })}
        </p>
      )}
    </Screen>
  );
}
