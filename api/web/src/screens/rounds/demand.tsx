import { Fragment } from "preact";

import { More, usePages } from "../../parts/pages";
import { Nothing, Waiting } from "../../parts/states";
import { town } from "../../town/api";
import type { DayDemand, Round } from "../../town/types";
import { t, type WordKey } from "../../words";
import { hoursOf, number } from "../../words/numbers";

function Collisions({ day }: { day: DayDemand }) {
  return day.collisions.length === 0 ? (
    <>{t("demand.none")}</>
  ) : (
    <ul class="plain-list">
      {day.collisions.map(({ start_time, end_time, wish_ids }) => (
        <li key={`${start_time} ${end_time}`}>
          {t("demand.collision", {
            from: start_time,
            until: end_time,
            wishes: wish_ids.join(", "),
          })}
        </li>
      ))}
    </ul>
  );
}

/** How much is wished for, room by room and day by day, and where wishes meet. */
export function Demand({ round }: { round: Round }) {
  const found = usePages(
    (cursor) =>
      town.get("/api/v1/rounds/{id}/demand", { path: { id: round.id }, query: { cursor } }),
    [round.id],
  );
  return (
    <section>
      <h2>{t("demand.title")}</h2>
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("demand.nothing")}</Nothing>
          ) : (
            <div class="scroll" role="region" tabIndex={0} aria-label={t("demand.title")}>
              <table>
                <caption>{t("demand.caption")}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t("verify.room")}</th>
                    <th scope="col">{t("wish.weekday")}</th>
                    <th scope="col">{t("demand.wishes")}</th>
                    <th scope="col">{t("demand.first_choices")}</th>
                    <th scope="col">{t("demand.hours")}</th>
                    <th scope="col">{t("demand.meets")}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((room) => (
                    <Fragment key={room.room_id}>
                      {room.days.map((day) => (
                        <tr key={day.weekday}>
                          <th scope="row">{room.room_name}</th>
                          <td>{t(`weekday.${day.weekday}` as WordKey)}</td>
                          <td>{number(day.wishes)}</td>
                          <td>{number(day.first_choices)}</td>
                          <td>{number(hoursOf(day.wished_min))}</td>
                          <td>
                            <Collisions day={day} />
                          </td>
                        </tr>
                      ))}
                    </Fragment>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Waiting>
      <More of={found} />
    </section>
  );
}
