import { useLocation } from "preact-iso";

import { useAction } from "../../parts/action";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { kPaths } from "../../paths";
import { bookingOf, seriesOf, slotOf, type Wish } from "../../planning/wish";
import { town } from "../../town/api";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Alternative, PlannedDate, RoomWithRules, SeriesPlan } from "../../town/types";
import { t, tn } from "../../words";
import { longDay, shortDay, span } from "../../words/dates";
import { KeepIt } from "./keep_it";

function wordsOf(planned: PlannedDate): string {
  return planned.verdict === "accepted"
    ? t("verdict.free")
    : planned.verdict === "left_out"
      ? t("verdict.left_out")
      : t("verdict.obstacle");
}

function DateRow({ planned }: { planned: PlannedDate }) {
  const details = [...new Set(planned.errors.map((error) => error.detail ?? error.code))];
  return (
    <tr class={planned.verdict}>
      <th scope="row">{shortDay(planned.date)}</th>
      <td>{planned.start === "" ? "" : span(planned.start, planned.end)}</td>
      <td>
        <strong>{wordsOf(planned)}</strong>
        {details.map((detail) => (
          <div key={detail}>{detail}</div>
        ))}
      </td>
    </tr>
  );
}

/** Each date of a series with what stands in its way. */
function Dates({ plan }: { plan: SeriesPlan }) {
  return (
    <>
      <p role="status">
        {tn("verify.booked", plan.booked)}{" "}
        {plan.dates.length > plan.booked && tn("verify.missed", plan.dates.length - plan.booked)}
      </p>
      <div class="scroll" role="region" tabIndex={0} aria-label={t("verify.dates")}>
        <table>
          <caption>{t("verify.dates")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("verify.date")}</th>
              <th scope="col">{t("verify.time")}</th>
              <th scope="col">{t("verify.answer")}</th>
            </tr>
          </thead>
          <tbody>
            {plan.dates.map((planned) => (
              <DateRow key={planned.date} planned={planned} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** In the line for a slot that is taken; it is the town that says when it frees, by mail. */
function WaitForIt({ wish }: { wish: Wish }) {
  const { route } = useLocation();
  const action = useAction();
  const wait = () =>
    action.run(async () => {
      const key = crypto.randomUUID();
      await town.post("/api/v1/waiting-list", { body: bookingOf(wish), key });
      route(kPaths.bookings);
    });
  return (
    <>
      <Summary refusal={action.refusal} />
      <p>{t("waits.words")}</p>
      <button type="button" class="secondary" aria-busy={action.isBusy} onClick={() => void wait()}>
        {t("waits.join")}
      </button>
    </>
  );
}

function Single(props: { plan: SeriesPlan; wish: Wish; onTake: (slot: Alternative) => void }) {
  const { plan, wish, onTake } = props;
  const date = plan.dates[0];
  if (plan.accepted || !date) {
    return <p role="status">{t("verify.free")}</p>;
  }
  const details = [...new Set(date.errors.map((error) => error.detail ?? error.code))];
  return (
    <div class="note bad" role="alert">
      <p>{t("verify.not_possible")}</p>
      <ul>
        {details.map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
      </ul>
      {date.alternatives.length > 0 && (
        <>
          <p>{t("verify.instead")}</p>
          <ul class="plain-list">
            {date.alternatives.map((slot) => (
              <li key={`${slot.room_id} ${slot.start}`}>
                <button type="button" class="secondary small" onClick={() => onTake(slot)}>
                  {slot.room_name}, {shortDay(slot.start)}, {span(slot.start, slot.end)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {date.errors.some(({ code }) => code === "room_taken") && <WaitForIt wish={wish} />}
    </div>
  );
}

/** The third step: what would become of the request, and the button that sends it. */
export function Verify(props: {
  room: RoomWithRules;
  wish: Wish;
  onBack: (part: Partial<Wish>) => void;
  onSend: () => Promise<void>;
}) {
  const { room, wish, onBack, onSend } = props;
  const body = seriesOf(wish);
  const loaded = useTown(() => town.post("/api/v1/series/preview", { body }), [body]);
  const action = useAction();
  const { start, end } = slotOf(wish);
  const take = (slot: Alternative) =>
    onBack({
      room: slot.room_id,
      day: slot.start.slice(0, 10),
      from: slot.start.slice(11, 16),
      to: slot.end.slice(11, 16),
    });
  return (
    <>
      <p class="step">{t("ask.step_verify")}</p>
      <dl>
        <dt>{t("verify.room")}</dt>
        <dd>{room.name}</dd>
        <dt>{t("verify.when")}</dt>
        <dd>
          {longDay(start)}, {span(start, end)}
          {wish.repeat !== "once" && `, ${t(`repeat.${wish.repeat}`).toLowerCase()}`}
        </dd>
        {wish.forName !== "" && (
          <>
            <dt>{t("ask.for_whom")}</dt>
            <dd>{wish.forName}</dd>
          </>
        )}
        <dt>{t("find.people")}</dt>
        <dd>{wish.people}</dd>
        <dt>{t("ask.purpose")}</dt>
        <dd>{wish.purpose}</dd>
      </dl>
      <Summary refusal={action.refusal} />
      <Waiting of={loaded}>
        {(plan) => (
          <>
            {wish.repeat === "once" ? (
              <Single plan={plan} wish={wish} onTake={take} />
            ) : (
              <Dates plan={plan} />
            )}
            {plan.booked > 0 && (
              <button
                type="button"
                aria-busy={action.isBusy}
                onClick={() => void action.run(onSend)}
              >
                {room.approval_needed ? t("verify.send") : t("verify.book")}
              </button>
            )}
            {isInside(me.value) && rights.decides(me.value) && wish.repeat === "once" && (
              <KeepIt wish={wish} />
            )}
          </>
        )}
      </Waiting>
      <button type="button" class="secondary" onClick={() => onBack({})}>
        {t("verify.back")}
      </button>
    </>
  );
}
