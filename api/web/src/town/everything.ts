interface Page<T> {
  items: T[];
  next: string | null;
}

const kMostAtOnce = 100;

/** A list of the town to its end, for what is looked up in and never shown whole. */
export async function everything<T>(
  load: (query: { limit: number; cursor: string | undefined }) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await load({ limit: kMostAtOnce, cursor });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}
