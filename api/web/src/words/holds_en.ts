import type { holdsFr } from "./holds_fr";

/** English words about holds. */
export const holdsEn: Record<keyof typeof holdsFr, string> = {
  "holds.mine": "Slots kept for you",
  "holds.until": "Kept until {at}. After that the slot goes to others.",
  "holds.take": "Book: {slot}",
  "holds.give_up": "Give up: {slot}",
  "holds.question": "The slot will at once be free for others. Give it up all the same?",
  "holds.yes": "Yes, give it up",
  "holds.no": "No, keep it",
  "holds.keep": "Keep this slot by a hold…",
  "holds.keep_words":
    "Nobody else can take it until the deadline. Who it is for gets an e-mail and confirms, or the slot is free again.",
  "holds.keep_day": "Keep it until",
  "holds.keep_time": "At what time",
  "holds.keep_now": "Place the hold",
};
