import {randomBytes} from "node:crypto";
import {rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Actuals} from "../actuals/contract.ts";
import {openActuals} from "../actuals/known-actuals.ts";
import type {IsoInstant} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import {coverageOf} from "../facts/coverage.ts";
import {defineKnown} from "../facts/known.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {readLedger} from "../ledger/entries.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {type Engine, openEngine} from "../warehouse/engine.ts";
import {projectPaths} from "./paths.ts";

/** Everything that was known at a moment, opened: what the stages after `facts` work on. */
export interface WhatIsKnown {
  readonly knowledge: Knowledge;
  /** By source; one for every source of the project. */
  readonly coverages: ReadonlyMap<string, SourceCoverage>;
  readonly actuals: Actuals;
  /** Holds the views `facts."<source>"`, for `explain`. */
  readonly engine: Engine;
}

export interface KnownOptions {
  /** Null: everything. */
  readonly asOf: IsoInstant | null;
  /** Measures to count; default those of the targets. */
  readonly measures?: Iterable<string> | undefined;
}

/**
 * Opens what is known, does the work with it, and closes it again. Reads only; needs no lock.
 *
 * @throws RunFailure when the ledger is damaged.
 */
export async function withWhatIsKnown<T>(
  project: Project,
  {asOf, measures = new Set(project.targets.map(({measure}) => measure))}: KnownOptions,
  work: (known: WhatIsKnown) => Promise<T>
): Promise<T> {
  const {warehouse} = projectPaths(project);
  const known = knowledge(await readLedger(warehouse), asOf);
  // Not in the warehouse: a reader may have no right to write there.
  const temporary = join(tmpdir(), `milepost-${randomBytes(6).toString("hex")}`);
  const engine = await openEngine({temporary});
  try {
    const coverages = new Map<string, SourceCoverage>();
    for (const [name, source] of project.sources) {
      const loads = known.loads.filter((load) => load.source === name);
      await defineKnown(engine, project.roster, source, loads, warehouse);
      coverages.set(name, coverageOf(project.roster, source, loads));
    }
    const actuals = await openActuals(engine, project, coverages, measures);
    return await work({knowledge: known, coverages, actuals, engine});
  } finally {
    engine.close();
    await rm(temporary, {recursive: true, force: true});
  }
}
