import { useRoute } from "preact-iso";

import { Messages } from "../parts/messages";
import { usePages } from "../parts/pages";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { Unfold } from "../parts/unfold";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { Round } from "../town/types";
import { t } from "../words";
import { longDay, today } from "../words/dates";
import { Demand } from "./rounds/demand";
import { EditRound } from "./rounds/edit_round";
import { NewWish } from "./rounds/new_wish";
import { RoundState } from "./rounds/round_state";
import { NextStep } from "./rounds/next_step";
import { Wishes } from "./rounds/wishes";

function Facts({ round }: { round: Round }) {
  return (
    <>
      <p>
        <RoundState status={round.status} /> {t(`round_status.${round.status}_means`)}
      </p>
      <p>
        {t("round.wishes_span", {
          from: longDay(round.wishes_from),
          until: longDay(round.wishes_until),
        })}
      </p>
      <p>
        {t("round.season_span", {
          from: longDay(round.season_first),
          until: longDay(round.season_last),
        })}{" "}
        {round.skip_public_holidays && `${t("round.skip_public_holidays")}.`}{" "}
        {round.skip_school_holidays && `${t("round.skip_school_holidays")}.`}
      </p>
      <h2>{t("round.criteria")}</h2>
      <ul>
        {round.criteria.map((criterion) => (
          <li key={criterion.text}>
            {criterion.text} ({t("criterion.points", { n: criterion.weight })})
          </li>
        ))}
      </ul>
    </>
  );
}

/** Whether its associations, or the office for them, still state wishes. */
function takesWishes(round: Round, isOffice: boolean): boolean {
  return isOffice
    ? ["open", "closed", "proposed"].includes(round.status)
    : round.status === "open" && round.wishes_from <= today() && today() <= round.wishes_until;
}

/** A round: what the town shares out, by which criteria, and what became of each wish. */
export default function RoundPage() {
  const { params } = useRoute();
  const id = params["id"] ?? "0";
  const isOffice = isInside(me.value) && rights.runsRounds(me.value);
  const loaded = useTown(() => town.read("/api/v1/rounds/{id}", { path: { id } }), [id]);
  const rooms = useTown(() => town.get("/api/v1/rooms"), []);
  const found = usePages(
    (cursor) => town.get("/api/v1/rounds/{id}/wishes", { path: { id }, query: { cursor } }),
    [id],
  );
  const { resource } = loaded;
  const done = () => {
    loaded.reload();
    found.reload();
  };
  return (
    <Screen title={resource.state === "ready" ? resource.value.body.name : t("rounds.title")}>
      <p>
        <a href={kPaths.rounds}>{t("rounds.title")}</a>
      </p>
      <Waiting of={loaded}>
        {({ body: round, etag }) => (
          <>
            <Facts round={round} />
            {isOffice && (
              <>
                <EditRound key={round.version} round={round} seen={etag} onDone={done} />
                <NextStep round={round} seen={etag} onDone={done} />
                <Unfold label={t("messages.title")}>
                  {() => <Messages of="rounds" id={round.id} />}
                </Unfold>
              </>
            )}
            <Waiting of={rooms}>
              {({ items }) => (
                <>
                  {isOffice && <Demand key={round.version} round={round} />}
                  {takesWishes(round, isOffice) && (
                    <NewWish round={round} rooms={items} onDone={done} />
                  )}
                  <Wishes
                    round={round}
                    rooms={items}
                    found={found}
                    mayChange={takesWishes(round, isOffice)}
                    onDone={done}
                  />
                </>
              )}
            </Waiting>
          </>
        )}
      </Waiting>
    </Screen>
  );
}
