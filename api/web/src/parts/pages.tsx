import { useEffect, useState } from "preact/hooks";

import { t } from "../words";
import { useTown, type Loaded } from "./resource";

interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Pages<T> extends Loaded<Page<T>> {
  more: () => void;
}

/**
 * A list of the town that comes in pages: those that were asked for, one after the other, again each
 * `every` milliseconds.
 */
export function usePages<T>(
  load: (cursor: string | undefined) => Promise<Page<T>>,
  key: readonly unknown[],
  every?: number,
): Pages<T> {
  const [count, setCount] = useState(1);
  useEffect(() => setCount(1), [JSON.stringify(key)]);
  const loaded = useTown(async () => {
    const all: Page<T> = await load(undefined);
    const items = [...all.items];
    let next = all.next;
    for (let page = 1; page < count && next !== null; page += 1) {
      const read: Page<T> = await load(next);
      items.push(...read.items);
      next = read.next;
    }
    return { items, next };
  }, key, every);
  const more = () => {
    setCount(count + 1);
    loaded.reload();
  };
  return { ...loaded, more };
}

export function More<T>({ of }: { of: Pages<T> }) {
  return of.resource.state === "ready" && of.resource.value.next !== null ? (
    <button type="button" class="secondary" onClick={of.more}>
      {t("list.more")}
    </button>
  ) : null;
}
