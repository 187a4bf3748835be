import { describe, expect, it } from "vitest";

import { partsOf } from "../src/screens/privacy/sheet";
import { readWhole, type Exported, type ReadExport } from "../src/town/exported";

describe("the record of processing", () => {
  it("is headings, texts, a table and lists whose items go on below", () => {
    const sheet =
      "# Registre : Le Pré\n\n## Responsable\n\nVille\n\n| A | B |\n| --- | --- |\n| 1 | x \\| y |\n\n- un\n  encore\n- deux\n";
    expect(partsOf(sheet)).toEqual([
      { kind: "heading", level: 1, text: "Registre : Le Pré" },
      { kind: "heading", level: 2, text: "Responsable" },
      { kind: "text", text: "Ville" },
      { kind: "table", head: ["A", "B"], rows: [["1", "x | y"]] },
      { kind: "list", items: ["un encore", "deux"] },
    ]);
  });
});

describe("a copy of somebody's data", () => {
  type Table = Exported["tables"][number];
  const page = (name: string, ids: number[], cursor: string | null): Table => ({
    name,
    rows: ids.map((id) => ({ id })) as unknown as Table["rows"],
    cursor,
  });
  const answer = (...tables: Table[]): Exported => ({
    person_id: 3,
    exported_at: "2026-11-23T09:00:00Z",
    tables,
  });

  it("goes on, table by table, until each has its last row", async () => {
    const asked: unknown[] = [];
    const answers = [
      answer(page("roles", [1], null), page("bookings", [9, 8], "8")),
      answer(page("bookings", [7], "7")),
      answer(page("bookings", [6], null)),
    ];
    const read: ReadExport = ({ query }) => {
      asked.push(query);
      return Promise.resolve(answers[asked.length - 1]!);
    };
    const { tables } = await readWhole(read);
    expect(tables.map(({ name, rows }) => [name, (rows as unknown as { id: number }[]).map(({ id }) => id)])).toEqual([
      ["roles", [1]],
      ["bookings", [9, 8, 7, 6]],
    ]);
    expect(asked).toEqual([
      undefined,
      { table: "bookings", cursor: "8" },
      { table: "bookings", cursor: "7" },
    ]);
  });
});
