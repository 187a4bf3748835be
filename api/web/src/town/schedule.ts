import { daysAfter, type Day } from "../words/dates";
import { town } from "./api";
import type { ScheduledRoom } from "./types";

/** Everything that occupies rooms on the local days from `from` to before `until`, all pages. */
export async function scheduleOf(asked: {
  from: Day;
  until: Day;
  site?: number | undefined;
  room?: number | undefined;
}): Promise<ScheduledRoom[]> {
  // A day more on both sides: local days are not those of UTC. Readers cut it by local times.
  const query = {
    from: `${daysAfter(asked.from, -1)}T00:00:00Z`,
    to: `${daysAfter(asked.until, 1)}T00:00:00Z`,
    site: asked.site,
    room: asked.room,
  };
  const rooms = new Map<number, ScheduledRoom>();
  let cursor: string | undefined;
  do {
    const page = await town.get("/api/v1/schedule", { query: { ...query, cursor } });
    for (const room of page.items as ScheduledRoom[]) {
      const known = rooms.get(room.room_id);
      if (known) {
        known.entries.push(...room.entries);
      } else {
        rooms.set(room.room_id, { ...room, entries: [...room.entries] });
      }
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return [...rooms.values()];
}
