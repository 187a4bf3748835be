import type { Day } from "../words/dates";
import { town } from "./api";
import type { Preparation } from "./types";

/** What is to be prepared at a site on a day, all pages. */
export async function preparationOf(site: number, day: Day): Promise<Preparation> {
  const first = await town.get("/api/v1/preparation", { query: { site, day } });
  const whole = { ...first, items: [...first.items] };
  for (let cursor = first.next; cursor !== null; ) {
    const page = await town.get("/api/v1/preparation", { query: { site, day, cursor } });
    whole.items.push(...page.items);
    cursor = page.next;
  }
  return { ...whole, next: null };
}
