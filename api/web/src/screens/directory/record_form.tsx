import { useState } from "preact/hooks";

import type { Action } from "../../parts/action";
import { Field } from "../../parts/field";
import { Proof } from "../../parts/proof";
import { Summary } from "../../parts/summary";
import { t, type WordKey } from "../../words";

export interface RecordField {
  name: string;
  label: WordKey;
  hint?: WordKey;
  type?: string;
  most: number;
  required?: boolean;
}

type Values = Record<string, string>;

/** What was changed of a record, and nothing else: the town leaves the rest as it is. */
function changesOf(before: Values, after: Values): Values {
  return Object.fromEntries(Object.entries(after).filter(([name, text]) => text !== before[name]));
}

/** A form of texts: `onSave` gets those that are not as they were. */
export function RecordForm(props: {
  fields: readonly RecordField[];
  before: Values;
  save: string;
  action: Action;
  onSave: (changes: Values) => void;
}) {
  const { fields, before, action } = props;
  const [after, setAfter] = useState<Values>(before);
  const save = () => props.onSave(changesOf(before, after));
  const needsProof = action.refusal?.code === "proof_needed";
  return (
    <>
      <Proof of={action} onProved={save} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {!needsProof && (
          <Summary refusal={action.refusal} fields={fields.map(({ name }) => `/${name}`)} />
        )}
        {fields.map((field) => (
          <Field
            key={field.name}
            label={t(field.label)}
            hint={field.hint && t(field.hint)}
            type={field.type ?? "text"}
            maxLength={field.most}
            required={field.required ?? false}
            autocomplete="off"
            value={after[field.name] ?? ""}
            error={action.refusal?.about(`/${field.name}`)}
            onValue={(text) => setAfter({ ...after, [field.name]: text })}
          />
        ))}
        <button type="submit" aria-busy={action.isBusy}>
          {props.save}
        </button>
      </form>
    </>
  );
}

export const kPersonFields: readonly RecordField[] = [
  { name: "name", label: "directory.name", most: 200, required: true },
  {
    name: "email",
    label: "sign_in.email",
    hint: "directory.email_hint",
    type: "email",
    most: 254,
  },
  { name: "phone", label: "directory.phone", type: "tel", most: 30 },
  { name: "postal_address", label: "directory.address", most: 500 },
];

export const kAssociationFields: readonly RecordField[] = [
  { name: "name", label: "directory.name", most: 200, required: true },
  { name: "declaration", label: "directory.declaration", most: 60 },
  { name: "email", label: "sign_in.email", type: "email", most: 254 },
  { name: "phone", label: "directory.phone", type: "tel", most: 30 },
  { name: "address", label: "directory.address", most: 500 },
];

export function valuesOf(
  fields: readonly RecordField[],
  record: Record<string, unknown> = {},
): Values {
  return Object.fromEntries(fields.map(({ name }) => [name, String(record[name] ?? "")]));
}
