import type { Room, ScheduledRoom } from "../town/types";
import { meets, type Stretch } from "./overlap";

export interface Found {
  free: Room[];
  taken: Room[];
  tooSmall: Room[];
}

/** The rooms that nothing occupies in that stretch, the smallest that suffices first. */
export function freeRooms(
  rooms: readonly Room[],
  scheduled: readonly ScheduledRoom[],
  wish: Stretch & { people: number },
): Found {
  const occupied = new Set(
    scheduled
      .filter((room) => room.entries.some((entry) => meets(entry, wish)))
      .map((room) => room.room_id),
  );
  const large = rooms.filter((room) => room.capacity >= wish.people);
  const free = large.filter((room) => !occupied.has(room.id));
  return {
    free: free.sort((a, b) => a.capacity - b.capacity),
    taken: large.filter((room) => occupied.has(room.id)),
    tooSmall: rooms.filter((room) => room.capacity < wish.people),
  };
}
