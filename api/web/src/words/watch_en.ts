import type { watchFr } from "./watch_fr";

/** English words about what the office keeps an eye on. */
export const watchEn: Record<keyof typeof watchFr, string> = {
  "holds.title": "Holds",
  "holds.words":
    "The slots kept for somebody, the nearest deadline first. What is not confirmed in time is free again by itself.",
  "holds.nothing": "No slot is kept.",
  "holds.room": "Room",
  "holds.any_room": "All",
  "holds.for": "For {name}",
  "holds.waited": "offered to who waited",
  "holds.deadline": "Kept until {at}.",
  "holds.book": "Confirm for them: hold no. {id}",
  "holds.release": "Release hold no. {id}",
  "holds.release_question":
    "The slot will at once be free, or offered to who waits. Release it all the same?",
  "holds.release_no": "No, keep the hold",
  "holds.release_yes": "Yes, release it",

  "time_conflicts.title": "Legal time",
  "time_conflicts.words":
    "When legal time changes, bookings to come keep their hours on the clock. These could not: something has the room already. They keep their former moment meanwhile.",
  "time_conflicts.nothing": "No booking is touched by a change of legal time.",
  "time_conflicts.kept": "Moment kept: {slot} on the new clocks.",
  "time_conflicts.found": "Found on {at}, by the rules of {version}.",
  "time_conflicts.todo":
    "What to do: move or cancel this booking, or what is in its way. The town compares again by itself.",
  "time_conflicts.move": "Open booking no. {id} to move or cancel it",
  "time_conflicts.planning": "See the day",
  "time_conflicts.notice_one": "{n} booking is touched by a change of legal time.",
  "time_conflicts.notice_many": "{n} bookings are touched by a change of legal time.",
  "time_conflicts.see": "See what to do",

  "messages.nothing": "No message.",
  "messages.caption": "From the oldest to the newest",
  "messages.to": "To whom",
  "messages.what": "What it says",
  "messages.became": "What became of it",
  "messages.when": "When",
  "messages.read": "Read",
  "messages.read_one": "Read message no. {id}",
  "message_state.waiting": "leaves soon",
  "message_state.sent": "sent",
  "message_state.dead": "given up",
  "message_state.superseded": "replaced",
  "message_state.letter": "to print",
  "message_state.printed": "printed",
  "message_state.bounced": "came back",
};
