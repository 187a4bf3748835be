import { language } from ".";

/** "1 234,5" */
export function number(value: number): string {
  const tag = language.value === "fr" ? "fr-FR" : "en-GB";
  return new Intl.NumberFormat(tag, { maximumFractionDigits: 1 }).format(value);
}

export function hoursOf(minutes: number): number {
  return Math.round(minutes / 6) / 10;
}
