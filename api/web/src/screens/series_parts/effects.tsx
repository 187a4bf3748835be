import type { Answer } from "../../town/api";
import { t, tn } from "../../words";
import { shortDay, span } from "../../words/dates";
import { Reasons } from "./refused_dates";

export type EditPreview = Answer<"/api/v1/series/{id}/preview", "post">;
type Effect = EditPreview["dates"][number]["effect"];

const kEffects: readonly Effect[] = ["kept", "moved", "added", "given_up", "missed"];

/** How a row looks where other tables mark what is free, left out or taken. */
const kLooks: Record<Effect, string> = {
  kept: "",
  moved: "accepted",
  added: "accepted",
  given_up: "left_out",
  missed: "refused",
};

/** What a change would do to each date, before it is done. */
export function Effects({ dates }: EditPreview) {
  const counts = kEffects
    .map((effect) => ({ effect, n: dates.filter((date) => date.effect === effect).length }))
    .filter(({ n }) => n > 0);
  return (
    <>
      <p role="status">{counts.map(({ effect, n }) => tn(`effect.${effect}`, n)).join(" ")}</p>
      <div class="scroll" role="region" tabIndex={0} aria-label={t("effect.title")}>
        <table>
          <caption>{t("effect.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("verify.date")}</th>
              <th scope="col">{t("verify.time")}</th>
              <th scope="col">{t("effect.what")}</th>
            </tr>
          </thead>
          <tbody>
            {dates.map(({ date, start, end, effect, errors }) => (
              <tr key={`${date} ${effect}`} class={kLooks[effect]}>
                <th scope="row">{shortDay(start === "" ? date : start)}</th>
                <td>{start === "" ? "" : span(start, end)}</td>
                <td>
                  <strong>{t(`effect.${effect}`)}</strong>
                  <Reasons errors={errors} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
