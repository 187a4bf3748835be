import { town, type Answer, type Asked } from "./api";

export type Exported = Answer<"/api/v1/me/export", "get">;
type Table = Exported["tables"][number];
export type ReadExport = (asked: Pick<Asked, "query">) => Promise<Exported>;

/** A table to its last row: what did not fit one answer is asked for page by page. */
async function whole(read: ReadExport, table: Table): Promise<Table> {
  const rows = [...table.rows];
  let { cursor } = table;
  while (cursor !== null) {
    const page: Exported = await read({ query: { table: table.name, cursor } });
    const next: Table | undefined = page.tables.find(({ name }) => name === table.name);
    rows.push(...(next?.rows ?? []));
    cursor = next?.cursor ?? null;
  }
  return { ...table, rows, cursor: null };
}

/** Everything that the town has about somebody. */
export async function readWhole(read: ReadExport): Promise<Exported> {
  const first = await read({});
  const tables: Table[] = [];
  for (const table of first.tables) {
    tables.push(await whole(read, table));
  }
  return { ...first, tables };
}

export const exportOfMe: ReadExport = (asked) => town.get("/api/v1/me/export", asked);

/** Of somebody else, under a confirmation that two people gave. */
export function exportOf(id: number, confirmation: number): ReadExport {
  return ({ query }) =>
    town.get("/api/v1/people/{id}/export", { path: { id }, query: { confirmation, ...query } });
}
