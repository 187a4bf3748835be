import type { Round } from "../../town/types";
import { t } from "../../words";

const kLooks: Record<Round["status"], string> = {
  draft: "pending",
  open: "approved",
  closed: "pending",
  proposed: "pending",
  published: "approved",
};

/** How far a round is, in words and by its frame. */
export function RoundState({ status }: { status: Round["status"] }) {
  return <span class={`state ${kLooks[status]}`}>{t(`round_status.${status}`)}</span>;
}
