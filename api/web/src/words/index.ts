import { signal } from "@preact/signals";

import type { fr } from "./fr";

export type Language = "fr" | "en";
export type WordKey = keyof typeof fr;
export type Words = Record<WordKey, string>;

const kKept = "creneau.language";

export const language = signal<Language>("fr");
const words = signal<Words | undefined>(undefined);

function wished(): Language {
  const kept = localStorage.getItem(kKept);
  if (kept === "fr" || kept === "en") {
    return kept;
  }
  return navigator.language.startsWith("en") ? "en" : "fr";
}

async function catalogue(of: Language): Promise<Words> {
  return of === "fr" ? (await import("./fr")).fr : (await import("./en")).en;
}

/** Loads the catalogue of the language; French unless the browser prefers English. */
export async function speak(of: Language = wished()): Promise<void> {
  const loaded = await catalogue(of);
  words.value = loaded;
  language.value = of;
  document.documentElement.lang = of;
}

/** The same, and remembers the choice in this browser. */
export async function choose(of: Language): Promise<void> {
  localStorage.setItem(kKept, of);
  await speak(of);
}

/** The words of a key; `{name}` in them is filled from `values`. */
export function t(key: WordKey, values: Record<string, string | number> = {}): string {
  const text = words.value?.[key] ?? "";
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** The form for one or for many: `key_one` or `key_many`, with `{n}`. */
export function tn(key: string, n: number, values: Record<string, string | number> = {}): string {
  const isOne = language.value === "fr" ? n < 2 : n === 1;
  return t(`${key}_${isOne ? "one" : "many"}` as WordKey, { n, ...values });
}
