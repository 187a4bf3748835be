import type { Me, Person } from "../../town/types";
import { t } from "../../words";

type Role = Me["roles"][number];

const kBooks: Role = "booker";

/** Works for the town in one way or another. */
export function isStaff(person: Person): boolean {
  return person.roles.some((role) => role !== kBooks);
}

export function rolesOf(person: Person): string {
  return person.roles.map((role) => t(`role.${role as Role}`)).join(", ");
}
