import {createHash} from "node:crypto";
import {z} from "zod";
import type {ProjectSource} from "../config/project.ts";
import type {Engine} from "../warehouse/engine.ts";
import {quoteIdentifier} from "../warehouse/sql.ts";
import {displacingKey, isWithdrawn, loadOrder, type StandingLoad, standingRows} from "./standing.ts";

const pairs = quoteIdentifier("superseded rows");
const keys = quoteIdentifier("keys of successors");
const touched = quoteIdentifier("rows of these keys");
const successor = quoteIdentifier("superseded by");

/**
 * Names the rows that each load supersedes, by what decides which these are: the load, and all older ones with their
 * order. A load that is newer than all known changes none of the names before it.
 *
 * @param standing The oldest first.
 * @param contentOf What a load holds, as text.
 * @returns In their order; the oldest supersedes nothing.
 */
export function supersedingNames<Load extends StandingLoad>(
  source: ProjectSource,
  standing: readonly Load[],
  contentOf: (load: Load) => string
): string[] {
  const {date, partition = null, withdrawn = null, columns} = source;
  const key = (displacingKey(source) ?? []).map((name) => [name, columns[name]?.type ?? "segment"]);
  let name = JSON.stringify({date, partition, withdrawn, key});
  return standing.map((one) => {
    const own = source.delivery === "upsert" ? null : one.own.map(({partition: of, days}) => [of, days]);
    name = createHash("sha256")
      .update(JSON.stringify([name, contentOf(one), own]))
      .digest("hex");
    return name;
  });
}

/**
 * Finds the rows that loads supersede: of an older load, with a key that the next newer load that has it says anew. Each
 * displaced row has one successor, so that these rows, of all loads together, are those that do not count. Rows that
 * take their key away never counted; they are left out.
 *
 * @param standing All loads that take part, the oldest first.
 * @param successors Places of the loads whose superseded rows are wanted.
 * @param columns Of the rows that are wanted.
 * @returns By place of the successor a select of `columns`, of temporary tables of the engine that the next call replaces;
 * and the loads that the rows are read from.
 */
export async function supersededRows(
  engine: Engine,
  source: ProjectSource,
  standing: readonly StandingLoad[],
  successors: ReadonlySet<number>,
  columns: readonly string[],
  {warehouse, beforeReading}: Reading
): Promise<ReadonlyMap<number, string>> {
  const key = displacingKey(source) ?? [];
  const wanted = standing.filter(({place}) => successors.has(place));
  const last = Math.max(...wanted.map(({place}) => place));
  const upTo = standing.filter(({place}) => place <= last);
  await findPairs(engine, source, key, {wanted, upTo}, warehouse);
  const found = await engine.rows(
    `select distinct ${loadOrder} as place from ${pairs} order by place`,
    z.strictObject({place: z.int()})
  );
  const reading = upTo.filter((one) => found.some(({place}) => place === one.place));
  await beforeReading(reading.map(({load}) => load.id));
  const named = columns.map(quoteIdentifier).join(", ");
  await engine.run(`create or replace temp table ${touched} as
select rows.*, ${successor}
from (${standingRows(source, reading, columns, warehouse)}) as rows
join ${pairs} as pairs on pairs.${loadOrder} = rows.${loadOrder} and pairs.record = rows.record`);
  return new Map(
    wanted.map(({place}) => [
      place,
      `select ${named} from ${touched} where ${successor} = ${place} and not ${isWithdrawn}`
    ])
  );
}

interface Reading {
  readonly warehouse: string;
  /** Is told whose rows are read next, by id: few, for most loads only give their keys. */
  readonly beforeReading: (loads: readonly string[]) => Promise<void>;
}

/** Fills the table of pairs: `load order` and `record` of a row, and the place of the load that supersedes it. */
async function findPairs(
  engine: Engine,
  source: ProjectSource,
  key: readonly string[],
  {wanted, upTo}: Readonly<Record<"wanted" | "upTo", readonly StandingLoad[]>>,
  warehouse: string
): Promise<void> {
  const named = key.map(quoteIdentifier).join(", ");
  const places = wanted.map(({place}) => place).join(", ");
  // The next newer load: keys of rows from before the key was declared may stand twice in one.
  const newer = `over (partition by ${named} order by ${loadOrder} range between 1 following and unbounded following)`;
  // Only rows of keys that stand in a wanted load matter, and of these keys only those that stand more than once: few.
  await engine.run(`create or replace temp table ${keys} as
select ${named} from (${standingRows(source, wanted, key, warehouse)})`);
  await engine.run(`create or replace temp table ${touched} as
select ${loadOrder}, record, ${named} from (${standingRows(source, upTo, key, warehouse)}) semi join ${keys} using (${named})`);
  await engine.run(`create or replace temp table ${pairs} as
select ${loadOrder}, record, ${successor}
from (
    select ${loadOrder}, record, min(${loadOrder}) ${newer} as ${successor}
    from ${touched} semi join (select ${named} from ${touched} group by ${named} having count(*) > 1) using (${named})
)
where ${successor} in (${places})`);
  await engine.run(`drop table ${keys}`);
}
