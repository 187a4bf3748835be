import { useCallback, useEffect, useState } from "preact/hooks";

import { Refusal } from "../town/refusal";

export type Resource<T> =
  | { state: "loading" }
  | { state: "ready"; value: T; at: Date }
  | { state: "refused"; refusal: Refusal };

export interface Loaded<T> {
  resource: Resource<T>;
  reload: () => void;
}

/**
 * Loads once the parts of `key` change, and again each `every` milliseconds while the page is seen.
 * What is on the screen stays there while it is read again.
 */
export function useTown<T>(
  load: (signal: AbortSignal) => Promise<T>,
  key: readonly unknown[],
  every?: number,
): Loaded<T> {
  const [resource, setResource] = useState<Resource<T>>({ state: "loading" });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  const name = JSON.stringify(key);
  useEffect(() => setResource({ state: "loading" }), [name]);
  useEffect(() => {
    const stop = new AbortController();
    load(stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) {
          setResource({ state: "ready", value, at: new Date() });
        }
      },
      (cause: unknown) => {
        if (stop.signal.aborted) {
          return;
        }
        if (!(cause instanceof Refusal)) {
          throw cause;
        }
        setResource({ state: "refused", refusal: cause });
      },
    );
    return () => stop.abort();
  }, [name, round]);
  useEffect(() => {
    if (every === undefined) {
      return undefined;
    }
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), every);
    return () => clearInterval(timer);
  }, [every, reload]);
  return { resource, reload };
}
