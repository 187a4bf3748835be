import { useAction } from "../parts/action";
import { useTown } from "../parts/resource";
import { Summary } from "../parts/summary";
import { town } from "../town/api";
import type { Wait } from "../town/types";
import { t, tn } from "../words";
import { longDay, span } from "../words/dates";
import { isOwn } from "./booking_parts/ownership";

function aheadOf(wait: Wait): string {
  return wait.ahead === 0 ? t("waits.first") : tn("waits.ahead", wait.ahead);
}

function Row(props: { wait: Wait; onDone: () => void }) {
  const { wait, onDone } = props;
  const action = useAction();
  const leave = () =>
    action.run(async () => {
      await town.remove("/api/v1/waiting-list/{id}", { path: { id: wait.id } });
      onDone();
    });
  return (
    <li>
      <p>
        <strong>{wait.room_name}</strong>, {longDay(wait.start)}, {span(wait.start, wait.end)}
      </p>
      <p>{wait.hold_id === null ? aheadOf(wait) : t("waits.offered")}</p>
      <Summary refusal={action.refusal} />
      <button
        type="button"
        class="secondary small"
        aria-busy={action.isBusy}
        onClick={() => void leave()}
      >
        {t("waits.leave")}
      </button>
    </li>
  );
}

/** Where one waits for a slot that is taken; nothing where one waits for none. */
export function Waits() {
  const loaded = useTown(() => town.get("/api/v1/waiting-list", { query: { limit: 50 } }), []);
  const { resource } = loaded;
  const waits = resource.state === "ready" ? resource.value.items.filter(isOwn) : [];
  if (waits.length === 0) {
    return null;
  }
  return (
    <section>
      <h2>{t("waits.title")}</h2>
      <ul class="cards">
        {waits.map((wait) => (
          <Row key={wait.id} wait={wait} onDone={loaded.reload} />
        ))}
      </ul>
    </section>
  );
}
