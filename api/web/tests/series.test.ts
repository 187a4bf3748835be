import { describe, expect, it } from "vitest";

import {
  datesAhead,
  draftOf,
  editOf,
  inScope,
  mayBeRetried,
  wordsOf,
} from "../src/planning/series_edit";
import type { Series } from "../src/town/types";

const kDate = { booking_id: 1, status: "approved", room_id: 4, layout: "" } as const;
const series = {
  room_id: 4,
  start_time: "18:30",
  end_time: "20:30",
  end_day_offset: 0,
  attendees: 12,
  purpose: "Répétition",
  weekdays: ["saturday"],
  occurrences: ["2026-12-05", "2026-12-12", "2026-12-19"].map((date) => ({
    ...kDate,
    date,
    start: `${date}T18:30`,
    end: `${date}T20:30`,
    start_at: `${date}T17:30:00Z`,
    end_at: `${date}T19:30:00Z`,
  })),
} as unknown as Series;

describe("a change of a series", () => {
  it("is about dates that are alive and have not begun", () => {
    const [first, ...rest] = series.occurrences;
    const gone = { ...first!, status: "cancelled" as const };
    const given = { ...series, occurrences: [gone, ...rest] };
    const ahead = (now: string) => datesAhead(given, now).map(({ date }) => date);
    expect(ahead("2026-12-01T00:00:00Z")).toEqual(["2026-12-12", "2026-12-19"]);
    expect(ahead("2026-12-12T17:30:00Z")).toEqual(["2026-12-19"]);
  });

  it("names a date unless it is about all of them", () => {
    const date = "2026-12-12";
    const dates = (scope: "this" | "following" | "all") =>
      inScope(series.occurrences, { scope, date }).length;
    expect([dates("this"), dates("following"), dates("all")]).toEqual([1, 2, 3]);
    expect(wordsOf({ scope: "following", date })).toEqual({ scope: "following", date });
    expect(wordsOf({ scope: "all", date })).toEqual({ scope: "all" });
  });

  it("says what differs and nothing else", () => {
    const now = draftOf(series);
    expect(editOf(now, now, "all")).toEqual({});
    expect(editOf({ ...now, people: 14 }, now, "all")).toEqual({ attendees: 14 });
    expect(editOf({ ...now, from: "22:00", to: "01:00" }, now, "all")).toEqual({
      start_time: "22:00",
      end_time: "01:00",
      end_day_offset: 1,
    });
    const moved = { ...series.occurrences[0]!, room_id: 9 };
    expect(editOf(draftOf(series, moved), draftOf(series, moved), "this")).toEqual({});
  });

  it("leaves a series of several days its days when its hours change", () => {
    const now = { ...draftOf(series), days: 2 };
    expect(editOf({ ...now, from: "17:00" }, now, "all")["end_day_offset"]).toBe(2);
  });

  it("has no other rule for one date alone", () => {
    const now = draftOf(series);
    const draft = { ...now, rhythm: "fortnightly" as const, until: "2027-01-30" };
    expect(editOf(draft, now, "this")).toEqual({});
    expect(editOf(draft, now, "following")).toEqual({
      pattern: "weekly",
      interval: 2,
      weekdays: ["saturday"],
      until: "2027-01-30",
    });
    expect(editOf({ ...now, until: "2027-01-30" }, now, "all")).toEqual({ until: "2027-01-30" });
  });

  it("asks again for what is still to come and was wanted", () => {
    const missed = (date: string, code: string) => ({ date, errors: [{ code }] });
    expect(mayBeRetried(missed("2026-12-05", "room_taken"), "2026-12-05")).toBe(true);
    expect(mayBeRetried(missed("2026-12-04", "room_taken"), "2026-12-05")).toBe(false);
    expect(mayBeRetried(missed("2026-12-05", "date_left_out"), "2026-12-05")).toBe(false);
  });
});
