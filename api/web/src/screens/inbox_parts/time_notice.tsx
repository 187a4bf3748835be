import { useTown } from "../../parts/resource";
import { kPaths } from "../../paths";
import { town } from "../../town/api";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import { t, tn } from "../../words";

/** Above the requests: bookings that a change of legal time left in conflict; else nothing. */
export function TimeNotice() {
  const isOffice = isInside(me.value) && rights.decides(me.value);
  const { resource } = useTown(
    async () => (isOffice ? (await town.get("/api/v1/time-conflicts")).items.length : 0),
    [isOffice],
  );
  return resource.state === "ready" && resource.value > 0 ? (
    <p class="note bad">
      {tn("time_conflicts.notice", resource.value)}{" "}
      <a href={kPaths.timeConflicts}>{t("time_conflicts.see")}</a>
    </p>
  ) : null;
}
