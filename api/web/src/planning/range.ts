/** A stretch of columns that somebody chooses within one that is free. */
export interface Range {
  from: number;
  until: number; // not in it
}

const kUsual = 8; // columns: two hours

/** Two hours from a column on, or what is left of the free stretch. */
export function usualFrom(column: number, free: Range): Range {
  const from = Math.min(Math.max(column, free.from), free.until - 1);
  return { from, until: Math.min(from + kUsual, free.until) };
}

/** From where a pointer went down to where it is, both columns in it, within what is free. */
export function between(one: number, other: number, free: Range): Range {
  const first = Math.max(Math.min(one, other), free.from);
  const last = Math.min(Math.max(one, other), free.until - 1);
  return { from: Math.min(first, last), until: last + 1 };
}

const kEnds: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
const kStarts: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Shift with an arrow: left and right move the end, up and down the beginning. Undefined: another key. */
export function movedByKey(key: string, range: Range, free: Range): Range | undefined {
  const end = kEnds[key];
  if (end !== undefined) {
    return {
      from: range.from,
      until: Math.min(Math.max(range.until + end, range.from + 1), free.until),
    };
  }
  const start = kStarts[key];
  return start === undefined
    ? undefined
    : {
        from: Math.min(Math.max(range.from + start, free.from), range.until - 1),
        until: range.until,
      };
}
