import { town } from "./api";
import type { DoorAgent } from "./types";

/** Every door agent, all pages. */
export async function allAgents(): Promise<DoorAgent[]> {
  const agents: DoorAgent[] = [];
  let cursor: string | undefined;
  do {
    const page = await town.get("/api/v1/door-agents", { query: { limit: 100, cursor } });
    agents.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return agents;
}
