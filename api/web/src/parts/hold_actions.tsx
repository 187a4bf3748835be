import { useLocation } from "preact-iso";

import { kPaths } from "../paths";
import { town } from "../town/api";
import type { Hold } from "../town/types";
import { useAction } from "./action";
import { Question } from "./question";
import { Summary } from "./summary";

interface Words {
  book: string;
  release: string;
  question: string;
  yes: string;
  no: string;
}

/** What is done with a slot that is kept: it becomes a booking, or goes to others. */
export function HoldActions(props: { hold: Hold; words: Words; onReleased: () => void }) {
  const { hold, words, onReleased } = props;
  const { route } = useLocation();
  const booking = useAction();
  const release = useAction();
  const path = { id: hold.id };
  const book = () =>
    booking.run(async () => {
      const booked = await town.post("/api/v1/holds/{id}/book", { path, key: crypto.randomUUID() });
      route(`${kPaths.bookings}/${booked.id}?sent=1`);
    });
  const giveUp = () =>
    release.run(async () => {
      await town.remove("/api/v1/holds/{id}", { path });
      onReleased();
    });
  return (
    <>
      <Summary refusal={booking.refusal} />
      <button
        type="button"
        class="small"
        aria-busy={booking.isBusy}
        onClick={() => void book()}
      >
        {words.book}
      </button>{" "}
      <Question
        label={words.release}
        words={words.question}
        yes={words.yes}
        no={words.no}
        action={release}
        onYes={() => void giveUp()}
      />
    </>
  );
}
