import { describe, expect, it } from "vitest";

import { bodyOf as profileBody, kNewProfile } from "../src/screens/doors/profile_form";
import { bodyOf, fieldsOf, kNewWish, raised } from "../src/screens/rounds/wish_draft";

describe("a wish", () => {
  it("that ends no later on the clock than it begins ends on the day after", () => {
    expect(bodyOf({ ...kNewWish, from: "20:00", to: "23:00" }).end_day_offset).toBe(0);
    expect(bodyOf({ ...kNewWish, from: "20:00", to: "01:00" }).end_day_offset).toBe(1);
    expect(bodyOf({ ...kNewWish, from: "20:00", to: "20:00" }).end_day_offset).toBe(1);
  });

  it("keeps its rooms in the order of preference, and one of them goes up by one place", () => {
    expect(bodyOf({ ...kNewWish, rooms: [3, 1] }).room_ids).toEqual([3, 1]);
    expect(raised([1, 2, 3], 2)).toEqual([1, 3, 2]);
    expect(raised([1, 2, 3], 1)).toEqual([2, 1, 3]);
    expect(raised([1, 2, 3], 0)).toEqual([1, 2, 3]);
    expect(raised([1, 2, 3], 3)).toEqual([1, 2, 3]);
  });

  it("shows beside each room what is wrong with it", () => {
    expect(fieldsOf({ ...kNewWish, rooms: [4, 9] })).toContain("/room_ids/1");
    expect(fieldsOf(kNewWish)).not.toContain("/room_ids/0");
  });
});

describe("an access profile", () => {
  it("is sent with the words of its duties alone", () => {
    const typed = { ...kNewProfile, name: "Gardiens", duties: [" Gardien", "", "Accueil "] };
    expect(profileBody({ ...typed, id: 4 } as typeof typed).duties).toEqual(["Gardien", "Accueil"]);
    expect(Object.keys(profileBody({ ...typed, id: 4 } as typeof typed))).not.toContain("id");
  });
});
