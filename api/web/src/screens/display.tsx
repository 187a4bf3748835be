import { useRoute } from "preact-iso";

import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { meets } from "../planning/overlap";
import { town } from "../town/api";
import { scheduleOf } from "../town/schedule";
import { t } from "../words";
import { clock, daysAfter, localOf, longDay, span, today } from "../words/dates";

const kPause = 60_000;

interface Use {
  key: string;
  room: string;
  start: string;
  end: string;
  words: string;
}

/** What is on at a site on that day, by start. Names nobody, whoever is signed in. */
async function usesOf(site: number, day: string): Promise<Use[]> {
  const rooms = await scheduleOf({ from: day, until: daysAfter(day, 1), site });
  const whole = { start: `${day}T00:00`, end: `${daysAfter(day, 1)}T00:00` };
  return rooms
    .flatMap((room) =>
      room.entries
        .filter((entry) => meets(entry, whole))
        .map((entry) => ({
          key: `${room.room_id} ${entry.kind} ${entry.start}`,
          room: room.room_name,
          start: entry.start,
          end: entry.end,
          words: t(entry.kind === "closure" ? "entry.closure" : "entry.busy"),
        })),
    )
    .sort((a, b) => a.start.localeCompare(b.start));
}

/** Today in a building, for the screen in its hall. */
export default function Display() {
  const { params } = useRoute();
  const site = Number(params["site"] ?? 0);
  const day = today();
  const sites = useTown(() => town.get("/api/v1/sites"), []);
  const loaded = useTown(() => usesOf(site, day), [site, day], kPause);
  const name =
    sites.resource.state === "ready"
      ? (sites.resource.value.items.find(({ id }) => id === site)?.name ?? "")
      : "";
  return (
    <Screen title={name === "" ? t("display.title") : t("display.at", { site: name })} wide>
      <p class="large">{longDay(day)}</p>
      <Waiting of={loaded}>
        {(uses) => (
          <>
            {uses.length === 0 ? (
              <Nothing>{t("day.nothing")}</Nothing>
            ) : (
              <ul class="cards display">
                {uses.map((use) => (
                  <li key={use.key}>
                    <p class="large">
                      <strong>{span(use.start, use.end)}</strong> {use.room}
                    </p>
                    <p>{use.words}</p>
                  </li>
                ))}
              </ul>
            )}
            {loaded.resource.state === "ready" && (
              <p class="quiet">
                {t("list.updated", { time: clock(localOf(loaded.resource.at.toISOString())) })}
              </p>
            )}
          </>
        )}
      </Waiting>
    </Screen>
  );
}
