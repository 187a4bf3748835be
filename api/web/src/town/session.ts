import { signal } from "@preact/signals";

import { speak } from "../words";
import { forget, town, whenSignedOut } from "./api";
import { forgetPasses } from "./kept_passes";
import { Refusal } from "./refusal";
import type { Me } from "./types";

/** Who is signed in: undefined while that is not known yet, null for nobody. */
export const me = signal<Me | null | undefined>(undefined);

whenSignedOut(() => {
  me.value = null;
});

export async function welcome(person: Me): Promise<void> {
  await speak(person.locale);
  me.value = person;
}

/** Asks the town who the browser's cookie stands for. */
export async function findOut(): Promise<void> {
  try {
    me.value = await town.get("/api/v1/me");
  } catch (cause) {
    if (!(cause instanceof Refusal)) {
      throw cause;
    }
    me.value = null;
  }
}

export async function signOut(): Promise<void> {
  await town.remove("/api/v1/sessions/current");
  forget();
  await forgetPasses();
  me.value = null;
}
