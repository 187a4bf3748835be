import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import type { Action } from "./action";
import { focused } from "./focus";
import { Proof } from "./proof";
import { Summary } from "./summary";

/** A button that hurts: it asks first, in words that say what will happen. */
export function Question(props: {
  label: string;
  words: string;
  yes: string;
  no: string;
  action: Action;
  onYes: () => void;
  children?: ComponentChildren;
}) {
  const [isAsked, setAsked] = useState(false);
  const { action } = props;
  if (!isAsked) {
    return (
      <button type="button" class="secondary small" onClick={() => setAsked(true)}>
        {props.label}
      </button>
    );
  }
  return (
    <section class="note" aria-label={props.label} tabIndex={-1} ref={focused}>
      <Proof of={action} onProved={props.onYes} />
      {action.refusal?.code !== "proof_needed" && <Summary refusal={action.refusal} />}
      <p>{props.words}</p>
      {props.children}
      <button
        type="button"
        class="danger"
        aria-busy={action.isBusy}
        onClick={props.onYes}
      >
        {props.yes}
      </button>{" "}
      <button type="button" class="secondary small" onClick={() => setAsked(false)}>
        {props.no}
      </button>
    </section>
  );
}
