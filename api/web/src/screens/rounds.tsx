import { useLocation } from "preact-iso";

import { More, usePages } from "../parts/pages";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { Round } from "../town/types";
import { t } from "../words";
import { longDay } from "../words/dates";
import { NewRound } from "./rounds/new_round";
import { RoundState } from "./rounds/round_state";

function Card({ round }: { round: Round }) {
  return (
    <li>
      <a href={`${kPaths.rounds}/${round.id}`}>{round.name}</a> <RoundState status={round.status} />
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
        })}
      </p>
    </li>
  );
}

/** The yearly rounds in which weekly slots are shared out, the newest first. */
export default function Rounds() {
  const { route } = useLocation();
  const found = usePages((cursor) => town.get("/api/v1/rounds", { query: { cursor } }), []);
  const mayPrepare = isInside(me.value) && rights.runsRounds(me.value);
  return (
    <Screen title={t("rounds.title")}>
      <p>{t("rounds.words")}</p>
      {mayPrepare && <NewRound onMade={(id) => route(`${kPaths.rounds}/${id}`)} />}
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("rounds.nothing")}</Nothing>
          ) : (
            <ul class="cards">
              {items.map((round) => (
                <Card key={round.id} round={round} />
              ))}
            </ul>
          )
        }
      </Waiting>
      <More of={found} />
    </Screen>
  );
}
