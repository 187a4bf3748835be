import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import type { BookingDetails } from "../../town/types";
import { t } from "../../words";
import { isOwn } from "./ownership";

function mayGiveUp(booking: BookingDetails): boolean {
  const isAlive = booking.status === "pending" || booking.status === "approved";
  return isOwn(booking) && isAlive && new Date(booking.start_at) > new Date();
}

/** Gives one's booking up, after a question: the pass stops at once. */
export function Cancel(props: {
  booking: BookingDetails;
  seen: string | undefined;
  onDone: () => void;
}) {
  const { booking, seen, onDone } = props;
  const [isAsked, setAsked] = useState(false);
  const action = useAction();
  if (!mayGiveUp(booking)) {
    return null;
  }
  const giveUp = () =>
    action.run(async () => {
      await town.post("/api/v1/bookings/{id}/cancel", { path: { id: booking.id }, seen });
      onDone();
    });
  if (!isAsked) {
    return (
      <button type="button" class="secondary" onClick={() => setAsked(true)}>
        {t("cancel.title")}
      </button>
    );
  }
  return (
    <section class="note">
      <h2>{t("cancel.title")}</h2>
      <Summary refusal={action.refusal} />
      <p>{t("cancel.question")}</p>
      <button type="button" class="danger" aria-busy={action.isBusy} onClick={() => void giveUp()}>
        {t("cancel.yes")}
      </button>{" "}
      <button type="button" class="secondary" onClick={() => setAsked(false)}>
        {t("cancel.no")}
      </button>
    </section>
  );
}
