import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC, type Vector} from "apache-arrow";
import {z} from "zod";
import {openEngine} from "../../pipeline/warehouse/engine.ts";

/** A data file as somebody else's program opens it: its columns' types, and its cells as CSV would print them. */
export interface OpenedFile {
  /** In the file's order. */
  readonly types: readonly (readonly [name: string, type: string])[];
  /** By row; null is null, a list stays a list, days and instants are text. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export function openArrow(bytes: Uint8Array): OpenedFile {
  const table = tableFromIPC(bytes);
  const columns = table.schema.fields.map(({name, type}, at) => ({
    name,
    type: String(type),
    cells: table.getChildAt(at)!
  }));
  return {
    types: columns.map(({name, type}) => [name, type]),
    rows: Array.from({length: table.numRows}, (_, row) =>
      Object.fromEntries(columns.map(({name, type, cells}) => [name, arrowCell(type, cells.get(row))]))
    )
  };
}

function arrowCell(type: string, cell: unknown): unknown {
  if (cell === null) return null;
  if (type.startsWith("Date32")) return new Date(cell as number).toISOString().slice(0, 10);
  if (type.startsWith("Timestamp")) return new Date(cell as number).toISOString();
  return type.startsWith("List") ? [...(cell as Vector)] : cell;
}

export async function openParquet(bytes: Uint8Array): Promise<OpenedFile> {
  const folder = mkdtempSync(join(tmpdir(), "milepost-opened-"));
  const path = join(folder, "opened.parquet");
  writeFileSync(path, bytes);
  const engine = await openEngine({temporary: join(folder, "engine"), reads: [path], writes: []});
  try {
    const described = await engine.rows(
      `describe select * from '${path}'`,
      z.object({column_name: z.string(), column_type: z.string()})
    );
    const types = described.map(({column_name, column_type}) => [column_name, column_type] as const);
    const selected = types.map(([name, type]) =>
      type.startsWith("TIMESTAMP") ? `strftime("${name}", '%Y-%m-%dT%H:%M:%S.%gZ') as "${name}"` : `"${name}"`
    );
    const rows = await engine.rows(`select ${selected.join(", ")} from '${path}'`, z.record(z.string(), z.unknown()));
    return {types, rows};
  } finally {
    engine.close();
    rmSync(folder, {recursive: true});
  }
}
