import { useAction } from "../../parts/action";
import { More, type Pages } from "../../parts/pages";
import { Question } from "../../parts/question";
import { Nothing, Waiting } from "../../parts/states";
import { kPaths } from "../../paths";
import { Unfold } from "../../parts/unfold";
import { town } from "../../town/api";
import { rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Room, Round, RoundWish, WeekPlace } from "../../town/types";
import { t, tn, type WordKey } from "../../words";
import { Settle } from "./settle";
import { bodyOf, draftOf, type WishDraft } from "./wish_draft";
import { WishForm } from "./wish_form";

interface Props {
  round: Round;
  rooms: readonly Room[];
  mayChange: boolean;
  onDone: () => void;
}

type OfWish = Props & { wish: RoundWish };

/** The version that was seen, as the town writes it in an ETag. */
function seenOf(wish: RoundWish): string {
  return `"${wish.version}"`;
}

function nameOf(rooms: readonly Room[], id: number): string {
  return rooms.find((room) => room.id === id)?.name ?? String(id);
}

function whenOf(place: Pick<WeekPlace, "weekday" | "start_time" | "end_time">): string {
  return `${t(`weekday.${place.weekday}` as WordKey)} ${place.start_time} – ${place.end_time}`;
}

/** What became of a wish and why, once the reader may know it. */
function Result({ wish, rooms }: OfWish) {
  const { decision, settled } = wish;
  const place = decision ? decision.place : settled?.place;
  if (!decision && !settled) {
    return null;
  }
  return (
    <div class={place ? "note good" : "note bad"}>
      <p>
        <strong>
          {place
            ? t("wish.given", { room: nameOf(rooms, place.room_id), when: whenOf(place) })
            : t("wish.not_given")}
        </strong>{" "}
        {decision && t(`verdict_of.${decision.verdict}`)}
      </p>
      {decision && decision.why !== "" && <p>{decision.why}</p>}
      {settled && settled.reason !== "" && (
        <p>{t("wish.settled_because", { reason: settled.reason })}</p>
      )}
      {wish.series_id !== null && (
        <p>
          <a href={`${kPaths.series}/${wish.series_id}`}>
            {t("series.title", { id: wish.series_id })}
          </a>
        </p>
      )}
      {wish.waits > 0 && <p>{tn("wish.waits", wish.waits)}</p>}
    </div>
  );
}

function Edit({ wish, round, rooms, onDone }: OfWish) {
  const action = useAction();
  const path = { id: round.id, wish_id: wish.id };
  const save = (draft: WishDraft) =>
    action.run(async () => {
      await town.patch("/api/v1/rounds/{id}/wishes/{wish_id}", {
        path,
        body: bodyOf(draft),
        seen: seenOf(wish),
      });
      onDone();
    });
  return (
    <WishForm
      before={draftOf(wish)}
      rooms={rooms}
      save={t("wish.save")}
      action={action}
      onSave={(draft) => void save(draft)}
    />
  );
}

function Withdraw({ wish, round, onDone }: OfWish) {
  const action = useAction();
  const withdraw = () =>
    action.run(async () => {
      await town.remove("/api/v1/rounds/{id}/wishes/{wish_id}", {
        path: { id: round.id, wish_id: wish.id },
        seen: seenOf(wish),
      });
      onDone();
    });
  return (
    <Question
      label={t("wish.withdraw", { id: wish.id })}
      words={t("wish.withdraw_question")}
      yes={t("wish.withdraw_yes")}
      no={t("round.no")}
      action={action}
      onYes={() => void withdraw()}
    />
  );
}

function Row(props: OfWish) {
  const { wish, rooms, mayChange } = props;
  const isOffice = me.value !== null && me.value !== undefined && rights.runsRounds(me.value);
  const ranked = wish.room_ids.map((id, at) =>
    t("wish.choice", { n: at + 1, room: nameOf(rooms, id) }),
  );
  return (
    <li>
      <h3>
        {t("wish.one", { id: wish.id, association: wish.association_name })}
        {wish.withdrawn && ` (${t("wish.withdrawn")})`}
      </h3>
      <p>
        {whenOf(wish)}, {tn("room.capacity", wish.attendees)}, {wish.purpose}
      </p>
      <p>{ranked.join(", ")}</p>
      <Result {...props} />
      {mayChange && !wish.withdrawn && (
        <>
          {isOffice && (
            <Unfold label={t("settle.title", { id: wish.id })}>
              {() => <Settle {...props} />}
            </Unfold>
          )}
          <Unfold label={t("wish.change", { id: wish.id })}>{() => <Edit {...props} />}</Unfold>
          <Withdraw {...props} />
        </>
      )}
    </li>
  );
}

/** The wishes of a round: all of them to the office, those of one's associations to others. */
export function Wishes(props: Props & { found: Pages<RoundWish> }) {
  const { found } = props;
  return (
    <section>
      <h2>{t("wish.title")}</h2>
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("wish.nothing")}</Nothing>
          ) : (
            <ul class="cards">
              {items.map((wish) => (
                <Row key={`${wish.id} ${wish.version}`} {...props} wish={wish} />
              ))}
            </ul>
          )
        }
      </Waiting>
      <More of={found} />
    </section>
  );
}
