import type {Project} from "../config/project.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import type {CoveringLoad} from "../facts/coverage.ts";
import {coverageOf} from "../facts/coverage.ts";

/** Which load decides which days, by source: of every source, also of those of which nothing is loaded. */
export function coveragesOf(
  {sources, roster, settings: {time_zone}}: Project,
  loads: readonly (CoveringLoad & {readonly source: string})[]
): Map<string, SourceCoverage> {
  return new Map(
    [...sources].map(([name, source]) => [
      name,
      coverageOf(
        roster,
        source,
        loads.filter((load) => load.source === name),
        time_zone
      )
    ])
  );
}
