import type {Project} from "../config/project.ts";

/** The targets of which the measure reads a source. */
export function targetsOver({targets, measures}: Project, source: string): Project["targets"] {
  return targets.filter(({measure}) => measures.get(measure)?.source === source);
}
