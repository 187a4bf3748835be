import { Select, TextArea } from "../../parts/field";
import type { Refusal } from "../../town/refusal";
import type { Ground } from "../../town/types";
import { t } from "../../words";

export interface ReasonWords {
  reason: string;
  text: string;
}

/** What stands where nobody says another reason: the first of the town's list. */
export function firstReason(grounds: readonly Ground[]): ReasonWords {
  return { reason: grounds[0]?.code ?? "", text: "" };
}

/** Why something is given up: a reason of the list, and words. */
export function CancelReason(props: {
  grounds: readonly Ground[];
  words: ReasonWords;
  refusal: Refusal | undefined;
  onChange: (part: Partial<ReasonWords>) => void;
}) {
  const { grounds, words, refusal, onChange } = props;
  return (
    <>
      <Select
        label={t("cancel_reason.title")}
        value={words.reason}
        error={refusal?.about("/reason")}
        choices={grounds.map(({ code, label }) => ({ value: code, label }))}
        onValue={(reason) => onChange({ reason })}
      />
      <TextArea
        label={t("cancel_reason.text")}
        required={grounds.find(({ code }) => code === words.reason)?.text_needed ?? false}
        value={words.text}
        error={refusal?.about("/text")}
        onValue={(text) => onChange({ text })}
      />
    </>
  );
}
