import { useAction } from "../parts/action";
import { More, usePages } from "../parts/pages";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { answersFor, isInside, rights, type Step } from "../town/rights";
import { me } from "../town/session";
import type { Me, Movement } from "../town/types";
import { t } from "../words";
import { clock, localOf, longDay, shortDay } from "../words/dates";
import { Announce } from "./directory/announce";
import { DirectorySteps } from "./directory/steps";

function stepsOf(movement: Movement, person: Me): Step[] {
  return movement.notices
    .filter(({ acknowledged_at }) => acknowledged_at === null)
    .map(({ step }) => step)
    .filter((step) => answersFor(person, step, movement.line_manager_id));
}

function Notice({ notice }: { notice: Movement["notices"][number] }) {
  const known = notice.acknowledged_at;
  const by = notice.acknowledged_by;
  return (
    <>
      <dt>{t(`movement_step.${notice.step}`)}</dt>
      <dd>
        <span class={`state ${known !== null ? "approved" : "pending"}`}>
          {known !== null
            ? t("movements.known")
            : notice.told_at === null
              ? t("movements.not_told")
              : t(notice.overdue ? "movements.overdue" : "movements.told")}
        </span>{" "}
        {known !== null &&
          (by === null
            ? t("movements.nobody")
            : `${by.name}, ${shortDay(localOf(known))}`)}
      </dd>
    </>
  );
}

function Acknowledge({ movement, onDone }: { movement: Movement; onDone: () => void }) {
  const action = useAction();
  const person = me.value;
  if (!person || movement.state === "withdrawn" || stepsOf(movement, person).length === 0) {
    return null;
  }
  const know = () =>
    action.run(async () => {
      await town.post("/api/v1/staff/movements/{id}/acknowledge", { path: { id: movement.id } });
      onDone();
    });
  return (
    <>
      <Summary refusal={action.refusal} />
      <button
        type="button"
        class="secondary small"
        aria-busy={action.isBusy}
        onClick={() => void know()}
      >
        {t("movements.know", { name: movement.name })}
      </button>
    </>
  );
}

/** Who comes and who goes, and who of those concerned knows of it. */
export default function Movements() {
  const found = usePages(
    (cursor) => town.get("/api/v1/staff/movements", { query: { cursor } }),
    [],
  );
  return (
    <Screen title={t("movements.title")}>
      <DirectorySteps at={kPaths.movements} />
      {isInside(me.value) && rights.announces(me.value) && <Announce onDone={found.reload} />}
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("movements.nothing")}</Nothing>
          ) : (
            <ul class="cards">
              {items.map((movement) => (
                <li key={movement.id}>
                  <h2>
                    {t(`movements.${movement.kind}`, { name: movement.name })}
                    {movement.state === "withdrawn" && ` (${t("movements.withdrawn")})`}
                  </h2>
                  <p>
                    {longDay(movement.local_at)}, {clock(movement.local_at)}
                    {movement.department !== "" && `, ${movement.department}`}
                  </p>
                  <dl>
                    {movement.notices.map((notice) => (
                      <Notice key={notice.step} notice={notice} />
                    ))}
                  </dl>
                  <Acknowledge movement={movement} onDone={found.reload} />
                </li>
              ))}
            </ul>
          )
        }
      </Waiting>
      <More of={found} />
    </Screen>
  );
}
