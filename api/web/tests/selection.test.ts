import { describe, expect, it } from "vitest";

import { decisionOn, ofSameSeries, stillWaiting, toggled } from "../src/planning/selection";
import { criteriaOf, draftOf, editOf } from "../src/screens/rounds/round_fields";
import type { Booking, Round } from "../src/town/types";

function booking(id: number, more: Partial<Booking> = {}): Booking {
  const asked = `2026-11-${10 + id}T12:00:00Z`;
  return { id, sequence: 0, series_id: null, requested_at: asked, ...more } as Booking;
}

const kAnswer = { decision: "approve", ground: "", text: "", override: "" } as const;

describe("a selection of requests", () => {
  it("takes a whole series, and leaves it once all of it is in", () => {
    const waiting = [booking(1, { series_id: 4 }), booking(2), booking(3, { series_id: 4 })];
    const series = ofSameSeries(waiting[0]!, waiting);
    expect(series.map(({ id }) => id)).toEqual([1, 3]);
    expect(ofSameSeries(waiting[1]!, waiting)).toEqual([]);
    const some = toggled(new Map(), [waiting[0]!]);
    const all = toggled(some, series);
    expect([...all.keys()]).toEqual([1, 3]);
    expect([...toggled(all, series).keys()]).toEqual([]);
  });

  it("names each request as it was seen, not as it is by now", () => {
    const seen = toggled(new Map(), [booking(1)]);
    const still = stillWaiting(seen, [booking(1, { sequence: 3 })]);
    expect(decisionOn(still, kAnswer).bookings).toEqual([{ id: 1, sequence: 0 }]);
    expect(stillWaiting(seen, [booking(2)]).size).toBe(0);
  });

  it("is decided on in the order in which it was asked for", () => {
    const chosen = toggled(new Map(), [booking(3), booking(1)]);
    expect(decisionOn(chosen, kAnswer).bookings.map(({ id }) => id)).toEqual([1, 3]);
  });

  it("says a ground with a refusal alone, and a reason with an approval alone", () => {
    const typed = { ground: "public_order", text: " Vote ", override: "Accord du gardien" };
    const chosen = toggled(new Map(), [booking(1)]);
    const bookings = [{ id: 1, sequence: 0 }];
    expect(decisionOn(chosen, { ...typed, decision: "refuse" })).toEqual({
      decision: "refuse",
      bookings,
      ground: "public_order",
      text: "Vote",
    });
    expect(decisionOn(chosen, { ...typed, decision: "approve" })).toEqual({
      decision: "approve",
      bookings,
      override_reason: "Accord du gardien",
    });
  });
});

describe("a round", () => {
  const round = {
    status: "draft",
    name: "Saison",
    wishes_until: "2027-05-31",
    criteria: [
      { kind: "group", text: "Associations du Pré", weight: 30, group_id: 2 },
      { kind: "people", text: "Nombre", weight: 10, group_id: null },
    ],
  } as Round;

  it("keeps the group of a criterion when it is changed", () => {
    expect(criteriaOf(round)[0]).toHaveProperty("group_id", 2);
    expect(criteriaOf(round)[1]).not.toHaveProperty("group_id");
  });

  it("changes in all as a draft, and in its name and last day once it was opened", () => {
    const draft = draftOf(round);
    expect(Object.keys(editOf(round, draft, criteriaOf(round)))).toContain("criteria");
    const opened = { ...round, status: "open" as const };
    expect(editOf(opened, draft, criteriaOf(round))).toEqual({
      name: "Saison",
      wishes_until: "2027-05-31",
    });
  });
});
