import type { RoundWish } from "../../town/types";

/** A wish as its form has it. */
export interface WishDraft {
  weekday: string;
  from: string;
  to: string;
  /** In order of preference. */
  rooms: readonly number[];
  attendees: string;
  purpose: string;
}

export const kNewWish: WishDraft = {
  weekday: "monday",
  from: "18:00",
  to: "20:00",
  rooms: [],
  attendees: "10",
  purpose: "",
};

export function draftOf(wish: RoundWish): WishDraft {
  return {
    weekday: wish.weekday,
    from: wish.start_time,
    to: wish.end_time,
    rooms: wish.room_ids,
    attendees: String(wish.attendees),
    purpose: wish.purpose,
  };
}

/** The wish as it is sent: an end that is no later on the clock is one of the day after. */
export function bodyOf({ weekday, from, to, rooms, attendees, purpose }: WishDraft) {
  return {
    weekday,
    start_time: from,
    end_time: to,
    end_day_offset: to <= from ? 1 : 0,
    room_ids: rooms,
    attendees: Number(attendees),
    purpose: purpose.trim(),
  };
}

/** The same list with the room at `at` one place further up. */
export function raised(rooms: readonly number[], at: number): readonly number[] {
  if (at <= 0 || at >= rooms.length) {
    return rooms;
  }
  const others = rooms.filter((_, index) => index !== at);
  return [...others.slice(0, at - 1), rooms[at]!, ...others.slice(at - 1)];
}

/** The pointers of the fields that the form shows. */
export function fieldsOf({ rooms }: WishDraft): string[] {
  const names = ["weekday", "start_time", "end_time", "room_ids", "attendees", "purpose"];
  return [...names.map((name) => `/${name}`), ...rooms.map((_, at) => `/room_ids/${at}`)];
}
