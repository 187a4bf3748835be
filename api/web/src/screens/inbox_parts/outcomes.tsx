import { kPaths } from "../../paths";
import type { Selection } from "../../planning/selection";
import type { Booking, SelectedOutcome } from "../../town/types";
import { t } from "../../words";
import { shortDay, span } from "../../words/dates";

function nameOf(booking: Booking): string {
  const { start, end } = booking;
  const who = booking.association_name || booking.booker_name;
  return `${who}, ${booking.room_name}, ${shortDay(start)}, ${span(start, end)}`;
}

function Why({ item, selection }: { item: SelectedOutcome; selection: Selection }) {
  const others = item.collides_with.map((id) => {
    const booking = selection.get(id);
    const title = t("booking.title", { id });
    return booking ? `${booking.association_name || booking.booker_name} (${title})` : title;
  });
  const { problem } = item;
  const details = [...new Set(problem?.errors?.map(({ detail, code }) => detail || code) ?? [])];
  const slots = (problem?.alternatives ?? []).map(
    (slot) => `${slot.room_name}, ${shortDay(slot.start)}, ${span(slot.start, slot.end)}`,
  );
  return (
    <>
      {problem && details.length === 0 && <div>{problem.detail || problem.title}</div>}
      {details.map((detail) => (
        <div key={detail}>{detail}</div>
      ))}
      {others.length > 0 && <div>{t("selection.collides", { others: others.join(", ") })}</div>}
      {item.missing_papers.length > 0 && (
        <div>
          {t("selection.missing", {
            papers: item.missing_papers.map((kind) => t(`paper.${kind}`)).join(", "),
          })}
        </div>
      )}
      {slots.length > 0 && (
        <div class="quiet">{t("selection.instead", { slots: slots.join(" ; ") })}</div>
      )}
    </>
  );
}

/** What a decision on several requests does, or would do, to each, with what it meets. */
export function Outcomes(props: {
  items: readonly SelectedOutcome[];
  selection: Selection;
  isDone: boolean;
}) {
  const label = t(props.isDone ? "selection.outcomes_done" : "selection.outcomes");
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={label}>
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t("selection.request")}</th>
            <th scope="col">{t("selection.outcome")}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((item) => {
            const booking = props.selection.get(item.id);
            return (
              <tr key={item.id} class={item.outcome === "left" ? "refused" : "accepted"}>
                <th scope="row">
                  <a href={`${kPaths.bookings}/${item.id}`}>
                    {booking ? nameOf(booking) : t("booking.title", { id: item.id })}
                  </a>
                </th>
                <td>
                  <strong>{t(`outcome.${item.outcome}`)}</strong>
                  <Why item={item} selection={props.selection} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
