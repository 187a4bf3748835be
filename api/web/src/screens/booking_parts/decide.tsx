import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { BookingState } from "../../parts/booking_state";
import { Select, TextArea } from "../../parts/field";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { kPaths } from "../../paths";
import { meets } from "../../planning/overlap";
import { town } from "../../town/api";
import { scheduleOf } from "../../town/schedule";
import type { BookingDetails, Entry } from "../../town/types";
import { t } from "../../words";
import { daysAfter, shortDay, span } from "../../words/dates";

interface Props {
  booking: BookingDetails;
  seen: string | undefined;
  onDone: () => void;
}

async function othersThen(booking: BookingDetails): Promise<Entry[]> {
  const rooms = await scheduleOf({
    from: booking.start.slice(0, 10),
    until: daysAfter(booking.end.slice(0, 10), 1),
    room: booking.room_id,
  });
  return rooms
    .flatMap((room) => room.entries)
    .filter((entry) => entry.id !== booking.id && meets(entry, booking));
}

/** What else wants the room then. */
function Conflicts({ booking }: { booking: BookingDetails }) {
  const loaded = useTown(() => othersThen(booking), [booking.id, booking.sequence]);
  return (
    <Waiting of={loaded}>
      {(others) =>
        others.length === 0 ? (
          <p class="note good">{t("decide.no_conflict")}</p>
        ) : (
          <div class="note bad">
            <p>{t("decide.conflicts")}</p>
            <ul>
              {others.map((entry) => (
                <li key={`${entry.kind} ${entry.start} ${entry.id}`}>
                  {shortDay(entry.start)}, {span(entry.start, entry.end)}:{" "}
                  {entry.id === undefined ? (
                    t(`entry.${entry.kind}`)
                  ) : (
                    <a href={`${kPaths.bookings}/${entry.id}`}>
                      {entry.association_name || entry.booker_name}
                    </a>
                  )}{" "}
                  {entry.status && <BookingState status={entry.status} />}
                </li>
              ))}
            </ul>
          </div>
        )
      }
    </Waiting>
  );
}

function Refusing({ booking, seen, onDone }: Props) {
  const loaded = useTown(() => town.get("/api/v1/grounds"), []);
  const action = useAction();
  const [ground, setGround] = useState("");
  const [text, setText] = useState("");
  const refuse = () =>
    action.run(async () => {
      const body = text.trim() === "" ? { ground } : { ground, text: text.trim() };
      await town.post("/api/v1/bookings/{id}/refuse", { path: { id: booking.id }, seen, body });
      onDone();
    });
  return (
    <details>
      <summary>{t("decide.refuse")}</summary>
      <Waiting of={loaded}>
        {({ items }) => (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void refuse();
            }}
          >
            <Summary refusal={action.refusal} fields={["/ground", "/text"]} />
            <Select
              label={t("decide.ground")}
              hint={t("decide.ground_hint")}
              required
              value={ground}
              error={action.refusal?.about("/ground")}
              choices={[
                { value: "", label: t("decide.choose") },
                ...items.map(({ code, label }) => ({ value: code, label })),
              ]}
              onValue={setGround}
            />
            <TextArea
              label={t("decide.text")}
              required={items.find(({ code }) => code === ground)?.text_needed ?? false}
              error={action.refusal?.about("/text")}
              value={text}
              onValue={setText}
            />
            <button type="submit" class="danger" aria-busy={action.isBusy}>
              {t("decide.refuse_now")}
            </button>
          </form>
        )}
      </Waiting>
    </details>
  );
}

/** The office's yes or no, with what is in the way beside it. */
export function Decide(props: Props) {
  const { booking, seen, onDone } = props;
  const action = useAction();
  const approve = () =>
    action.run(async () => {
      await town.post("/api/v1/bookings/{id}/approve", { path: { id: booking.id }, seen });
      onDone();
    });
  return (
    <section>
      <h2>{t("decide.title")}</h2>
      <Conflicts booking={booking} />
      <Summary refusal={action.refusal} />
      <button type="button" aria-busy={action.isBusy} onClick={() => void approve()}>
        {t("decide.approve")}
      </button>
      <Refusing {...props} />
    </section>
  );
}
