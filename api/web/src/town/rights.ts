import type { Me, Movement } from "./types";

type Role = Me["roles"][number];

/** In the whole town or in a part of it: whether the town lets them is decided there, not here. */
function has(me: Me, role: Role): boolean {
  return me.roles.includes(role) || me.local_roles.some((given) => given.role === role);
}

/** Which screens somebody is shown. The town itself answers every request by its own rules. */
export const rights = {
  decides: (me: Me) => has(me, "office"),
  prepares: (me: Me) => has(me, "office") || has(me, "stage_manager"),
  plans: (me: Me) => has(me, "office") || has(me, "stage_manager") || has(me, "administrator"),
  reports: (me: Me) => has(me, "office"),
  prints: (me: Me) => has(me, "office"),
  /** Takes a delegation, or gives one. */
  worksForTown: (me: Me) => [...me.roles, ...me.local_roles].some((role) => role !== "booker"),
  subscribes: (me: Me) => me.roles.includes("office"),
  runsRounds: (me: Me) => me.roles.includes("office"),
  wishes: (me: Me) => me.associations.length > 0,
  closes: (me: Me) => has(me, "office"),
  keepsPeople: (me: Me) => me.roles.includes("office") || me.roles.includes("administrator"),
  keepsStaff: (me: Me) =>
    me.roles.includes("office") ||
    me.roles.includes("administrator") ||
    me.roles.includes("human_resources"),
  /** In a department at least: there HR gives and takes its duties. */
  seesStaff: (me: Me) =>
    has(me, "human_resources") ||
    me.roles.includes("office") ||
    me.roles.includes("administrator"),
  acceptsPapers: (me: Me) => me.roles.includes("office"),
  administers: (me: Me) => me.roles.includes("administrator"),
  protectsData: (me: Me) =>
    me.roles.includes("data_protection") || me.roles.includes("administrator"),
  seesMovements: (me: Me) =>
    has(me, "human_resources") ||
    (["office", "administrator", "access_administrator"] as const).some((role) =>
      me.roles.includes(role),
    ),
  announces: (me: Me) =>
    me.roles.includes("human_resources") || me.roles.includes("administrator"),
  seesDoors: (me: Me) => me.roles.includes("access_administrator") || me.roles.includes("office"),
  keepsDoors: (me: Me) => has(me, "access_administrator"),
  ordersDoors: (me: Me) => has(me, "access_administrator") || has(me, "office"),
  readsProfiles: (me: Me) =>
    (["office", "administrator", "access_administrator", "human_resources"] as const).some((role) =>
      me.roles.includes(role),
    ),
  keepsProfiles: (me: Me) => me.roles.includes("access_administrator"),
  keepsAgents: (me: Me) => me.roles.includes("access_administrator"),
  keepsBadges: (me: Me) => me.roles.includes("access_administrator"),
  searchesEvents: (me: Me) =>
    me.roles.includes("access_administrator") || me.roles.includes("data_protection"),
};

export type Step = Movement["notices"][number]["step"];

/** Who is to know of an arrival or a departure in that step. */
export function answersFor(me: Me, step: Step, lineManager: number | null): boolean {
  switch (step) {
    case "line_manager":
      return me.id === lineManager;
    case "it":
      return rights.administers(me);
    case "access":
      return rights.keepsBadges(me);
  }
}

/** Signed in, and past what staff have to do first. */
export function isInside(me: Me | null | undefined): me is Me {
  return me !== null && me !== undefined && me.second_factor !== "must_enrol";
}
