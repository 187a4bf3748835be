import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import type { BookingDetails, Ground } from "../../town/types";
import { t } from "../../words";
import { CancelReason, firstReason, type ReasonWords } from "./cancel_reason";
import { isOwn } from "./ownership";

interface Props {
  booking: BookingDetails;
  seen: string | undefined;
  isOffice: boolean;
  onDone: () => void;
}

/** Its owners until it begins, the office until it ends. */
function mayGiveUp({ booking, isOffice }: Props): boolean {
  const isAlive = booking.status === "pending" || booking.status === "approved";
  const last = isOffice ? booking.end_at : booking.start_at;
  return (isOffice || isOwn(booking)) && isAlive && new Date(last) > new Date();
}

function Asked(props: Props & { grounds: readonly Ground[]; onNo: () => void }) {
  const { booking, seen, isOffice, grounds, onDone, onNo } = props;
  const [words, setWords] = useState<ReasonWords>(() => firstReason(grounds));
  const action = useAction();
  const giveUp = () =>
    action.run(async () => {
      const body = isOffice ? words : {};
      await town.post("/api/v1/bookings/{id}/cancel", { path: { id: booking.id }, seen, body });
      onDone();
    });
  return (
    <section class="note">
      <h2>{t("cancel.title")}</h2>
      <Summary refusal={action.refusal} fields={isOffice ? ["/reason", "/text"] : []} />
      <p>{t("cancel.question")}</p>
      {isOffice && (
        <CancelReason
          grounds={grounds}
          words={words}
          refusal={action.refusal}
          onChange={(part) => setWords({ ...words, ...part })}
        />
      )}
      <button type="button" class="danger" aria-busy={action.isBusy} onClick={() => void giveUp()}>
        {t("cancel.yes")}
      </button>{" "}
      <button type="button" class="secondary" onClick={onNo}>
        {t("cancel.no")}
      </button>
    </section>
  );
}

function Reasoned(props: Props & { onNo: () => void }) {
  const loaded = useTown(() => town.get("/api/v1/grounds"), []);
  return (
    <Waiting of={loaded}>
      {({ cancellation }) => <Asked {...props} grounds={cancellation} />}
    </Waiting>
  );
}

/** Gives a booking up, after a question: the pass stops at once. The office says why. */
export function Cancel(props: Props) {
  const [isAsked, setAsked] = useState(false);
  if (!mayGiveUp(props)) {
    return null;
  }
  if (!isAsked) {
    return (
      <button type="button" class="secondary" onClick={() => setAsked(true)}>
        {t("cancel.title")}
      </button>
    );
  }
  const no = () => setAsked(false);
  return props.isOffice ? (
    <Reasoned {...props} onNo={no} />
  ) : (
    <Asked {...props} grounds={[]} onNo={no} />
  );
}
