import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Field, Select } from "../parts/field";
import { moment } from "../parts/moment";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town, type Answer } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { Door } from "../town/types";
import { t } from "../words";
import { instantOf } from "../words/dates";
import { DoorSteps } from "./doors/steps";
import { WhoOpens } from "./doors/who_opens";

type Verdict = Answer<"/api/v1/access/simulate", "post">;

const kFields = ["/badge_id", "/door_id", "/at"];

function Said({ verdict }: { verdict: Verdict }) {
  return (
    <p class={verdict.allow ? "note good" : "note bad"} role="status">
      {t(verdict.allow ? "why.opens" : "why.stays_shut", {
        at: moment(verdict.at),
        reason: t(`reason.${verdict.reason}`),
      })}
    </p>
  );
}

/** What is asked about: a pass that its booking names, or a badge by its number. */
function Ask({ doors, pass }: { doors: readonly Door[]; pass: string | undefined }) {
  const action = useAction();
  const [badge, setBadge] = useState("");
  const [door, setDoor] = useState(String(doors[0]?.id ?? ""));
  const [at, setAt] = useState("");
  const [verdict, setVerdict] = useState<Verdict | undefined>();
  const ask = () =>
    action.run(async () => {
      setVerdict(undefined);
      const body = {
        ...(pass === undefined ? { badge_id: Number(badge) } : { pass_id: Number(pass) }),
        door_id: Number(door),
        ...(at === "" ? {} : { at: instantOf(at) }),
      };
      setVerdict(await town.post("/api/v1/access/simulate", { body }));
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <Summary refusal={action.refusal} fields={kFields} />
      <div class="columns">
        {pass === undefined && (
          <Field
            label={t("why.badge")}
            type="number"
            min={1}
            required
            value={badge}
            error={action.refusal?.about("/badge_id")}
            onValue={setBadge}
          />
        )}
        <Select
          label={t("doors.door")}
          value={door}
          choices={doors.map(({ id, name, key }) => ({
            value: String(id),
            label: `${name} (${key})`,
          }))}
          error={action.refusal?.about("/door_id")}
          onValue={setDoor}
        />
        <Field
          label={t("why.at")}
          hint={t("why.at_hint")}
          type="datetime-local"
          value={at}
          error={action.refusal?.about("/at")}
          onValue={setAt}
        />
      </div>
      <button type="submit" aria-busy={action.isBusy}>
        {t("why.ask")}
      </button>
      {verdict && <Said verdict={verdict} />}
    </form>
  );
}

/** Why a badge or a pass would open a door, or not: what the door itself would answer. */
export default function Why() {
  const { query } = useLocation();
  const loaded = useTown(() => town.get("/api/v1/doors", { query: { limit: 100 } }), []);
  const pass = query["pass"];
  const mayAsk = isInside(me.value) && (pass !== undefined || rights.keepsBadges(me.value));
  return (
    <Screen title={t("why.title")}>
      <DoorSteps at={kPaths.why} />
      <p>{t(pass === undefined ? "why.words" : "why.words_pass")}</p>
      <Waiting of={loaded}>
        {({ items }) =>
          mayAsk ? (
            <>
              <Ask doors={items} pass={pass} />
              {pass === undefined && <WhoOpens doors={items} />}
            </>
          ) : (
            <Nothing>{t("why.from_booking")}</Nothing>
          )
        }
      </Waiting>
    </Screen>
  );
}
