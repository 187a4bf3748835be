import type { seriesFr } from "./series_fr";

/** English words about series. */
export const seriesEn: Record<keyof typeof seriesFr, string> = {
  "series.title": "Repeated bookings no. {id}",
  "series.dates": "The dates",
  "series.passes": "Access codes of {day}",
  "series.missed_on": "{day}:",
  "series.waiting_one": "{n} date waits for your answer.",
  "series.waiting_many": "{n} dates wait for your answer.",
  "series.approve": "Approve all dates that are free",
  "series.cancel": "Cancel all dates to come",
  "series.cancel_question":
    "All dates to come go to others and their access codes stop at once. Cancel all the same?",
  "series.cancel_yes": "Yes, cancel them all",
  "series.missed": "Dates that were not asked for",
};
