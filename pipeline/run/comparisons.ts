import {earlier, type IsoDate} from "../calendar/iso-date.ts";
import {compare} from "../comparisons/compare.ts";
import type {Comparisons} from "../comparisons/contract.ts";
import type {Report} from "../config/report.ts";
import type {Answer} from "./answer.ts";
import {coveredThrough} from "./covered-through.ts";
import {expectedByDay} from "./expected-by-day.ts";

/** The measures that a report's lines and trends count, each once: for the question that it is answered from. */
export function comparedMeasures({comparisons, trends}: Pick<Report, "comparisons" | "trends">): string[] {
  return [...new Set([...comparisons.map(({measure}) => measure), ...trends])];
}

/**
 * What a report compares: through the day given or, where that is earlier, the last that the sources of its lines
 * cover, those left out that are overdue.
 *
 * @param answer Counted with `comparedMeasures` among its measures.
 * @param through The last day to count.
 * @returns Null where the report has neither comparisons nor trends.
 */
export function comparisonsOf(answer: Answer, report: Report, through: IsoDate): Comparisons | null {
  const measures = comparedMeasures(report);
  if (measures.length === 0) return null;
  const {project, actuals, coverages} = answer;
  const sources = new Set(measures.map((measure) => project.measures.get(measure)?.source));
  const covered = coveredThrough(project, new Map([...coverages].filter(([name]) => sources.has(name))));
  const last = covered === null ? through : earlier(through, covered);
  return compare(actuals, project, report, {through: last, expectedOf: expectedByDay(answer, last)});
}
