import type { SeriesRequest } from "../town/types";
import { daysAfter, weekdayOf, type Day } from "../words/dates";

export type Repeat = "once" | "weekly" | "fortnightly" | "monthly";

/** What somebody fills in to ask for a room. */
export interface Wish {
  room: number;
  day: Day;
  from: string; // "18:30"
  to: string;
  people: number;
  purpose: string;
  layout: string;
  association: number | undefined;
  booker: number | undefined; // somebody else than who asks; the office only
  forName: string; // of that somebody
  repeat: Repeat;
  until: Day;
  termOnly: boolean;
}

const kWeekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

/** "02:00" after "20:00" is the next morning. */
export function endDayOf(wish: Pick<Wish, "day" | "from" | "to">): Day {
  return wish.to <= wish.from ? daysAfter(wish.day, 1) : wish.day;
}

export function slotOf(wish: Pick<Wish, "day" | "from" | "to">): { start: string; end: string } {
  return { start: `${wish.day}T${wish.from}`, end: `${endDayOf(wish)}T${wish.to}` };
}

function shared(wish: Wish) {
  return {
    room_id: wish.room,
    attendees: wish.people,
    purpose: wish.purpose,
    ...(wish.layout === "" ? {} : { layout: wish.layout }),
    ...(wish.association === undefined ? {} : { association_id: wish.association }),
    ...(wish.booker === undefined ? {} : { booker_id: wish.booker }),
  };
}

/** The body of POST /bookings. */
export function bookingOf(wish: Wish) {
  return { ...shared(wish), ...slotOf(wish) };
}

function patternOf(wish: Wish): Partial<SeriesRequest> & Pick<SeriesRequest, "pattern"> {
  const weekday = kWeekdays[weekdayOf(wish.day)]!;
  switch (wish.repeat) {
    case "once":
      return { pattern: "dates", dates: [wish.day], count: 1 };
    case "weekly":
      return { pattern: "weekly", weekdays: [weekday], until: wish.until };
    case "fortnightly":
      return { pattern: "weekly", interval: 2, weekdays: [weekday], until: wish.until };
    case "monthly": {
      const nth = Math.ceil(Number(wish.day.slice(8)) / 7);
      return {
        pattern: "monthly_weekday",
        weekdays: [weekday],
        nth: nth > 4 ? -1 : nth,
        until: wish.until,
      };
    }
  }
}

/** The body of POST /series and of its preview; a single slot is a series of one date there. */
export function seriesOf(wish: Wish): SeriesRequest {
  return {
    ...shared(wish),
    ...patternOf(wish),
    first_date: wish.day,
    start_time: wish.from,
    end_time: wish.to,
    end_day_offset: wish.to <= wish.from ? 1 : 0,
    conflicts: wish.repeat === "once" ? "fail" : "skip",
    ...(wish.termOnly && wish.repeat !== "once"
      ? { skip: ["public_holidays", "school_holidays"] as const satisfies SeriesRequest["skip"] }
      : {}),
  } as SeriesRequest;
}

/** Fields of the form, by the pointers that the town's refusals name. */
export const kPointers = {
  room: "/room_id",
  start: "/start",
  end: "/end",
  people: "/attendees",
  purpose: "/purpose",
  layout: "/layout",
  association: "/association_id",
  until: "/until",
} as const;
