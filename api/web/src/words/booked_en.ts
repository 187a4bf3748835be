import type { bookedFr } from "./booked_fr";
import { holdsEn } from "./holds_en";
import { seriesEn } from "./series_en";

/** English words about what is booked again and again, and what is held. */
export const bookedEn: Record<keyof typeof bookedFr, string> = { ...holdsEn, ...seriesEn };
