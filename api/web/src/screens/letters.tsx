import { useAction } from "../parts/action";
import { moment } from "../parts/moment";
import { More, usePages } from "../parts/pages";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town } from "../town/api";
import type { Message } from "../town/types";
import { t, type WordKey } from "../words";
import { DeskSteps } from "./desk/steps";

function Letter({ letter, onDone }: { letter: Message; onDone: () => void }) {
  const action = useAction();
  const printed = () =>
    action.run(async () => {
      await town.post("/api/v1/letters/{id}/printed", { path: { id: letter.id } });
      onDone();
    });
  const words = t(`message.${letter.template}` as WordKey) || letter.template;
  return (
    <li>
      <p>
        <strong>{letter.person_name}</strong>, {words}{" "}
        {letter.booking_id !== null && (
          <a href={`${kPaths.bookings}/${letter.booking_id}`}>
            {t("booking.title", { id: letter.booking_id })}
          </a>
        )}
      </p>
      <p>
        {t("letters.written", { at: moment(letter.created_at) })}{" "}
        {letter.needed_by !== null && t("letters.needed", { at: moment(letter.needed_by) })}{" "}
        {letter.carries_code && t("letters.code")}
      </p>
      {letter.phone && (
        <p class="note bad">
          <strong>{t("letters.phone")}</strong>
        </p>
      )}
      <Summary refusal={action.refusal} />
      <p>
        <a href={`/api/v1/messages/${letter.id}.pdf`} target="_blank" rel="noopener">
          {t("letters.open", { id: letter.id })}
        </a>{" "}
        <button
          type="button"
          class="secondary small"
          aria-busy={action.isBusy}
          onClick={() => void printed()}
        >
          {t("letters.printed", { id: letter.id })}
        </button>
      </p>
    </li>
  );
}

/** What has to be printed and posted, since its reader has no e-mail address; the oldest first. */
export default function Letters() {
  const found = usePages((cursor) => town.get("/api/v1/letters", { query: { cursor } }), []);
  return (
    <Screen title={t("letters.title")}>
      <DeskSteps at={kPaths.letters} />
      <p>{t("letters.words")}</p>
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("letters.nothing")}</Nothing>
          ) : (
            <ul class="cards">
              {items.map((letter) => (
                <Letter key={letter.id} letter={letter} onDone={found.reload} />
              ))}
            </ul>
          )
        }
      </Waiting>
      <More of={found} />
    </Screen>
  );
}
