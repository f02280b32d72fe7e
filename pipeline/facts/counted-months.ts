import {z} from "zod";
import type {DaySet} from "../calendar/day-set.ts";
import type {ProjectSource} from "../config/project.ts";
import type {Engine} from "../warehouse/engine.ts";
import {quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";
import type {Ownership} from "./contract.ts";
import type {StoredLoad} from "./known.ts";
import {
  decidingLoads,
  displacingKey,
  isWithdrawn,
  loadOrder,
  placesOf,
  type StandingLoad,
  standingLoads,
  standingRows
} from "./standing.ts";

const asked = quoteIdentifier("rows of months");

/**
 * How many rows count, by month (yyyy-MM) of the source's date; months without any are left out. The rows of
 * `countedRowsSql`, but counted with the files of all loads read as one, and those of newer loads only where they are
 * newer than one with rows of these days.
 *
 * @param days Only these.
 * @param owned Of these loads, as `ownershipOf` gives it.
 */
export async function countedMonths(
  engine: Engine,
  source: ProjectSource,
  loads: readonly StoredLoad[],
  owned: readonly Ownership[],
  days: DaySet,
  {warehouse, timeZone}: {readonly warehouse: string; readonly timeZone: string}
): Promise<ReadonlyMap<string, number>> {
  const places = placesOf(loads, timeZone);
  const standing = standingLoads(source, loads, owned, places);
  const stands = new Set(standing.map(({load}) => load.id));
  const keyless = decidingLoads(loads, owned, places).filter(({load}) => !stands.has(load.id));
  const rowsOf = (of: readonly StandingLoad[], columns: readonly string[]) =>
    `select * from (${standingRows(source, of, columns, warehouse)}) where not ${isWithdrawn} and (${within(source, days)})`;
  const date = quoteIdentifier(source.date);
  const counted = [`select ${date} from (${rowsOf(keyless, [source.date])})`];
  if (standing.length < 2) counted.push(`select ${date} from (${rowsOf(standing, [source.date])})`);
  else {
    const key = displacingKey(source) ?? [];
    await engine.run(
      `create or replace temp table ${asked} as ${rowsOf(standing, [...new Set([...key, source.date])])}`
    );
    const [first] = await engine.rows(
      `select min(${loadOrder}) as oldest from ${asked}`,
      z.strictObject({oldest: z.int().nullable()})
    );
    const oldest = first?.oldest ?? null;
    const newer = oldest === null ? [] : standing.filter(({place}) => place > oldest);
    const same = [
      `newer.${loadOrder} > ${asked}.${loadOrder}`,
      ...key.map(quoteIdentifier).map((name) => `newer.${name} = ${asked}.${name}`)
    ];
    counted.push(
      `select ${date} from ${asked} anti join (${standingRows(source, newer, key, warehouse)}) as newer on ${same.join(" and ")}`
    );
  }
  const months = await engine.rows(
    `select strftime(${date}, '%Y-%m') as month, count(*)::integer as rows
from (${counted.join("\nunion all\n")})
group by all`,
    z.strictObject({month: z.string(), rows: z.int()})
  );
  return new Map(months.map(({month, rows}) => [month, rows]));
}

function within({date}: ProjectSource, days: DaySet): string {
  const parts = days.map(
    ([from, to]) => `${quoteIdentifier(date)} between date ${quoteLiteral(from)} and date ${quoteLiteral(to)}`
  );
  return parts.length === 0 ? "false" : parts.join(" or ");
}
