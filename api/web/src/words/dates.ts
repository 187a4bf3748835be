import { language } from ".";

/** "2026-12-05T18:30", a time on the clock of the site: shown as it is, wherever the reader is. */
export type LocalTime = string;
/** "2026-12-05" */
export type Day = string;

function asUtc(local: LocalTime | Day): Date {
  return new Date(local.length === 10 ? `${local}T00:00Z` : `${local}Z`);
}

function shown(local: LocalTime | Day, form: Intl.DateTimeFormatOptions): string {
  const tag = language.value === "fr" ? "fr-FR" : "en-GB";
  return new Intl.DateTimeFormat(tag, { ...form, timeZone: "UTC" }).format(asUtc(local));
}

/** "samedi 5 décembre 2026" */
export function longDay(local: LocalTime | Day): string {
  return shown(local, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** "sam. 5 déc." */
export function shortDay(local: LocalTime | Day): string {
  return shown(local, { weekday: "short", day: "numeric", month: "short" });
}

/** "sam. 5" */
export function shortWeekday(local: LocalTime | Day): string {
  return shown(local, { weekday: "short", day: "numeric" });
}

/** On the wall: that a clock is put forward in between does not count. */
export function minutesBetween(start: LocalTime, end: LocalTime): number {
  return (asUtc(end).getTime() - asUtc(start).getTime()) / 60_000;
}

/** 0 for the same day, below it where `last` is before `first`. */
export function daysBetween(first: Day, last: Day): number {
  return Math.round((asUtc(last).getTime() - asUtc(first).getTime()) / 86_400_000);
}

/** "décembre 2026", of "2026-12" */
export function monthName(month: string): string {
  return shown(`${month}-01`, { month: "long", year: "numeric" });
}

/** "18:30" */
export function clock(local: LocalTime): string {
  return local.slice(11, 16);
}

/** "18:30 – 20:30", with the day of the end where it is another. */
export function span(start: LocalTime, end: LocalTime): string {
  const isSameDay = start.slice(0, 10) === end.slice(0, 10);
  return `${clock(start)} – ${isSameDay ? "" : `${shortDay(end)} `}${clock(end)}`;
}

export function daysAfter(day: Day, days: number): Day {
  const date = asUtc(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The Monday of that week. */
export function mondayOf(day: Day): Day {
  return daysAfter(day, -((asUtc(day).getUTCDay() + 6) % 7));
}

/** 0 is Monday. */
export function weekdayOf(day: Day): number {
  return (asUtc(day).getUTCDay() + 6) % 7;
}

const kFar = { year: "numeric", month: "2-digit", day: "2-digit" } as const;

/** The day that it is now at a site. */
export function today(timeZone = "Europe/Paris", now = new Date()): Day {
  return new Intl.DateTimeFormat("en-CA", { ...kFar, timeZone }).format(now);
}

/** An instant on the clock of a site. */
export function localOf(instant: string, timeZone = "Europe/Paris"): LocalTime {
  const parts = new Intl.DateTimeFormat("en-CA", {
    ...kFar,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).formatToParts(new Date(instant));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}

/** What the clock of a site shows, as an instant; in an hour that it shows twice, one of the two. */
export function instantOf(local: LocalTime, timeZone = "Europe/Paris"): string {
  const wanted = asUtc(local).getTime();
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const shown = asUtc(localOf(new Date(guess).toISOString(), timeZone)).getTime();
    guess += wanted - shown;
  }
  return `${new Date(guess).toISOString().slice(0, 19)}Z`;
}
