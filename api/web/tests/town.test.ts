import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { addressOf, forget, town, whenSignedOut } from "../src/town/api";
import { Refusal } from "../src/town/refusal";
import { isInside, rights } from "../src/town/rights";
import { scheduleOf } from "../src/town/schedule";
import type { Booking, Me } from "../src/town/types";
import { sorted } from "../src/planning/my_bookings";
import { byDelay, daysWaited } from "../src/planning/waiting";
import { instantOf, localOf, mondayOf, span, today } from "../src/words/dates";
import { wantedPath } from "../src/paths";

const person: Me = {
  id: 7,
  name: "Camille Roussel",
  email: "camille@example.org",
  locale: "fr",
  roles: ["booker"],
  local_roles: [],
  associations: [],
  second_factor: "off",
};

describe("the screens that somebody is shown", () => {
  const as = (...roles: Me["roles"]): Me => ({ ...person, roles, second_factor: "on" });

  it("about doors are those of who keeps them, and the log's never those of the office or of HR", () => {
    expect(rights.seesDoors(as("office"))).toBe(true);
    expect(rights.keepsBadges(as("office"))).toBe(false);
    expect(rights.searchesEvents(as("office"))).toBe(false);
    expect(rights.searchesEvents(as("human_resources"))).toBe(false);
    expect(rights.searchesEvents(as("data_protection"))).toBe(true);
    expect(rights.keepsDoors(as("access_administrator"))).toBe(true);
    expect(Object.values(rights).some((shows) => shows(as("booker")))).toBe(false);
  });

  it("of a part of the town are shown to its office, but not the directory", () => {
    const local: Me = {
      ...person,
      local_roles: [{ role: "office", scope: "site", scope_id: 1 }],
    };
    expect([rights.reports(local), rights.closes(local)]).toEqual([true, true]);
    expect(rights.keepsPeople(local)).toBe(false);
  });

  it("about rounds are those of the office of the town and of who manages an association", () => {
    const manager = { ...person, associations: [{ id: 3, name: "Les Voix du Pré" }] };
    expect([rights.wishes(manager), rights.wishes(person)]).toEqual([true, false]);
    expect([rights.runsRounds(as("office")), rights.runsRounds(manager)]).toEqual([true, false]);
  });

  it("about delegations are those of everybody who works for the town", () => {
    expect(rights.worksForTown(as("booker", "stage_manager"))).toBe(true);
    expect(rights.worksForTown(as("booker"))).toBe(false);
  });

  it("about access profiles are read by HR, and changed by who keeps the doors alone", () => {
    expect(rights.readsProfiles(as("human_resources"))).toBe(true);
    expect(rights.keepsProfiles(as("human_resources"))).toBe(false);
    expect(rights.keepsProfiles(as("access_administrator"))).toBe(true);
  });

  it("of movements is shown to the HR of a department, and to no office of a site", () => {
    const within = (role: "human_resources" | "office", scope: "department" | "site"): Me => ({
      ...person,
      local_roles: [{ role, scope, scope_id: 1 }],
    });
    expect(rights.seesMovements(within("human_resources", "department"))).toBe(true);
    expect(rights.seesMovements(within("office", "site"))).toBe(false);
  });
});

describe("a time on the clock of a site", () => {
  it("is an instant wherever the reader is, in winter, in summer and beside the changes", () => {
    const local = ["2026-12-05T18:30", "2026-07-05T18:30", "2026-03-29T03:30", "2026-10-25T03:30"];
    expect(local.map((time) => instantOf(time))).toEqual([
      "2026-12-05T17:30:00Z",
      "2026-07-05T16:30:00Z",
      "2026-03-29T01:30:00Z",
      "2026-10-25T02:30:00Z",
    ]);
    expect(local.map((time) => localOf(instantOf(time)))).toEqual(local);
  });
});

describe("an address", () => {
  it("has its ids filled in and no empty part in its query", () => {
    const address = addressOf("/api/v1/bookings/{id}", {
      path: { id: 12 },
      query: { limit: 50, cursor: undefined, q: "" },
    });
    expect(address).toBe("/api/v1/bookings/12?limit=50");
  });

  it("to go to after the sign-in is one of these pages", () => {
    expect(wantedPath("/reservations/12?sent=1")).toBe("/reservations/12?sent=1");
    for (const foreign of [
      undefined,
      "//elsewhere.example",
      "/\\elsewhere.example",
      "https://elsewhere.example",
      "javascript:1",
    ]) {
      expect(wantedPath(foreign)).toBe("/");
    }
  });
});

describe("the town's answers", () => {
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    vi
      .mocked(fetch)
      .mockImplementation(async () => new Response(JSON.stringify(body), { status, headers }));
  beforeEach(() => {
    forget();
    vi.stubGlobal("fetch", vi.fn());
  });
  afterEach(() => vi.unstubAllGlobals());

  it("carry the version that was read, which is sent back with a change", async () => {
    answer(200, { id: 12 }, { ETag: '"3"' });
    const { body, etag } = await town.read("/api/v1/bookings/{id}", { path: { id: 12 } });
    expect([body.id, etag]).toEqual([12, '"3"']);
    await town.post("/api/v1/bookings/{id}/approve", { path: { id: 12 }, seen: etag });
    expect(vi.mocked(fetch).mock.lastCall![1]!.headers).toMatchObject({ "If-Match": '"3"' });
  });

  it("of a schedule in two pages hold each entry once, however often they are read", async () => {
    const room = (start: string) => ({
      room_id: 1,
      room_name: "LCR Danton",
      time_zone: "Europe/Paris",
      entries: [{ kind: "busy", start, end: start }],
    });
    const pages: Record<string, unknown> = {
      first: { items: [room("2026-12-05T18:00")], next: "b" },
      second: { items: [room("2026-12-06T18:00")], next: null },
    };
    vi.mocked(fetch).mockImplementation(async (url, init) => {
      const page = String(url).includes("cursor=b") ? "second" : "first";
      const isKnown = "If-None-Match" in (init!.headers as Record<string, string>);
      return new Response(isKnown ? null : JSON.stringify(pages[page]), {
        status: isKnown ? 304 : 200,
        headers: { ETag: `"${page}"` },
      });
    });
    for (let reading = 0; reading < 3; reading += 1) {
      const [danton] = await scheduleOf({ from: "2026-12-05", until: "2026-12-07" });
      expect(danton!.entries).toHaveLength(2);
    }
  });

  it("are read anew only where they changed, and by nobody after the sign-out", async () => {
    const path = { path: { id: 12 } };
    answer(200, { id: 12, purpose: "Chorale" }, { ETag: '"3"' });
    await town.get("/api/v1/bookings/{id}", path);
    vi.mocked(fetch).mockImplementation(async () => new Response(null, { status: 304 }));
    const again = await town.read("/api/v1/bookings/{id}", path);
    expect(again).toMatchObject({ body: { purpose: "Chorale" }, etag: '"3"' });
    const sent = () => vi.mocked(fetch).mock.lastCall![1]!.headers as Record<string, string>;
    expect(sent()["If-None-Match"]).toBe('"3"');
    answer(401, { code: "not_signed_in" });
    await town.get("/api/v1/bookings/{id}", path).catch(() => undefined);
    answer(200, { id: 12, purpose: "Chorale" });
    await town.get("/api/v1/bookings/{id}", path);
    expect(sent()["If-None-Match"]).toBeUndefined();
  });

  it("become a refusal that knows which field is wrong", async () => {
    answer(422, {
      status: 422,
      code: "invalid",
      detail: "Deux règles.",
      errors: [
        { field: "/ground", code: "unknown", detail: "Choisissez un motif." },
        { field: "/other", code: "x", detail: "Autre chose." },
      ],
    });
    const refusal = await town
      .post("/api/v1/bookings", { body: {} })
      .catch((cause: unknown) => cause);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).about("/ground")).toBe("Choisissez un motif.");
    expect((refusal as Refusal).besides(["/ground"])).toEqual(["Autre chose."]);
  });

  it("that do not come are a refusal too", async () => {
    vi.mocked(fetch).mockRejectedValue(new TypeError("network"));
    await expect(town.get("/api/v1/me")).rejects.toMatchObject({ status: 0, code: "unreachable" });
    vi.mocked(fetch).mockResolvedValue(new Response("<html>", { status: 502 }));
    await expect(town.get("/api/v1/me")).rejects.toMatchObject({ status: 502 });
  });

  it("say when the session is over, and only then", async () => {
    const over = vi.fn();
    whenSignedOut(over);
    answer(401, { code: "wrong_credentials" });
    await town.post("/api/v1/sessions", { body: {} }).catch(() => undefined);
    expect(over).not.toHaveBeenCalled();
    answer(401, { code: "not_signed_in" });
    await town.get("/api/v1/me").catch(() => undefined);
    expect(over).toHaveBeenCalledOnce();
  });
});

describe("rights", () => {
  it("show the office's screens to the office of a part of the town as well", () => {
    expect(rights.decides(person)).toBe(false);
    const local = { role: "office", scope: "site", scope_id: 2 } as const;
    expect(rights.decides({ ...person, local_roles: [local] })).toBe(true);
    expect(rights.prepares({ ...person, roles: ["stage_manager"] })).toBe(true);
  });

  it("begin when the second factor is there", () => {
    expect(isInside({ ...person, second_factor: "must_enrol" })).toBe(false);
    expect(isInside(null)).toBe(false);
    expect(isInside(person)).toBe(true);
  });
});

describe("times", () => {
  it("are those of the site's clock, wherever the reader is", () => {
    expect(localOf("2026-07-01T22:30:00Z")).toBe("2026-07-02T00:30");
    expect(today("Europe/Paris", new Date("2026-12-31T23:30:00Z"))).toBe("2027-01-01");
  });

  it("name the day of an end that is another", () => {
    expect(span("2026-12-05T18:30", "2026-12-05T20:30")).toBe("18:30 – 20:30");
    expect(span("2026-12-05T20:00", "2026-12-06T02:00")).toContain("6 déc.");
  });

  it("know the Monday of a week", () => {
    expect(mondayOf("2026-12-06")).toBe("2026-11-30");
    expect(mondayOf("2026-11-30")).toBe("2026-11-30");
  });
});

describe("lists", () => {
  const booking = (
    id: number,
    start: string,
    status: Booking["status"],
    asked = "2026-11-20T10:00:00Z",
  ) => ({ id, start, end: start, status, requested_at: asked }) as Booking;

  it("of one's bookings have the nearest first, and what is over apart", () => {
    const { ahead, past } = sorted(
      [
        booking(1, "2026-12-20T10:00", "approved"),
        booking(2, "2026-12-05T10:00", "pending"),
        booking(3, "2026-12-10T10:00", "cancelled"),
        booking(4, "2026-11-01T10:00", "approved"),
      ],
      "2026-12-01",
    );
    expect(ahead.map(({ id }) => id)).toEqual([2, 1]);
    expect(past.map(({ id }) => id)).toEqual([3, 4]);
  });

  it("of requests have the one that waits longest first", () => {
    const old = booking(1, "", "pending", "2026-11-01T10:00:00Z");
    expect(byDelay([booking(2, "", "pending"), old]).map(({ id }) => id)).toEqual([1, 2]);
    expect(daysWaited(old, new Date("2026-11-04T09:00:00Z"))).toBe(2);
  });
});
