import {mkdtemp, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {type Engine, openEngine} from "./engine.ts";
import type {Kind, Relation} from "./relation.ts";
import {discard} from "./safe-files.ts";
import {quoteLiteral} from "./sql.ts";

/**
 * The relations as Parquet files, compressed with zstd: the same rows give the same bytes. Days are DATE, instants
 * TIMESTAMP in UTC, whole numbers INT32, lists LIST.
 *
 * The engine writes to disk only, so the files pass through a folder; nothing is left there.
 *
 * @param folder Absolute: the caller's own, which nobody else clears.
 */
export async function parquetBytes(relations: readonly Relation[], folder: string): Promise<Uint8Array[]> {
  const scratch = await mkdtemp(join(folder, "parquet-"));
  try {
    // One thread: the order of the rows is theirs, and the groups of rows are cut where they always are.
    const engine = await openEngine({temporary: join(scratch, "engine"), reads: [], writes: [scratch], threads: 1});
    try {
      const files: Uint8Array[] = [];
      for (const [index, relation] of relations.entries()) {
        files.push(await written(engine, relation, join(scratch, `${index}.parquet`)));
      }
      return files;
    } finally {
      engine.close();
    }
  } finally {
    await discard(scratch);
  }
}

/** The rows go in as JSON: given cell by cell, as the engine's own functions take them, they need four times as long. */
async function written(engine: Engine, relation: Relation, path: string): Promise<Uint8Array> {
  const {rows} = relation;
  // What a column can't hold is refused here; the engine would make something of it.
  const columns = relation.stored();
  const types = columns.map(({name, kind}) => `${quoteLiteral(name)}: ${quoteLiteral(engineTypes[kind])}`);
  const json = `${path}.json`;
  await writeFile(json, rows.map(jsonOf).join("\n"));
  await engine.run(
    `copy (from read_json(${quoteLiteral(json)}, format = 'newline_delimited', columns = {${types.join(", ")}})) ` +
      `to ${quoteLiteral(path)} (format parquet, compression zstd)`
  );
  return new Uint8Array(await readFile(path));
}

/** Half a character, which a text may hold and UTF-8 can't, becomes U+FFFD, as in all other files. */
function jsonOf(row: Relation["rows"][number]): string {
  const json = JSON.stringify(row);
  if (!json.includes("\\ud")) return json;
  return JSON.stringify(row, (_, cell: unknown) => (typeof cell === "string" ? Buffer.from(cell).toString() : cell));
}

const engineTypes: Readonly<Record<Kind, string>> = {
  text: "VARCHAR",
  day: "DATE",
  instant: "TIMESTAMPTZ",
  number: "DOUBLE",
  whole: "INTEGER",
  boolean: "BOOLEAN",
  texts: "VARCHAR[]"
};
