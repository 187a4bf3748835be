import { useLocation } from "preact-iso";
import { useRef, useState } from "preact/hooks";

import { kPaths, withQuery } from "../paths";
import type { Entry, ScheduledRoom } from "../town/types";
import { t } from "../words";
import { clock } from "../words/dates";
import { kStep, timeAt, type Cell, type Shown } from "./day_cells";
import { between, movedByKey, usualFrom, type Range } from "./range";

const kWorthALink = 60 / kStep; // shorter gaps show that they are free, and lead nowhere

function columnAt(event: PointerEvent, cell: HTMLElement, free: Range): number {
  const { left, width } = cell.getBoundingClientRect();
  const share = (event.clientX - left) / Math.max(width, 1);
  return free.from + Math.floor(share * (free.until - free.from));
}

/** A range that is chosen within a free stretch: by dragging over it, or by Shift and the arrows. */
function useRange(free: Range, onChosen: (range: Range) => void) {
  const [range, setRange] = useState<Range>(usualFrom(free.from, free));
  const [began, setBegan] = useState<number | undefined>();
  const isPressed = useRef(false);
  return {
    range,
    isDragged: began !== undefined,
    onKeyDown: (event: KeyboardEvent) => {
      const moved = event.shiftKey ? movedByKey(event.key, range, free) : undefined;
      if (moved) {
        event.preventDefault();
        event.stopPropagation();
        setRange(moved);
      }
    },
    onPointerDown: (event: PointerEvent) => {
      isPressed.current =
        event.pointerType === "mouse" && event.button === 0 && !event.ctrlKey && !event.metaKey;
      if (!isPressed.current) {
        return;
      }
      const cell = event.currentTarget as HTMLElement;
      const column = columnAt(event, cell, free);
      cell.setPointerCapture(event.pointerId);
      setBegan(column);
      setRange({ from: column, until: column + 1 });
    },
    onPointerMove: (event: PointerEvent) => {
      if (began !== undefined) {
        setRange(between(began, columnAt(event, event.currentTarget as HTMLElement, free), free));
      }
    },
    onPointerUp: (event: PointerEvent) => {
      if (began === undefined) {
        return;
      }
      const column = columnAt(event, event.currentTarget as HTMLElement, free);
      setBegan(undefined);
      onChosen(column === began ? usualFrom(began, free) : between(began, column, free));
    },
    /** The mouse has chosen by then; a finger and a key follow the link. */
    onClick: (event: MouseEvent) => {
      if (isPressed.current) {
        event.preventDefault();
        event.stopPropagation();
      }
      isPressed.current = false;
    },
    onPointerCancel: () => setBegan(undefined),
  };
}

function Chosen(props: { free: Range; range: Range; words: string }) {
  const { free, range } = props;
  const percent = (columns: number) => `${(100 * columns) / (free.until - free.from)}%`;
  return (
    <span
      class="chosen"
      aria-hidden="true"
      style={{ left: percent(range.from - free.from), width: percent(range.until - range.from) }}
    >
      {props.words}
    </span>
  );
}

function Choice({ room, shown, cell }: { room: ScheduledRoom; shown: Shown; cell: Cell<Entry> }) {
  const { route } = useLocation();
  const free: Range = { from: cell.from, until: cell.from + cell.span };
  const [isFocused, setFocused] = useState(false);
  const timeOf = (range: Range) =>
    `${clock(timeAt(shown, range.from))} – ${clock(timeAt(shown, range.until))}`;
  const addressOf = (range: Range) =>
    withQuery(kPaths.ask, {
      room: room.room_id,
      day: shown.day,
      from: clock(timeAt(shown, range.from)),
      to: clock(timeAt(shown, range.until)),
    });
  const { range, isDragged, onKeyDown, ...pointer } = useRange(free, (chosen) =>
    route(addressOf(chosen)),
  );
  return (
    <td colSpan={cell.span} class="free" {...pointer}>
      <a
        href={addressOf(range)}
        draggable={false}
        aria-label={t("planning.ask_free", {
          room: room.room_name,
          time: timeOf(free),
          range: timeOf(range),
        })}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        {t("planning.free")}
      </a>
      {isFocused && (
        <span class="sr-only" role="status">
          {timeOf(range)}
        </span>
      )}
      {(isDragged || isFocused) && <Chosen free={free} range={range} words={timeOf(range)} />}
    </td>
  );
}

/** A free stretch of a room: one presses, drags over a part of it, or chooses that with the keyboard. */
export function FreeCell(props: { room: ScheduledRoom; shown: Shown; cell: Cell<Entry> }) {
  return props.cell.span >= kWorthALink ? (
    <Choice {...props} />
  ) : (
    <td colSpan={props.cell.span} class="free">
      <span class="sr-only">{t("planning.free")}</span>
    </td>
  );
}
