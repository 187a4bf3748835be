import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Select } from "../parts/field";
import { moment } from "../parts/moment";
import { More, usePages } from "../parts/pages";
import { Question } from "../parts/question";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import type { Badge } from "../town/types";
import { t } from "../words";
import { localOf, shortDay } from "../words/dates";
import { GiveBadge } from "./doors/give_badge";
import { DoorSteps } from "./doors/steps";

const kAll = "";
const kStates = ["issued", "lost", "returned", "revoked"] as const;

/** A step that a badge can take, after a question. */
function Ask(props: {
  badge: Badge;
  change: "lost" | "back" | "found";
  step: "lost" | "return";
  onDone: () => void;
}) {
  const { badge, change, step, onDone } = props;
  const action = useAction();
  const take = () =>
    action.run(async () => {
      await town.post(`/api/v1/badges/{id}/${step}`, { path: { id: badge.id } });
      onDone();
    });
  return (
    <>
      <Question
        label={t(`badges.${change}`, { id: badge.id })}
        words={t(`badges.${change}_question`)}
        yes={t(`badges.${change}_yes`)}
        no={t("question.no")}
        action={action}
        onYes={() => void take()}
      />{" "}
    </>
  );
}

interface Changes {
  badge: Badge;
  onReplace: () => void;
  onDone: () => void;
}

function Change({ badge, onReplace, onDone }: Changes) {
  switch (badge.state) {
    case "issued":
      return (
        <>
          <Ask key="lost" badge={badge} change="lost" step="lost" onDone={onDone} />
          <Ask key="back" badge={badge} change="back" step="return" onDone={onDone} />
        </>
      );
    case "lost":
    case "revoked":
      return (
        <>
          <Ask key="found" badge={badge} change="found" step="return" onDone={onDone} />
          {badge.state === "lost" && (
            <button type="button" class="secondary small" onClick={onReplace}>
              {t("badges.replace", { id: badge.id })}
            </button>
          )}
        </>
      );
    case "returned":
      return null;
  }
}

function Row(props: Changes) {
  const { badge } = props;
  return (
    <tr>
      <th scope="row">{t("badges.one", { id: badge.id })}</th>
      <td>{t(`badges.of_${badge.holder_kind}`, { id: badge.holder_id })}</td>
      <td>
        <span class={`state ${badge.state === "issued" ? "approved" : "refused"}`}>
          {t(`badge.${badge.state}`)}
        </span>
      </td>
      <td>{shortDay(localOf(badge.changed_at))}</td>
      <td>{badge.until === null ? t("badges.no_end") : moment(badge.until)}</td>
      <td>
        <Change {...props} />
      </td>
    </tr>
  );
}

/** Badges: who has one, given, lost, back. Their numbers are shown nowhere. */
export default function Badges() {
  const found = usePages((cursor) => town.get("/api/v1/badges", { query: { cursor } }), []);
  const [instead, setInstead] = useState<Badge | undefined>();
  const [state, setState] = useState(kAll);
  return (
    <Screen title={t("badges.title")} wide>
      <DoorSteps at={kPaths.badges} />
      <GiveBadge key={instead?.id} instead={instead} onDone={found.reload} />
      <Select
        label={t("badges.which")}
        value={state}
        choices={[
          { value: kAll, label: t("badges.all") },
          ...kStates.map((value) => ({ value, label: t(`badge.${value}`) })),
        ]}
        onValue={setState}
      />
      <Waiting of={found}>
        {({ items }) => {
          const shown = items.filter((badge) => state === kAll || badge.state === state);
          return shown.length === 0 ? (
            <Nothing>{t(state === kAll ? "badges.nothing" : "badges.none_so")}</Nothing>
          ) : (
            <div class="scroll" role="region" tabIndex={0} aria-label={t("badges.all")}>
              <table class="many">
                <caption>{t("badges.all")}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t("badges.badge")}</th>
                    <th scope="col">{t("badges.holder_kind")}</th>
                    <th scope="col">{t("doors.state")}</th>
                    <th scope="col">{t("badges.since")}</th>
                    <th scope="col">{t("badges.until")}</th>
                    <th scope="col">{t("doors.change")}</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((badge) => (
                    <Row
                      key={badge.id}
                      badge={badge}
                      onReplace={() => setInstead(badge)}
                      onDone={found.reload}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Waiting>
      <More of={found} />
    </Screen>
  );
}
