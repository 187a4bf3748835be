import { Fragment } from "preact";

import { saveFile } from "../../parts/save_file";
import { Unfold } from "../../parts/unfold";
import type { Exported } from "../../town/exported";
import { t, tn, type WordKey } from "../../words";

type Row = Record<string, unknown>;

function shown(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}

/** A table that these pages do not know stands for itself. */
function nameOf(table: string): string {
  return t(`export_table.${table}` as WordKey) || table;
}

/** One row reads as a list. */
function Facts({ row }: { row: Row }) {
  return (
    <dl>
      {Object.entries(row).map(([column, value]) => (
        <Fragment key={column}>
          <dt>{column}</dt>
          <dd>{shown(value) || "–"}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Rows({ name, rows }: { name: string; rows: readonly Row[] }) {
  const columns = Object.keys(rows[0] ?? {});
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={name}>
      <table class="many">
        <caption>{name}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {columns.map((column) => (
                <td key={column}>{shown(row[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the town has about somebody, table by table, and as a file. */
export function ExportedData({ data }: { data: Exported }) {
  const filled = data.tables.filter(({ rows }) => rows.length > 0);
  const save = () =>
    saveFile(
      `donnees-${data.person_id}.json`,
      new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }),
    );
  return (
    <div>
      <p class="note good" role="status">
        {tn("export.read", filled.length)}
      </p>
      <p>
        <button type="button" onClick={save}>
          {t("export.save")}
        </button>
      </p>
      {filled.map(({ name, rows }) => (
        <Unfold key={name} label={tn("export.table", rows.length, { name: nameOf(name) })}>
          {() =>
            rows.length === 1 ? (
              <Facts row={rows[0] as Row} />
            ) : (
              <Rows name={nameOf(name)} rows={rows as Row[]} />
            )
          }
        </Unfold>
      ))}
    </div>
  );
}
