import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Select, TextArea } from "../../parts/field";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import type { Refusal } from "../../town/refusal";
import type { BookingDetails, Ground } from "../../town/types";
import { t } from "../../words";
import { Conflicts } from "./conflicts";

interface Props {
  booking: BookingDetails;
  seen: string | undefined;
  onDone: () => void;
}

/** What a refusal says: a ground of the list, and words where that asks for them. */
export interface RefusalWords {
  ground: string;
  text?: string;
}

/** The ground of a refusal and what the office adds to it. */
export function GroundFields(props: {
  grounds: readonly Ground[];
  ground: string;
  text: string;
  refusal: Refusal | undefined;
  onGround: (ground: string) => void;
  onText: (text: string) => void;
}) {
  const { grounds, ground, text, refusal } = props;
  return (
    <>
      <Select
        label={t("decide.ground")}
        hint={t("decide.ground_hint")}
        required
        value={ground}
        error={refusal?.about("/ground")}
        choices={[
          { value: "", label: t("decide.choose") },
          ...grounds.map(({ code, label }) => ({ value: code, label })),
        ]}
        onValue={props.onGround}
      />
      <TextArea
        label={t("decide.text")}
        required={grounds.find(({ code }) => code === ground)?.text_needed ?? false}
        error={refusal?.about("/text")}
        value={text}
        onValue={props.onText}
      />
    </>
  );
}

/** A form that refuses, on a ground of the list. */
export function Refusing({ onRefuse }: { onRefuse: (words: RefusalWords) => Promise<void> }) {
  const loaded = useTown(() => town.get("/api/v1/grounds"), []);
  const action = useAction();
  const [ground, setGround] = useState("");
  const [text, setText] = useState("");
  const refuse = () =>
    action.run(() => onRefuse(text.trim() === "" ? { ground } : { ground, text: text.trim() }));
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
            <GroundFields
              grounds={items}
              ground={ground}
              text={text}
              refusal={action.refusal}
              onGround={setGround}
              onText={setText}
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
export function Decide({ booking, seen, onDone }: Props) {
  const action = useAction();
  const approve = () =>
    action.run(async () => {
      await town.post("/api/v1/bookings/{id}/approve", { path: { id: booking.id }, seen });
      onDone();
    });
  const refuse = async (body: RefusalWords) => {
    await town.post("/api/v1/bookings/{id}/refuse", { path: { id: booking.id }, seen, body });
    onDone();
  };
  return (
    <section>
      <h2>{t("decide.title")}</h2>
      <Conflicts slot={booking} />
      <Summary refusal={action.refusal} />
      <button type="button" aria-busy={action.isBusy} onClick={() => void approve()}>
        {t("decide.approve")}
      </button>
      <Refusing onRefuse={refuse} />
    </section>
  );
}
