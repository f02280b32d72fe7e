import {join} from "node:path";
import type {ProjectSource} from "../config/project.ts";
import {parquetFile, parquetFiles, quoteIdentifier} from "../warehouse/sql.ts";
import type {Ownership} from "./contract.ts";
import {decidedFilter, keptColumns, ownedRows, type StoredLoad, sqlType, typedColumns, withdrawnSql} from "./known.ts";
import {newestFirst} from "./ownership.ts";

/*
 * A key stands once. Of the rows that loads decide and that have the same key, the one of the newest load counts; the
 * others are displaced, whatever their day and partition. Rows of an append displace nothing, and rows of a load from
 * before the key was declared have none.
 */

/** A load whose rows take part in that, with what it decides. */
export interface StandingLoad {
  readonly load: StoredLoad;
  /** Its place in the order of making, from 0: of equal keys the one in the highest place counts. */
  readonly place: number;
  readonly own: readonly Ownership[];
}

/** The columns by which rows displace one another; null where none does. */
export function displacingKey({key, delivery}: Pick<ProjectSource, "key" | "delivery">): readonly string[] | null {
  return delivery === "append" ? null : (key ?? null);
}

/** Loads in the order of making, the oldest first, by id; see `newestFirst`. */
export function placesOf(loads: readonly StoredLoad[], timeZone: string): Map<string, number> {
  const oldestFirst = newestFirst(loads, timeZone).reverse();
  return new Map(oldestFirst.map(({id}, place) => [id, place]));
}

/**
 * The loads that decide anything and hold the key, the oldest first.
 *
 * @param places Of all these loads; see `placesOf`.
 */
export function standingLoads(
  source: ProjectSource,
  loads: readonly StoredLoad[],
  owned: readonly Ownership[],
  places: ReadonlyMap<string, number>
): StandingLoad[] {
  const key = displacingKey(source);
  if (key === null) return [];
  return decidingLoads(loads, owned, places).filter(({load: {columns}}) => key.every((name) => columns.includes(name)));
}

/** The loads that decide anything, the oldest first. */
export function decidingLoads(
  loads: readonly StoredLoad[],
  owned: readonly Ownership[],
  places: ReadonlyMap<string, number>
): StandingLoad[] {
  const byLoad = new Map<string, Ownership[]>();
  for (const own of owned) {
    const of = byLoad.get(own.load);
    if (of === undefined) byLoad.set(own.load, [own]);
    else of.push(own);
  }
  return loads
    .flatMap((load) => {
      const own = byLoad.get(load.id);
      return own === undefined ? [] : [{load, place: places.get(load.id)!, own}];
    })
    .sort((a, b) => a.place - b.place);
}

/** Names with blanks, which no column of a user has. */
export const loadOrder = quoteIdentifier("load order");
export const isWithdrawn = quoteIdentifier("is withdrawn");

/**
 * The rows that loads decide, also those that are displaced or take their key away: `load order` (place), `record`,
 * `is withdrawn`, then the columns named. Files that are read whole are read as one: a select for each of a hundred
 * costs a tenth of a second.
 */
export function standingRows(
  source: ProjectSource,
  standing: readonly StandingLoad[],
  columns: readonly string[],
  warehouse: string
): string {
  const held = (of: readonly StandingLoad[]) => {
    const first = of[0]!.load.columns;
    return {columns: first.filter((name) => of.every(({load}) => load.columns.includes(name)))};
  };
  const select = (place: string, of: readonly StandingLoad[], from: string) =>
    `select ${[
      `${place}::integer as ${loadOrder}`,
      "record",
      `${withdrawnSql(source, held(of))} as ${isWithdrawn}`,
      ...typedColumns(source, held(of), columns)
    ].join(", ")} from ${from}`;
  const path = ({load}: StandingLoad) => join(warehouse, load.rows_file);
  const filters = new Map(standing.map((one) => [one, decidedFilter(source, one.load, one.own)]));
  // Files of one group hold the same of the columns wanted, so that none is read as null of a file that holds it.
  const groups = new Map<string, StandingLoad[]>();
  const wanted = [...columns, ...Object.keys(source.withdrawn ?? {})];
  for (const one of standing) {
    if (filters.get(one) !== "") continue;
    const holds = JSON.stringify(wanted.map((name) => one.load.columns.includes(name)));
    groups.set(holds, [...(groups.get(holds) ?? []), one]);
  }
  const parts = [
    ...[...groups.values()].map((group) => {
      const all = group.map(({place}) => place).join(", ");
      const places = group.length === 1 ? all : `[${all}][file_index::bigint + 1]`;
      return select(places, group, parquetFiles(group.map(path)));
    }),
    ...standing
      .filter((one) => filters.get(one) !== "")
      .map((one) => select(String(one.place), [one], `${parquetFile(path(one))}${filters.get(one)}`))
  ];
  return parts.length === 0 ? noRows(source, columns) : parts.join("\nunion all\n");
}

function noRows(source: ProjectSource, columns: readonly string[]): string {
  const typed = columns.map((name) => `null::${sqlType(source.columns[name]!)} as ${quoteIdentifier(name)}`);
  return `select ${[
    `null::integer as ${loadOrder}`,
    "null::bigint as record",
    `false as ${isWithdrawn}`,
    ...typed
  ].join(", ")} where false`;
}

/**
 * The rows that count, as one select that can be read and pasted: as `ownedRows` of the loads asked for, without those
 * that a newer load displaces, and without those that take their key away.
 *
 * @param asked The loads whose rows are wanted.
 * @param owned Of all loads, as `ownershipOf` gives it.
 */
export function countedRowsSql(
  source: ProjectSource,
  loads: readonly StoredLoad[],
  asked: readonly Pick<StoredLoad, "id">[],
  owned: readonly Ownership[],
  warehouse: string,
  timeZone: string
): string {
  const key = displacingKey(source);
  const wanted = new Set(asked.map(({id}) => id));
  const from = loads.filter(({id}) => wanted.has(id));
  const standing = standingLoads(source, loads, owned, placesOf(loads, timeZone));
  const placeOf = new Map(standing.map(({load, place}) => [load.id, place]));
  const oldest = Math.min(...from.flatMap(({id}) => placeOf.get(id) ?? []));
  const newer = standing.filter(({place}) => place > oldest);
  if (key === null || (newer.length === 0 && source.withdrawn === undefined)) {
    return ownedRows(source, from, owned, warehouse);
  }
  const columns = ["load", "record", ...keptColumns(source).map(quoteIdentifier)].map((name) => `facts.${name}`);
  const parts = from.flatMap((load) => {
    const own = owned.filter((one) => one.load === load.id);
    if (own.length === 0) return [];
    const rows = ownedRows(source, [load], own, warehouse);
    return [
      `select ${placeOf.get(load.id) ?? "null"}::integer as ${loadOrder}, * from (${rows})${standsSql(source, load)}`
    ];
  });
  if (newer.length === 0) return `select ${columns.join(", ")} from (${parts.join("\nunion all\n")}) as facts`;
  const same = [
    `newer.${loadOrder} > facts.${loadOrder}`,
    ...key.map(quoteIdentifier).map((name) => `newer.${name} = facts.${name}`)
  ];
  return `select ${columns.join(", ")}
from (
${parts.join("\nunion all\n")}
) as facts
anti join (
${standingRows(source, newer, key, warehouse)}
) as newer on ${same.join(" and ")}`;
}

function standsSql(source: ProjectSource, load: StoredLoad): string {
  const withdrawn = withdrawnSql(source, load);
  return withdrawn === "false" ? "" : ` where not ${withdrawn}`;
}
