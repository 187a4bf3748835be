import { holdsFr } from "./holds_fr";
import { seriesFr } from "./series_fr";

/** French words about what is booked again and again, and what is held. */
export const bookedFr = { ...holdsFr, ...seriesFr } as const;
