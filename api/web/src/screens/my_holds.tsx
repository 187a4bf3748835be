import { HoldActions } from "../parts/hold_actions";
import { moment } from "../parts/moment";
import { useTown } from "../parts/resource";
import { Refused } from "../parts/states";
import { town } from "../town/api";
import type { Hold } from "../town/types";
import { t } from "../words";
import { longDay, shortDay, span } from "../words/dates";
import { isOwn } from "./booking_parts/ownership";

const kMost = 200;

function Row({ hold, onReleased }: { hold: Hold; onReleased: () => void }) {
  const slot = `${hold.room_name}, ${shortDay(hold.start)}`;
  return (
    <li>
      <p>
        <strong>{hold.room_name}</strong>, {longDay(hold.start)}, {span(hold.start, hold.end)}
      </p>
      <p class="quiet">
        {hold.association_name} {hold.purpose}
      </p>
      <p>{t("holds.until", { at: moment(hold.expires_at) })}</p>
      <HoldActions
        hold={hold}
        words={{
          book: t("holds.take", { slot }),
          release: t("holds.give_up", { slot }),
          question: t("holds.question"),
          yes: t("holds.yes"),
          no: t("holds.no"),
        }}
        onReleased={onReleased}
      />
    </li>
  );
}

/** The slots that are kept for the reader, with their deadlines; nothing where none is. */
export function MyHolds() {
  const loaded = useTown(() => town.get("/api/v1/holds", { query: { limit: kMost } }), []);
  const { resource } = loaded;
  if (resource.state === "refused") {
    return <Refused refusal={resource.refusal} again={loaded.reload} />;
  }
  const holds = resource.state === "ready" ? resource.value.items.filter(isOwn) : [];
  return holds.length === 0 ? null : (
    <section>
      <h2>{t("holds.mine")}</h2>
      <ul class="cards">
        {holds.map((hold) => (
          <Row key={hold.id} hold={hold} onReleased={loaded.reload} />
        ))}
      </ul>
    </section>
  );
}
