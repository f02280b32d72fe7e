import {existsSync} from "node:fs";
import {join} from "node:path";
import {z} from "zod";
import type {ProjectSource} from "../config/project.ts";
import type {Engine} from "../warehouse/engine.ts";
import {parquetFiles, quoteIdentifier} from "../warehouse/sql.ts";
import type {Ownership} from "./contract.ts";
import {ownedRows, type StoredLoad, sqlType} from "./known.ts";
import {displacedBy} from "./ownership.ts";

const sharedSchema = z.strictObject({keys: z.int(), example: z.string().nullable()});

/** How many keys stand in two loads, and the first of them; parts of a key have a blank between them. */
export type SharedKeys = z.output<typeof sharedSchema>;

/**
 * Keys of the rows that a load decides which stand among the rows that other loads decide too: a record that moved
 * to a day or partition that its new extract covers, from one that it does not, counts twice.
 *
 * @param owned Of all loads known, as `ownershipOf` gives it.
 * @returns Null where it can't be: no `key`, or no other load decides anything.
 */
export async function sharedKeys(
  engine: Engine,
  source: ProjectSource,
  loads: readonly StoredLoad[],
  owned: readonly Ownership[],
  load: string,
  warehouse: string
): Promise<SharedKeys | null> {
  const own = owned.filter((one) => one.load === load);
  const others = owned.filter((one) => one.load !== load);
  if (source.key === undefined || own.length === 0 || others.length === 0) return null;
  const {key} = source;
  // Rows from before the key was declared have none; rows that are lost are told of by whatever counts them.
  const keyed = loads.filter(
    ({columns, rows_file}) => key.every((name) => columns.includes(name)) && existsSync(join(warehouse, rows_file))
  );
  const [shared] = await engine.rows(sharedKeysSql(source, key, keyed, own, others, warehouse), sharedSchema);
  return shared ?? null;
}

/** The statement of `sharedKeys` over loads that hold the key: one row, `keys` and `example`. */
export function sharedKeysSql(
  source: ProjectSource,
  key: readonly string[],
  loads: readonly StoredLoad[],
  own: readonly Ownership[],
  others: readonly Ownership[],
  warehouse: string
): string {
  const named = key.map(quoteIdentifier).join(", ");
  return `with own_rows as (${ownedRows(source, loads, own, warehouse)}),
other_rows as (${otherKeys(source, key, loads, own, others, warehouse)}),
shared as (select distinct ${named} from own_rows semi join other_rows using (${named}))
select count(*)::integer as keys, min(concat_ws(' ', ${named})) as example
from shared`;
}

/**
 * The keys of the rows that the others decide. Files that are counted whole are read as one: a select for each of a
 * hundred costs a tenth of a second a load.
 */
function otherKeys(
  source: ProjectSource,
  key: readonly string[],
  loads: readonly StoredLoad[],
  own: readonly Ownership[],
  others: readonly Ownership[],
  warehouse: string
): string {
  const deciding = new Set(others.map(({load}) => load));
  const isWhole = (load: StoredLoad) => displacedBy(source.delivery, load, [...own, ...others]).length === 0;
  const [whole, parts] = [true, false].map((wanted) =>
    loads.filter((load) => deciding.has(load.id) && isWhole(load) === wanted)
  ) as [StoredLoad[], StoredLoad[]];
  const named = key.map(quoteIdentifier).join(", ");
  const typed = key.map(
    (name) => `${quoteIdentifier(name)}::${sqlType(source.columns[name]!)} as ${quoteIdentifier(name)}`
  );
  const files = whole.map(({rows_file}) => join(warehouse, rows_file));
  return [
    ...(files.length === 0 ? [] : [`select ${typed.join(", ")} from ${parquetFiles(files)}`]),
    ...(parts.length === 0 && files.length > 0
      ? []
      : [`select ${named} from (${ownedRows(source, parts, others, warehouse)})`])
  ].join("\nunion all\n");
}
