import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {countLoads} from "../../pipeline/actuals/count-loads.ts";
import type {SourceCells} from "../../pipeline/actuals/decided-cells.ts";
import {openActuals} from "../../pipeline/actuals/known-actuals.ts";
import {columnsRead, rollupOf} from "../../pipeline/actuals/rollup.ts";
import type {IsoInstant} from "../../pipeline/calendar/instant.ts";
import type {Project} from "../../pipeline/config/project.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import {loadRows, type StoredLoad} from "../../pipeline/facts/known.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {knowledge} from "../../pipeline/ledger/knowledge.ts";
import {countKnown} from "../../pipeline/run/count-known.ts";
import {projectPaths} from "../../pipeline/run/paths.ts";
import type {Engine} from "../../pipeline/warehouse/engine.ts";

/** Counts every measure of a project, from what was known at a moment; null: everything. */
export async function actualsOf(project: Project, asOf: IsoInstant | null = null): Promise<Actuals> {
  const {warehouse} = projectPaths(project);
  const {loads} = knowledge(await readLedger(warehouse), asOf);
  const coverages = coveragesOf(project, (source) => loads.filter((load) => load.source === source));
  return countKnown(project, loads, coverages, warehouse, new Set(project.measures.keys()));
}

/** Counts every measure of a project from stored loads of which none displaces rows by key, without a cache. */
export async function countStored(
  {engine, warehouse}: {readonly engine: Engine; readonly warehouse: string},
  project: Project,
  loads: Readonly<Record<string, readonly StoredLoad[]>>
): Promise<Actuals> {
  const counted = new Map<string, SourceCells>();
  for (const [name, source] of project.sources) {
    const rollup = rollupOf(project, source);
    const own = loads[name] ?? [];
    const cells = await countLoads(
      engine,
      rollup,
      own.map((load) => loadRows(source, load, columnsRead(rollup), warehouse))
    );
    counted.set(name, {cells: new Map(own.map(({id}, at) => [id, cells[at]!])), superseded: []});
  }
  return openActuals(
    project,
    coveragesOf(project, (source) => loads[source] ?? []),
    counted
  );
}

function coveragesOf(project: Project, loadsOf: (source: string) => readonly StoredLoad[]) {
  return new Map(
    [...project.sources].map(([name, source]) => [
      name,
      coverageOf(project.roster, source, loadsOf(name), project.settings.time_zone)
    ])
  );
}
