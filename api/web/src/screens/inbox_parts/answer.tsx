import { useState } from "preact/hooks";

import { useAction, type Action } from "../../parts/action";
import { TextArea } from "../../parts/field";
import { focused } from "../../parts/focus";
import { useTown } from "../../parts/resource";
import { Waiting } from "../../parts/states";
import { Summary } from "../../parts/summary";
import {
  decisionOn,
  kMostSelected,
  type Decision,
  type Selection,
} from "../../planning/selection";
import { town, type Answer as AnswerOf } from "../../town/api";
import { t, tn } from "../../words";
import { GroundFields } from "../booking_parts/decide";
import { Outcomes } from "./outcomes";

type Outcome = AnswerOf<"/api/v1/bookings/decisions", "post">;
interface Typed {
  decision: Decision;
  ground: string;
  text: string;
  override: string;
}
/** What was tried, or done, on which requests. */
interface Tried {
  outcome: Outcome;
  selection: Selection;
}

const kDecisions: readonly Decision[] = ["approve", "refuse"];
const kFields = ["/ground", "/text", "/override_reason"];

function Grounds(props: { typed: Typed; action: Action; onType: (part: Partial<Typed>) => void }) {
  const { typed, action, onType } = props;
  const loaded = useTown(() => town.get("/api/v1/grounds"), []);
  return (
    <Waiting of={loaded}>
      {({ items }) => (
        <GroundFields
          grounds={items}
          ground={typed.ground}
          text={typed.text}
          refusal={action.refusal}
          onGround={(ground) => onType({ ground })}
          onText={(text) => onType({ text })}
        />
      )}
    </Waiting>
  );
}

function Form(props: {
  selection: Selection;
  typed: Typed;
  action: Action;
  onType: (part: Partial<Typed>) => void;
  onLook: () => void;
}) {
  const { selection, typed, action, onType, onLook } = props;
  const areTooMany = selection.size > kMostSelected;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onLook();
      }}
    >
      <p role="status">{tn("selection.count", selection.size)}</p>
      {areTooMany && <p class="note bad">{t("selection.too_many")}</p>}
      <Summary refusal={action.refusal} fields={kFields} />
      <fieldset>
        <legend>{t("selection.decision")}</legend>
        {kDecisions.map((decision) => (
          <label key={decision} class="check">
            <input
              type="radio"
              name="decision"
              checked={typed.decision === decision}
              onChange={() => onType({ decision })}
            />
            {t(`selection.${decision}`)}
          </label>
        ))}
      </fieldset>
      {typed.decision === "refuse" ? (
        <Grounds typed={typed} action={action} onType={onType} />
      ) : (
        <TextArea
          label={t("selection.override")}
          hint={t("selection.override_hint")}
          value={typed.override}
          error={action.refusal?.about("/override_reason")}
          onValue={(override) => onType({ override })}
        />
      )}
      <button type="submit" disabled={areTooMany} aria-busy={action.isBusy}>
        {t("selection.look")}
      </button>
    </form>
  );
}

function Preview(props: {
  tried: Tried;
  decision: Decision;
  action: Action;
  onDecide: () => void;
  onBack: () => void;
}) {
  const { outcome, selection } = props.tried;
  return (
    <div tabIndex={-1} ref={focused}>
      <p role="status">
        {tn("selection.would", outcome.decided)}{" "}
        {outcome.left > 0 && tn("selection.left", outcome.left)}
      </p>
      <Outcomes items={outcome.items} selection={selection} isDone={false} />
      <Summary refusal={props.action.refusal} />
      {outcome.decided > 0 && (
        <button
          type="button"
          class={props.decision === "refuse" ? "danger" : undefined}
          aria-busy={props.action.isBusy}
          onClick={props.onDecide}
        >
          {tn(`selection.${props.decision}_now`, outcome.decided)}
        </button>
      )}{" "}
      <button type="button" class="secondary" onClick={props.onBack}>
        {t("selection.back")}
      </button>
    </div>
  );
}

function Report({ tried, onClose }: { tried: Tried; onClose: () => void }) {
  const { outcome, selection } = tried;
  return (
    <div tabIndex={-1} ref={focused}>
      <p class="note good" role="status">
        {tn("selection.done", outcome.decided)}{" "}
        {outcome.left > 0 && tn("selection.left", outcome.left)}
      </p>
      <Outcomes items={outcome.items} selection={selection} isDone />
      <button type="button" class="secondary" onClick={onClose}>
        {t("selection.close")}
      </button>
    </div>
  );
}

/** One answer to several requests: first tried, with what each meets, then given. */
export function Answer({ selection, onDone }: { selection: Selection; onDone: () => void }) {
  const action = useAction();
  const [typed, setTyped] = useState<Typed>({
    decision: "approve",
    ground: "",
    text: "",
    override: "",
  });
  const [preview, setPreview] = useState<Tried | undefined>(undefined);
  const [report, setReport] = useState<Tried | undefined>(undefined);
  const ask = async (chosen: Selection, isPreview: boolean): Promise<Tried> => {
    const body = { ...decisionOn(chosen, typed), preview: isPreview };
    const key = crypto.randomUUID();
    return {
      outcome: await town.post("/api/v1/bookings/decisions", { body, key }),
      selection: chosen,
    };
  };
  const look = () => action.run(async () => setPreview(await ask(selection, true)));
  const decide = (tried: Tried) =>
    action.run(async () => {
      setReport(await ask(tried.selection, false));
      setPreview(undefined);
      onDone();
    });
  return (
    <section>
      <h2>{t("selection.title")}</h2>
      {report ? (
        <Report tried={report} onClose={() => setReport(undefined)} />
      ) : preview ? (
        <Preview
          tried={preview}
          decision={typed.decision}
          action={action}
          onDecide={() => void decide(preview)}
          onBack={() => setPreview(undefined)}
        />
      ) : selection.size === 0 ? (
        <p class="quiet">{t("selection.empty")}</p>
      ) : (
        <Form
          selection={selection}
          typed={typed}
          action={action}
          onType={(part) => setTyped({ ...typed, ...part })}
          onLook={() => void look()}
        />
      )}
    </section>
  );
}
