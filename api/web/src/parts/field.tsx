import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

interface Described {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

function describedBy(id: string, { hint, error }: Described): string | undefined {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return ids === "" ? undefined : ids;
}

function Labelled(props: Described & { id: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      {props.children}
      {props.hint && <small id={`${props.id}-hint`}>{props.hint}</small>}
      {props.error && (
        <small id={`${props.id}-error`} class="error">
          {props.error}
        </small>
      )}
    </div>
  );
}

type InputProps = Omit<JSX.IntrinsicElements["input"], "onInput" | "label" | "value">;

/** A label, a field, its hint and what is wrong with it, tied to each other. */
export function Field(
  props: Described & InputProps & { value: string; onValue: (value: string) => void },
) {
  const id = useId();
  const { label, hint, error, onValue, ...input } = props;
  const described: Described = { label, hint, error };
  return (
    <Labelled id={id} {...described}>
      <input
        {...input}
        id={id}
        aria-describedby={describedBy(id, described)}
        {...(error ? { "aria-invalid": true } : {})}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Labelled>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function Select(
  props: Described & {
    value: string;
    choices: readonly Choice[];
    onValue: (value: string) => void;
    required?: boolean;
  },
) {
  const id = useId();
  return (
    <Labelled id={id} label={props.label} hint={props.hint} error={props.error}>
      <select
        id={id}
        value={props.value}
        required={props.required ?? false}
        aria-describedby={describedBy(id, props)}
        {...(props.error ? { "aria-invalid": true } : {})}
        onChange={(event) => props.onValue(event.currentTarget.value)}
      >
        {props.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export function TextArea(
  props: Described & { value: string; onValue: (value: string) => void; required?: boolean },
) {
  const id = useId();
  return (
    <Labelled id={id} label={props.label} hint={props.hint} error={props.error}>
      <textarea
        id={id}
        rows={3}
        required={props.required ?? false}
        aria-describedby={describedBy(id, props)}
        {...(props.error ? { "aria-invalid": true } : {})}
        onInput={(event) => props.onValue(event.currentTarget.value)}
        value={props.value}
      />
    </Labelled>
  );
}

export function Check(props: {
  label: string;
  checked: boolean;
  onValue: (checked: boolean) => void;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onValue(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}
