import type {Project, ProjectSource} from "../config/project.ts";
import {segmentColumns, tellingColumn} from "./branches.ts";
import {baseMeasures} from "./measure-parts.ts";

/** What targets and reports ask of a source's measures beyond days and the leaf segment. */
export interface Asked {
  /** Columns that tell segments which a target or report asks for. */
  readonly columns: ReadonlySet<string>;
  /** Names of the shifts by which a measure is asked for; [] where it is not. */
  shifts(measure: string): readonly string[];
}

/**
 * What is asked of a source. Rows are told apart by further columns only where somebody asks: each of them multiplies
 * the cells.
 */
export function askedOf({measures, targets, reports, settings, roster}: Project, source: ProjectSource): Asked {
  const ofSource = (name: string) => baseMeasures(measures, name).filter((one) => one.source === source.source);
  const types = new Set([...reports.values()].flatMap(({segments}) => segments));
  const byShift = new Set<string>();
  for (const {measure, at, by_segment, each, every} of targets) {
    const own = ofSource(measure);
    if (own.length === 0) continue;
    for (const type of [at.type, ...by_segment, ...(each === undefined ? [] : [each])]) types.add(type);
    if (every === "class" && settings.calendar.classes !== undefined) types.add(settings.calendar.classes);
    if (every === "shift") for (const {name} of own) byShift.add(name);
  }
  const columns = segmentColumns(roster, source);
  const telling = [...types].flatMap((type) => tellingColumn(roster, columns, type)?.column ?? []);
  return {
    columns: new Set(telling),
    shifts: (measure) => (byShift.has(measure) && source.shift !== undefined ? (settings.calendar.shifts ?? []) : [])
  };
}
