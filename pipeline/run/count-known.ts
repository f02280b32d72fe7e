import type {Cells} from "../actuals/cells.ts";
import type {Actuals} from "../actuals/contract.ts";
import {countLoads} from "../actuals/count-loads.ts";
import {openActuals} from "../actuals/known-actuals.ts";
import {baseMeasures} from "../actuals/measure-parts.ts";
import {columnsRead, type Rollup, rollupOf} from "../actuals/rollup.ts";
import {cacheFolder, cellsKey, readCells, storeCells, supersededKey, trimCache} from "../actuals/rollup-cache.ts";
import type {Project} from "../config/project.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import {checkRowsAreThere, loadRows, type StoredLoad} from "../facts/known.ts";
import {placesOf, type StandingLoad, standingLoads} from "../facts/standing.ts";
import {supersededRows, supersedingNames} from "../facts/superseded.ts";
import {formatCounted} from "../format/numbers.ts";
import type {Engine} from "../warehouse/engine.ts";
import {checkRowsAreWhole, tellingDamagedRows} from "./check-rows.ts";
import type {Tell} from "./progress.ts";
import {withEngine} from "./scratch.ts";

/** What counting reads of a load. */
export interface CountableLoad extends StoredLoad {
  readonly source: string;
  readonly rows_sha256: string;
}

/** Cells of loads, and of what they supersede, that are in memory, by key. */
export type HeldCells = Map<string, Cells>;

/** A source that is read, with the loads that decide any of its days. */
interface Counting {
  readonly name: string;
  readonly rollup: Rollup;
  readonly loads: readonly {readonly load: CountableLoad; readonly key: string}[];
  /** Loads whose keys displace rows of older ones, the oldest first. */
  readonly standing: readonly StandingLoad[];
  /** Places of those that may supersede any, with the key of the cells of what they supersede. */
  readonly superseding: readonly {readonly place: number; readonly key: string}[];
}

/**
 * Counts what is known: each load once for all measures of its source, kept under the hash of what it was made from.
 * A load that decides nothing is not counted; which load decides which day is looked up in the cells. Rows of which a
 * newer load says the key anew are counted beside, once a load that says so, and taken away. The engine is opened only
 * where something is not in the cache.
 *
 * @param coverages By source, of these loads.
 * @param measures Names of those that will be asked for; other sources than theirs are not read.
 * @param progress Told which loads are counted now; nothing of those in the cache.
 * @param held What an earlier call has read or counted; what this one does is added.
 * @throws RunFailure when rows are lost or altered, or a sum is too large to be exact.
 */
export async function countKnown(
  project: Project,
  loads: readonly CountableLoad[],
  coverages: ReadonlyMap<string, SourceCoverage>,
  warehouse: string,
  measures: ReadonlySet<string>,
  progress: Tell = () => {},
  held: HeldCells = new Map()
): Promise<Actuals> {
  const read = new Set([...measures].flatMap((name) => baseMeasures(project.measures, name).map(({source}) => source)));
  const countings = [...project.sources]
    .filter(([name]) => read.has(name))
    .map(([name]) => {
      const own = loads.filter((load) => load.source === name);
      checkRowsAreThere(own, coverages.get(name)!.ownership, warehouse);
      return countingOf(project, name, own, coverages.get(name)!);
    });
  await holdCells(countings, warehouse, progress, held);
  const counted = countings.map(({name, loads: own, superseding}) => {
    const byLoad = new Map(own.map(({load, key}) => [load.id, held.get(key)!]));
    return [name, {cells: byLoad, superseded: superseding.map(({key}) => held.get(key)!)}] as const;
  });
  return openActuals(project, coverages, new Map(counted), measures);
}

function countingOf(
  project: Project,
  name: string,
  own: readonly CountableLoad[],
  {ownership}: SourceCoverage
): Counting {
  const source = project.sources.get(name)!;
  const deciding = new Set(ownership.map(({load}) => load));
  const rollup = rollupOf(project, source);
  const loads = own.filter(({id}) => deciding.has(id)).map((load) => ({load, key: cellsKey(rollup, load)}));
  const standing = standingLoads(source, own, ownership, placesOf(own, project.settings.time_zone));
  const keys = new Map(loads.map(({load, key}) => [load.id, key]));
  const names = supersedingNames(source, standing, ({load}) => keys.get(load.id)!);
  const superseding = standing.map(({place}, at) => ({place, key: supersededKey(rollup, names[at]!)}));
  return {name, rollup, loads, standing, superseding: superseding.slice(1)};
}

/** Holds the cells of all loads, and of what they supersede: from the cache, else counted and kept there. */
async function holdCells(
  countings: readonly Counting[],
  warehouse: string,
  progress: Tell,
  cells: HeldCells
): Promise<void> {
  const folder = cacheFolder(warehouse);
  const keys = new Set(countings.flatMap(({loads, superseding}) => [...loads, ...superseding].map(({key}) => key)));
  const unread = [...keys].filter((key) => !cells.has(key));
  await Promise.all(
    unread.map(async (key) => {
      const kept = await readCells(folder, key);
      if (kept !== null) cells.set(key, kept);
    })
  );
  if (unread.every((key) => cells.has(key))) return;
  const uncounted = countings.flatMap(({loads}) => loads.filter(({key}) => !cells.has(key)).map(({load}) => load));
  await checkRowsAreWhole(uncounted, warehouse);
  const checked = new Set(uncounted.map(({id}) => id));
  const keep = async (missing: readonly string[], counted: readonly Cells[]) => {
    for (const [at, key] of missing.entries()) cells.set(key, counted[at]!);
    await Promise.all(missing.map((key, at) => storeCells(folder, key, counted[at]!)));
  };
  await withEngine(warehouse, async (engine) => {
    for (const counting of countings) {
      const {name, rollup, loads, superseding} = counting;
      const missing = [...new Map(loads.map((one) => [one.key, one])).values()].filter(({key}) => !cells.has(key));
      if (missing.length > 0) {
        progress(`counting ${missing.length} of ${formatCounted(loads.length, "load")} of ${name}`);
        const relations = missing.map(({load}) => loadRows(rollup.source, load, columnsRead(rollup), warehouse));
        await keep(
          missing.map(({key}) => key),
          await countLoads(engine, rollup, relations, (done, of) =>
            progress({file: name, what: "counting", done, of, share: done / of})
          )
        );
      }
      const unsaid = superseding.filter(({key}) => !cells.has(key));
      if (unsaid.length === 0) continue;
      progress(`looking for keys of ${name} that newer loads say anew`);
      await keep(
        unsaid.map(({key}) => key),
        await countSuperseded(engine, counting, new Set(unsaid.map(({place}) => place)), warehouse, checked)
      );
    }
  });
  await trimCache(folder, keys);
}

/**
 * Cells of the rows that loads supersede, in the order of their places.
 *
 * @param checked Ids of loads whose rows were held against the ledger already.
 */
async function countSuperseded(
  engine: Engine,
  {rollup, loads, standing}: Counting,
  places: ReadonlySet<number>,
  warehouse: string,
  checked: ReadonlySet<string>
): Promise<Cells[]> {
  const known = loads.map(({load}) => load);
  const beforeReading = (ids: readonly string[]) =>
    checkRowsAreWhole(
      known.filter(({id}) => ids.includes(id) && !checked.has(id)),
      warehouse
    );
  return tellingDamagedRows(known, warehouse, async () => {
    const reading = {warehouse, beforeReading};
    const rows = await supersededRows(engine, rollup.source, standing, places, columnsRead(rollup), reading);
    return countLoads(engine, rollup, [...rows.values()]);
  });
}
