import type {Cells} from "../actuals/cells.ts";
import type {Actuals} from "../actuals/contract.ts";
import {countLoads} from "../actuals/count-loads.ts";
import {openActuals} from "../actuals/known-actuals.ts";
import {columnsRead, type Rollup, rollupOf} from "../actuals/rollup.ts";
import {cacheFolder, cellsKey, readCells, storeCells, trimCache} from "../actuals/rollup-cache.ts";
import type {Project} from "../config/project.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import {checkRowsAreThere, loadRows, type StoredLoad} from "../facts/known.ts";
import {formatCounted} from "../format/numbers.ts";
import {checkRowsAreWhole} from "./check-rows.ts";
import {withEngine} from "./scratch.ts";

/** What counting reads of a load. */
export interface CountableLoad extends StoredLoad {
  readonly source: string;
  readonly rows_sha256: string;
}

/** A source that is read, with the loads that decide any of its days. */
interface Counting {
  readonly name: string;
  readonly rollup: Rollup;
  readonly loads: readonly {readonly load: CountableLoad; readonly key: string}[];
}

/**
 * Counts what is known: each load once for all measures of its source, kept under the hash of what it was made from.
 * A load that decides nothing is not counted; which load decides which day is looked up in the cells. The engine is
 * opened only where a load is not in the cache.
 *
 * @param coverages By source, of these loads.
 * @param measures Names of those that will be asked for; other sources than theirs are not read.
 * @param progress Told which loads are counted now; nothing of those in the cache.
 * @throws RunFailure when rows are lost or altered, or a sum is too large to be exact.
 */
export async function countKnown(
  project: Project,
  loads: readonly CountableLoad[],
  coverages: ReadonlyMap<string, SourceCoverage>,
  warehouse: string,
  measures: ReadonlySet<string>,
  progress: (line: string) => void = () => {}
): Promise<Actuals> {
  const read = new Set([...measures].map((measure) => project.measures.get(measure)?.source));
  const countings = [...project.sources]
    .filter(([name]) => read.has(name))
    .map(([name, source]): Counting => {
      const own = loads.filter((load) => load.source === name);
      const {ownership} = coverages.get(name)!;
      checkRowsAreThere(own, ownership, warehouse);
      const deciding = new Set(ownership.map(({load}) => load));
      const rollup = rollupOf(project, source);
      const keyed = own.filter(({id}) => deciding.has(id)).map((load) => ({load, key: cellsKey(rollup, load)}));
      return {name, rollup, loads: keyed};
    });
  const cells = await cellsOf(countings, warehouse, progress);
  const counted = countings.map(
    ({name, loads: own}) => [name, new Map(own.map(({load, key}) => [load.id, cells.get(key)!]))] as const
  );
  return openActuals(project, coverages, new Map(counted), measures);
}

/** The cells of all loads by key: from the cache, else counted and kept there. */
async function cellsOf(
  countings: readonly Counting[],
  warehouse: string,
  progress: (line: string) => void
): Promise<Map<string, Cells>> {
  const folder = cacheFolder(warehouse);
  const cells = new Map<string, Cells>();
  const keys = new Set(countings.flatMap(({loads}) => loads.map(({key}) => key)));
  await Promise.all(
    [...keys].map(async (key) => {
      const kept = await readCells(folder, key);
      if (kept !== null) cells.set(key, kept);
    })
  );
  if (cells.size === keys.size) return cells;
  const uncounted = countings.flatMap(({loads}) => loads.filter(({key}) => !cells.has(key)).map(({load}) => load));
  await checkRowsAreWhole(uncounted, warehouse);
  await withEngine(warehouse, async (engine) => {
    for (const {name, rollup, loads} of countings) {
      const missing = [...new Map(loads.map((one) => [one.key, one])).values()].filter(({key}) => !cells.has(key));
      if (missing.length === 0) continue;
      progress(`counting ${missing.length} of ${formatCounted(loads.length, "load")} of ${name}`);
      const relations = missing.map(({load}) => loadRows(rollup.source, load, columnsRead(rollup), warehouse));
      const counted = await countLoads(engine, rollup, relations);
      for (const [at, {key}] of missing.entries()) cells.set(key, counted[at]!);
      await Promise.all(missing.map(({key}, at) => storeCells(folder, key, counted[at]!)));
    }
  });
  await trimCache(folder, keys);
  return cells;
}
