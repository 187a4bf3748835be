import { useState } from "preact/hooks";

import { Refusal } from "../town/refusal";

export interface Action {
  isBusy: boolean;
  refusal: Refusal | undefined;
  /** Runs once at a time; keeps what the town refuses. */
  run: (what: () => Promise<void>) => Promise<void>;
}

export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  const run = async (what: () => Promise<void>) => {
    if (isBusy) {
      return;
    }
    setBusy(true);
    setRefusal(undefined);
    try {
      await what();
    } catch (cause) {
      if (!(cause instanceof Refusal)) {
        throw cause;
      }
      setRefusal(cause);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, refusal, run };
}
