import type { Refusal } from "../../town/refusal";
import type { DateError } from "../../town/types";
import { t } from "../../words";
import { shortDay, span } from "../../words/dates";

export function Reasons({ errors }: { errors: readonly DateError[] }) {
  const details = [...new Set(errors.map((error) => error.detail || error.code))];
  return (
    <>
      {details.map((detail) => (
        <div key={detail}>{detail}</div>
      ))}
    </>
  );
}

/** The dates for which a change of several was refused, each with what is in its way. */
export function RefusedDates({ refusal }: { refusal: Refusal | undefined }) {
  if (!refusal || refusal.dates.length === 0) {
    return null;
  }
  const label = t("series_change.refused_dates");
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={label}>
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t("verify.date")}</th>
            <th scope="col">{t("verify.answer")}</th>
          </tr>
        </thead>
        <tbody>
          {refusal.dates.map(({ date, errors, alternatives }) => (
            <tr key={date}>
              <th scope="row">{shortDay(date)}</th>
              <td>
                <Reasons errors={errors} />
                {alternatives.length > 0 && (
                  <div class="quiet">
                    {t("series_change.instead")}{" "}
                    {alternatives
                      .map(({ room_name, start, end }) =>
                        [room_name, shortDay(start), span(start, end)].join(", "),
                      )
                      .join(" ; ")}
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
