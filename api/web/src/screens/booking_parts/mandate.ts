import { useTown } from "../../parts/resource";
import { town } from "../../town/api";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";

/** Whether somebody of the office named the reader, who is not of it, to decide these days. */
export function useMandate(): boolean {
  const person = me.value;
  const mayHaveOne = isInside(person) && rights.worksForTown(person) && !rights.decides(person);
  const { resource } = useTown(
    async () => (mayHaveOne ? (await town.get("/api/v1/delegations")).items : []),
    [mayHaveOne],
  );
  return (
    resource.state === "ready" &&
    resource.value.some(({ stands, delegate_id }) => stands && delegate_id === person?.id)
  );
}
