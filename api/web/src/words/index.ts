import { signal } from "@preact/signals";

import type { bookedFr } from "./booked_fr";
import type { fr } from "./fr";
import type { privacyFr } from "./privacy_fr";
import type { roundsFr } from "./rounds_fr";
import type { staffFr } from "./staff_fr";

export type Language = "fr" | "en";
export type WordKey =
  | keyof typeof bookedFr
  | keyof typeof fr
  | keyof typeof privacyFr
  | keyof typeof roundsFr
  | keyof typeof staffFr;
type Words = Partial<Record<WordKey, string>>;
type Catalogue = Record<Language, () => Promise<Words>>;

const kKept = "creneau.language";

const kEverybody: Catalogue = {
  fr: async () => (await import("./fr")).fr,
  en: async () => (await import("./en")).en,
};
const kStaff: Catalogue = {
  fr: async () => (await import("./staff_fr")).staffFr,
  en: async () => (await import("./staff_en")).staffEn,
};

const kRounds: Catalogue = {
  fr: async () => (await import("./rounds_fr")).roundsFr,
  en: async () => (await import("./rounds_en")).roundsEn,
};

const kBooked: Catalogue = {
  fr: async () => (await import("./booked_fr")).bookedFr,
  en: async () => (await import("./booked_en")).bookedEn,
};

const kData: Catalogue = {
  fr: async () => (await import("./privacy_fr")).privacyFr,
  en: async () => (await import("./privacy_en")).privacyEn,
};

export const language = signal<Language>("fr");
const words = signal<Words>({});
const spoken = new Set([kEverybody]);

function wished(): Language {
  const kept = localStorage.getItem(kKept);
  if (kept === "fr" || kept === "en") {
    return kept;
  }
  return navigator.language.startsWith("en") ? "en" : "fr";
}

let newest = 0;
let asked: Language = "fr";

/**
 * Loads the catalogues of the language; French unless the browser prefers English. Of several at a time the last one
 * that was asked for counts, since it knows every catalogue, and whichever ends first says nothing about that.
 */
export async function speak(of: Language = wished()): Promise<void> {
  asked = of;
  newest += 1;
  const round = newest;
  const loaded = await Promise.all([...spoken].map((catalogue) => catalogue[of]()));
  if (round !== newest) {
    return;
  }
  words.value = Object.assign({}, ...loaded) as Words;
  language.value = of;
  document.documentElement.lang = of;
}

async function speakAlso(catalogue: Catalogue): Promise<void> {
  if (!spoken.has(catalogue)) {
    spoken.add(catalogue);
    await speak(asked);
  }
}

/** The words of the screens of those who work for the town, which nobody else has to load. */
export const speakToStaff = () => speakAlso(kStaff);

/** The words of the yearly rounds. */
export const speakOfRounds = () => speakAlso(kRounds);

/** The words of series and of holds. */
export const speakOfBooked = () => speakAlso(kBooked);

/** The words about people's data. */
export const speakOfData = () => speakAlso(kData);

/** The same, and remembers the choice in this browser. */
export async function choose(of: Language): Promise<void> {
  localStorage.setItem(kKept, of);
  await speak(of);
}

/** The words of a key; `{name}` in them is filled from `values`. */
export function t(key: WordKey, values: Record<string, string | number> = {}): string {
  const text = words.value[key] ?? "";
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** The form for one or for many: `key_one` or `key_many`, with `{n}`. */
export function tn(key: string, n: number, values: Record<string, string | number> = {}): string {
  const isOne = language.value === "fr" ? n < 2 : n === 1;
  return t(`${key}_${isOne ? "one" : "many"}` as WordKey, { n, ...values });
}
