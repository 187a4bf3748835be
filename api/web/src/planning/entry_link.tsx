import { kPaths } from "../paths";
import type { Entry } from "../town/types";
import { t } from "../words";
import { span } from "../words/dates";

/** What an entry is called: who has the room, or that it is taken, closed or kept. */
export function nameOf(entry: Entry): string {
  const name = entry.association_name || entry.booker_name;
  return entry.kind === "booking" && name ? name : t(`entry.${entry.kind}`);
}

/** How an entry looks, besides its words: a state that has a pattern of its own. */
export function looksOf(entry: Entry): string {
  return entry.kind === "booking" ? (entry.status ?? "busy") : entry.kind;
}

/** One entry of a table: a link where there is something to read. */
export function EntryLink(props: {
  entry: Entry;
  room: string;
  onDragStart?: (event: DragEvent) => void;
}) {
  const { entry, room, onDragStart } = props;
  const time = span(entry.start, entry.end);
  const state = entry.status === "pending" ? ` (${t("status.pending")})` : "";
  const words = `${time} ${nameOf(entry)}${state}`;
  return entry.id === undefined ? (
    <span class={`entry ${looksOf(entry)}`}>{words}</span>
  ) : (
    <a
      class={`entry ${looksOf(entry)}`}
      href={`${kPaths.bookings}/${entry.id}`}
      aria-label={`${room}, ${words}`}
      {...(onDragStart ? { onDragStart } : {})}
    >
      {words}
    </a>
  );
}
