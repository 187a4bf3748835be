import type { Me } from "./types";

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
  closes: (me: Me) => has(me, "office"),
  keepsPeople: (me: Me) => me.roles.includes("office") || me.roles.includes("administrator"),
  keepsStaff: (me: Me) =>
    me.roles.includes("office") ||
    me.roles.includes("administrator") ||
    me.roles.includes("human_resources"),
  administers: (me: Me) => me.roles.includes("administrator"),
  announces: (me: Me) =>
    me.roles.includes("human_resources") || me.roles.includes("administrator"),
  seesDoors: (me: Me) => me.roles.includes("access_administrator") || me.roles.includes("office"),
  keepsDoors: (me: Me) => has(me, "access_administrator"),
  keepsBadges: (me: Me) => me.roles.includes("access_administrator"),
  searchesEvents: (me: Me) =>
    me.roles.includes("access_administrator") || me.roles.includes("data_protection"),
};

/** Signed in, and past what staff have to do first. */
export function isInside(me: Me | null | undefined): me is Me {
  return me !== null && me !== undefined && me.second_factor !== "must_enrol";
}
