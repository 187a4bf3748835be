import { describe, expect, it } from "vitest";

import { calendarFile } from "../src/planning/calendar_file";
import { rowsOf, timeAt, type Shown } from "../src/planning/day_cells";
import { placeUnder } from "../src/planning/dragging";
import { freeRooms } from "../src/planning/free_rooms";
import { daysOf, minutesTaken, monthOf } from "../src/planning/month_cells";
import { meets } from "../src/planning/overlap";
import { between as rangeBetween, movedByKey, usualFrom } from "../src/planning/range";
import { bookingOf, seriesOf, slotOf, type Wish } from "../src/planning/wish";
import type { Entry, Room } from "../src/town/types";

const kDay = "2026-12-05";
const shown: Shown = { day: kDay, opens: 7 * 60, closes: 24 * 60 };
const between = (from: string, until: string, day = kDay) => ({
  start: `${day}T${from}`,
  end: `${day}T${until}`,
});

describe("stretches of time", () => {
  it("are half-open: one may begin when the other ends", () => {
    expect(meets(between("10:00", "12:00"), between("12:00", "13:00"))).toBe(false);
    expect(meets(between("10:00", "12:00"), between("11:59", "13:00"))).toBe(true);
  });
});

describe("the days of a month", () => {
  it("are all of it, in a leap year too", () => {
    expect(daysOf(monthOf("2028-02-17"))).toHaveLength(29);
    expect(daysOf(monthOf("2026-12-05")).at(-1)).toBe("2026-12-31");
  });

  it("count what overlaps once, and of a night only their own part", () => {
    const entries = [
      between("10:00", "12:00"),
      between("11:00", "13:00"),
      between("11:30", "11:45"),
      { start: `${kDay}T22:00`, end: "2026-12-06T02:00" },
      { start: "2026-12-04T23:00", end: `${kDay}T01:00` },
    ];
    expect(minutesTaken(kDay, entries)).toBe((1 + 3 + 2) * 60);
    expect(minutesTaken("2026-12-06", entries)).toBe(120);
    expect(minutesTaken("2026-12-07", entries)).toBe(0);
  });
});

describe("a booking that is dragged", () => {
  it("comes to lie where it is held, and stays in the day", () => {
    expect(placeUnder(20, { columns: 8, grabbed: 3 }, 68)).toEqual({ from: 17, until: 25 });
    expect(placeUnder(1, { columns: 8, grabbed: 3 }, 68)).toEqual({ from: 0, until: 8 });
    expect(placeUnder(67, { columns: 8, grabbed: 0 }, 68)).toEqual({ from: 60, until: 68 });
  });
});

describe("the rows of a room", () => {
  it("are full from the first column to the last", () => {
    for (const entries of [[], [between("07:00", "24:00")], [between("09:10", "10:05")]]) {
      for (const row of rowsOf(shown, entries)) {
        expect(row.reduce((columns, cell) => columns + cell.span, 0)).toBe(68);
      }
    }
  });

  it("put two requests for one slot below each other", () => {
    const rows = rowsOf(shown, [between("10:00", "12:00"), between("11:00", "13:00")]);
    expect(rows).toHaveLength(2);
    const apart = rowsOf(shown, [between("10:00", "12:00"), between("12:00", "13:00")]);
    expect(apart).toHaveLength(1);
  });

  it("show the part of an entry that is on the day", () => {
    const overnight = { start: "2026-12-04T22:00", end: "2026-12-06T02:00" };
    expect(rowsOf(shown, [overnight])[0]).toEqual([{ from: 0, span: 68, entry: overnight }]);
    const before = { start: "2026-12-04T22:00", end: "2026-12-05T02:00" };
    expect(rowsOf(shown, [before])[0]![0]!.entry).toBeUndefined();
  });

  it("name the time of a column, midnight on the next day", () => {
    expect(timeAt(shown, 0)).toBe("2026-12-05T07:00");
    expect(timeAt(shown, 5)).toBe("2026-12-05T08:15");
    expect(timeAt(shown, 68)).toBe("2026-12-06T00:00");
  });
});

describe("a search", () => {
  const room = (id: number, capacity: number) => ({ id, capacity, name: `${id}` }) as Room;
  const taken = (id: number, from: string, until: string) => ({
    room_id: id,
    room_name: `${id}`,
    time_zone: "Europe/Paris",
    entries: [{ kind: "busy", start_at: "", end_at: "", ...between(from, until) } as Entry],
  });

  it("offers the smallest room that suffices first, and says why others are not", () => {
    const found = freeRooms(
      [room(1, 90), room(2, 30), room(3, 10), room(4, 40)],
      [taken(4, "19:00", "21:00"), taken(2, "20:00", "22:00")],
      { ...between("18:00", "20:00"), people: 20 },
    );
    expect(found.free.map(({ id }) => id)).toEqual([2, 1]);
    expect(found.taken.map(({ id }) => id)).toEqual([4]);
    expect(found.tooSmall.map(({ id }) => id)).toEqual([3]);
  });
});

describe("a wish", () => {
  const wish: Wish = {
    room: 1,
    day: kDay,
    from: "18:30",
    to: "20:30",
    people: 12,
    purpose: "Répétition",
    layout: "",
    association: undefined,
    booker: undefined,
    forName: "",
    repeat: "once",
    until: "2027-02-06",
    termOnly: true,
  };

  it("ends on the next day when its end is not after its start", () => {
    expect(slotOf({ ...wish, from: "20:00", to: "02:00" }).end).toBe("2026-12-06T02:00");
    expect(slotOf(wish).end).toBe("2026-12-05T20:30");
    expect(seriesOf({ ...wish, from: "20:00", to: "02:00" }).end_day_offset).toBe(1);
  });

  it("names an association and a layout only where there is one", () => {
    expect(bookingOf(wish)).toEqual({
      room_id: 1,
      start: "2026-12-05T18:30",
      end: "2026-12-05T20:30",
      attendees: 12,
      purpose: "Répétition",
    });
    const whole = { ...wish, association: 3, booker: 8, forName: "Chorale", layout: "rows" };
    expect(bookingOf(whole)).toMatchObject({ association_id: 3, booker_id: 8, layout: "rows" });
  });

  it("repeats on the weekday of its first date", () => {
    expect(seriesOf({ ...wish, repeat: "weekly" })).toMatchObject({
      pattern: "weekly",
      weekdays: ["saturday"],
      until: "2027-02-06",
      conflicts: "skip",
      skip: ["public_holidays", "school_holidays"],
    });
    expect(seriesOf({ ...wish, repeat: "fortnightly" }).interval).toBe(2);
    expect(seriesOf({ ...wish, repeat: "monthly" })).toMatchObject({ nth: 1 });
    expect(seriesOf({ ...wish, repeat: "monthly", day: "2026-12-31" })).toMatchObject({
      nth: -1,
      weekdays: ["thursday"],
    });
  });

  it("of one slot is previewed as a series of that date alone", () => {
    const series = seriesOf(wish);
    expect(series).toMatchObject({ pattern: "dates", dates: [kDay], conflicts: "fail" });
    expect(series.skip).toBeUndefined();
  });
});

describe("a calendar file", () => {
  const booking = {
    id: 7,
    sequence: 2,
    start_at: "2026-12-05T17:30:00Z",
    end_at: "2026-12-05T19:30:00Z",
    room_name: "Salle, haute",
    purpose: "Répétition; chœur",
    status: "approved" as const,
  };
  const file = calendarFile(booking, "salles.example.org", new Date("2026-11-23T09:00:00.000Z"));

  it("holds the slot in universal time, and escapes what has a meaning there", () => {
    expect(file).toContain("DTSTART:20261205T173000Z\r\nDTEND:20261205T193000Z\r\n");
    expect(file).toContain("SUMMARY:Salle\\, haute – Répétition\\; chœur\r\n");
    expect(file).toContain("UID:booking-7@salles.example.org\r\n");
    expect(file).toContain("STATUS:CONFIRMED");
  });

  it("has no line longer than 75 octets", () => {
    const long = calendarFile({ ...booking, purpose: "é".repeat(200) }, "salles.example.org");
    const lines = long.split("\r\n");
    expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
    expect(long.replaceAll("\r\n ", "")).toContain("é".repeat(200));
  });
});

describe("a range within a free stretch", () => {
  const free = { from: 10, until: 30 };

  it("is two hours, or what is left", () => {
    expect(usualFrom(12, free)).toEqual({ from: 12, until: 20 });
    expect(usualFrom(27, free)).toEqual({ from: 27, until: 30 });
    expect(usualFrom(99, free)).toEqual({ from: 29, until: 30 });
  });

  it("holds both columns of a drag, in either direction, and stays inside", () => {
    expect(rangeBetween(12, 15, free)).toEqual({ from: 12, until: 16 });
    expect(rangeBetween(15, 12, free)).toEqual({ from: 12, until: 16 });
    expect(rangeBetween(15, 99, free)).toEqual({ from: 15, until: 30 });
    expect(rangeBetween(15, -5, free)).toEqual({ from: 10, until: 16 });
  });

  it("moves its end and its beginning by keys, and never empties", () => {
    const range = { from: 12, until: 14 };
    expect(movedByKey("ArrowRight", range, free)).toEqual({ from: 12, until: 15 });
    expect(movedByKey("ArrowLeft", { from: 12, until: 13 }, free)).toEqual({ from: 12, until: 13 });
    expect(movedByKey("ArrowDown", range, free)).toEqual({ from: 13, until: 14 });
    expect(movedByKey("ArrowUp", { from: 10, until: 14 }, free)).toEqual({ from: 10, until: 14 });
    expect(movedByKey("ArrowRight", { from: 12, until: 30 }, free)).toEqual({ from: 12, until: 30 });
    expect(movedByKey("Enter", range, free)).toBeUndefined();
  });
});
