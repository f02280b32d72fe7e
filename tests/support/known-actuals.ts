import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {openActuals} from "../../pipeline/actuals/known-actuals.ts";
import type {IsoInstant} from "../../pipeline/calendar/instant.ts";
import type {Project} from "../../pipeline/config/project.ts";
import type {SourceCoverage} from "../../pipeline/facts/contract.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import {defineKnown} from "../../pipeline/facts/known.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {knowledge} from "../../pipeline/ledger/knowledge.ts";
import {projectPaths} from "../../pipeline/run/paths.ts";
import {withEngine} from "../../pipeline/run/scratch.ts";

/** Counts every measure of a project, from what was known at a moment; null: everything. */
export async function actualsOf(project: Project, asOf: IsoInstant | null = null): Promise<Actuals> {
  const {warehouse} = projectPaths(project);
  const known = knowledge(await readLedger(warehouse), asOf);
  return withEngine(warehouse, async (engine) => {
    const coverages = new Map<string, SourceCoverage>();
    for (const [name, source] of project.sources) {
      const loads = known.loads.filter((load) => load.source === name);
      await defineKnown(engine, project.roster, source, loads, warehouse);
      coverages.set(name, coverageOf(project.roster, source, loads));
    }
    return openActuals(engine, project, coverages);
  });
}
