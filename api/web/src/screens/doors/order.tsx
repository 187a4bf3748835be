import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Select } from "../../parts/field";
import { moment } from "../../parts/moment";
import { Question } from "../../parts/question";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { town } from "../../town/api";
import type { Door, DoorCommand } from "../../town/types";
import { t } from "../../words";

const kGrounds = [
  "visitor",
  "delivery",
  "lost_credential",
  "maintenance",
  "emergency",
  "other",
] as const;
const kOnce = "0";
const kMinutes = [kOnce, "15", "60", "240", "720"] as const;
const kPause = 1_000;

const kStates = { offered: "pending", taken: "approved", lapsed: "refused" } as const;

function Obeyed({ command }: { command: DoorCommand }) {
  return (
    <p role="status">
      <span class={`state ${kStates[command.state]}`}>{t(`order_state.${command.state}`)}</span>{" "}
      {command.state === "taken" && command.free_access_until !== null
        ? t("order.free_until", { at: moment(command.free_access_until) })
        : t(`order_state.${command.state}_means`)}
    </p>
  );
}

/** What becomes of an order: looked at again until its door agent took it or its time is over. */
function Following({ id }: { id: number }) {
  const [isOver, setOver] = useState(false);
  const loaded = useTown(
    async () => {
      const command = await town.get("/api/v1/door-commands/{id}", { path: { id } });
      setOver(command.state !== "offered");
      return command;
    },
    [id],
    isOver ? undefined : kPause,
  );
  return <Waiting of={loaded}>{(command) => <Obeyed command={command} />}</Waiting>;
}

/** Opens a door from afar, once or to everybody for a while. */
export function Order({ door }: { door: Door }) {
  const action = useAction();
  const [ground, setGround] = useState<string>(kGrounds[0]);
  const [minutes, setMinutes] = useState<string>(kOnce);
  const [command, setCommand] = useState<DoorCommand | undefined>();
  const path = { id: door.id };
  const order = () =>
    action.run(async () => {
      const until = new Date(Date.now() + Number(minutes) * 60_000 - 5_000);
      setCommand(
        minutes === kOnce
          ? await town.post("/api/v1/doors/{id}/open", { path, body: { ground } })
          : await town.post("/api/v1/doors/{id}/free-access", {
              path,
              body: { ground, until: `${until.toISOString().slice(0, 19)}Z` },
            }),
      );
    });
  return (
    <>
      <Question
        key={command?.id}
        label={t("order.open", { door: door.name })}
        words={t("order.question")}
        yes={t("order.yes")}
        no={t("question.no")}
        action={action}
        onYes={() => void order()}
      >
        <Select
          label={t("order.ground")}
          value={ground}
          choices={kGrounds.map((value) => ({ value, label: t(`order_ground.${value}`) }))}
          onValue={setGround}
        />
        <Select
          label={t("order.how_long")}
          value={minutes}
          choices={kMinutes.map((value) => ({ value, label: t(`order_minutes.${value}`) }))}
          onValue={setMinutes}
        />
      </Question>
      {command && <Following key={command.id} id={command.id} />}
    </>
  );
}
