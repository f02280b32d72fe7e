import {daysIn, fromDay, type IsoDate, toDay} from "../calendar/iso-date.ts";
import type {Project, ProjectMeasure, SegmentKey} from "../config/project.ts";
import {findSegment} from "../config/roster.ts";
import {pluralOf} from "../config/segment-plural.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {CoverageAnswer, SourceCoverage} from "../facts/contract.ts";
import {branchesOf, tellableTypes} from "./branches.ts";
import type {Actuals, WindowValue} from "./contract.ts";
import {type DaySums, type SourceCells, type SourceSums, sourceSums} from "./day-sums.ts";
import {leafColumn, type RolledMeasure, rollupOf} from "./rollup.ts";

/** Counted cells by source, for the sources that were counted. */
export type CountedSources = ReadonlyMap<string, SourceCells>;

/**
 * Answers from what was counted; everything is in memory.
 *
 * @param coverages By source.
 * @param counted By source. Of a source that is missing only coverage can be asked.
 * @param measures Names of the measures that will be asked for; default all that were counted.
 * @throws RunFailure when a sum of these is too large to be exact, of all such at once. Of the other measures it is
 * thrown when they are asked for.
 */
export function openActuals(
  project: Project,
  coverages: ReadonlyMap<string, SourceCoverage>,
  counted: CountedSources,
  measures: Iterable<string> = project.measures.keys()
): Actuals {
  const sources = new Map<string, SourceSums>();
  const rolled = new Map<string, RolledMeasure>();
  for (const [name, cells] of counted) {
    const source = project.sources.get(name)!;
    const rollup = rollupOf(project, source);
    const {ownership} = coverages.get(name)!;
    const known = {ownership, wherever: source.delivery === "upsert", ...cells};
    sources.set(name, sourceSums(known, branchesOf(project.roster, rollup.leaf?.type ?? null)));
    for (const measure of rollup.measures) rolled.set(measure.name, measure);
  }
  const exact = new Set<string>();
  const refuseTooLarge = (names: Iterable<string>) => {
    const faults: Diagnostic[] = [];
    for (const name of names) {
      const measure = rolled.get(name);
      if (measure === undefined || exact.has(name)) continue;
      if (sources.get(measureOf(project, name).source)!.isTooLarge(measure)) faults.push(tooLargeFault(project, name));
      else exact.add(name);
    }
    if (faults.length > 0) throw new RunFailure(faults);
  };
  refuseTooLarge(measures);
  return answers(project, coverages, (name, segment) => {
    const measure = rolled.get(name);
    if (measure === undefined) throw new Error(`measure "${name}" was not counted`);
    refuseTooLarge([name]);
    return sources.get(measureOf(project, name).source)!.of(measure, segment);
  });
}

function tooLargeFault(project: Project, name: string): Diagnostic {
  const {sum, source} = measureOf(project, name);
  const {origin} = project.sources.get(source)!;
  return complain("sum-too-large", {file: origin.file}, {measure: name, column: sum ?? ""});
}

function answers(
  project: Project,
  coverages: ReadonlyMap<string, SourceCoverage>,
  sumsOf: (measure: string, segment: SegmentKey) => DaySums | undefined
): Actuals {
  const coverageOf = (measure: string): SourceCoverage => {
    const coverage = coverages.get(measureOf(project, measure).source);
    if (coverage === undefined) throw new Error(`nothing was opened for measure "${measure}"`);
    return coverage;
  };
  const types = new Map(
    [...project.sources].map(([name, source]) => [
      name,
      tellableTypes(project.roster, leafColumn(source)?.type ?? null)
    ])
  );
  const falling = new Map<string, boolean>();
  const tells = (measure: string, type: string) => types.get(measureOf(project, measure).source)?.has(type) === true;
  const over: Actuals["over"] = (measure, segment, from, to) => {
    if (to < from) return {value: 0, rows_counted: 0, reason: null};
    const reason = tells(measure, segment.type)
      ? whyNull(project, coverageOf(measure), measureOf(project, measure), segment, from, to)
      : untold(measureOf(project, measure), segment.type);
    if (reason !== null) return {value: null, rows_counted: null, reason};
    const days = sumsOf(measure, segment);
    const [first, last] = [toDay(from), toDay(to)];
    return {value: days?.value(first, last) ?? 0, rows_counted: days?.rows(first, last) ?? 0, reason: null};
  };
  return {
    over,
    daily: (measure, segment, from, to) => {
      const days = sumsOf(measure, segment);
      const first = toDay(from);
      return Array.from({length: daysIn(from, to)}, (_, index) => {
        const day = first + index;
        return {day: fromDay(day), value: days?.value(day, day) ?? 0};
      });
    },
    observations: () => [],
    lastCovered: (measure) => coverageOf(measure).last,
    horizon: (measure) => coverageOf(measure).horizon,
    knownTo: (measure, segment) => coverageOf(measure).knownTo(segment),
    canFall: (measure) => {
      // It is asked for every row, and looks at every day.
      const known = falling.get(measure);
      if (known !== undefined) return known;
      const falls = project.roster.segments.some((segment) => sumsOf(measure, segment)?.falls === true);
      falling.set(measure, falls);
      return falls;
    },
    series: (measure, from, to) => seriesOf(project, measureOf(project, measure), from, to)
  };
}

function measureOf(project: Project, name: string): ProjectMeasure {
  const measure = project.measures.get(name);
  if (measure === undefined) throw new Error(`no measure "${name}"`);
  return measure;
}

function untold({source}: ProjectMeasure, type: string): WindowValue["reason"] {
  return {code: "not_covered", detail: `${source} does not tell ${pluralOf(type)}`};
}

function whyNull(
  project: Project,
  coverage: SourceCoverage,
  measure: ProjectMeasure,
  segment: SegmentKey,
  from: IsoDate,
  to: IsoDate
): WindowValue["reason"] {
  const answer = coverage.ask(segment, from, to, columnsRead(project, measure, segment));
  if (answer.roster_days < answer.days) {
    const name = findSegment(project.roster, segment)?.name ?? segment.code;
    return {code: "not_covered", detail: `${name} is in the roster on ${answer.roster_days} of ${answer.days} days`};
  }
  if (answer.covered_days < answer.days) return gapOf(answer, coverage.partition_type);
  if (answer.missing_columns.length === 0) return null;
  const word = answer.missing_columns.length === 1 ? "column" : "columns";
  return {code: "column_not_loaded", detail: `${word} ${answer.missing_columns.join(", ")}`};
}

/** Rows of a load without the column that tells segments belong to the root; of no other segment do they tell anything. */
function columnsRead({roster, sources}: Project, measure: ProjectMeasure, {type}: SegmentKey): readonly string[] {
  const leaf = leafColumn(sources.get(measure.source)!);
  return leaf === null || type === roster.types[0] ? measure.columns : [...measure.columns, leaf.column];
}

/** Some partitions whole and others not is told by partition; days that all of them lack, by day. */
function gapOf(answer: CoverageAnswer, partitionType: string | null): WindowValue["reason"] {
  const {days, covered_days, partitions, missing_partitions: missing} = answer;
  if (partitionType === null || missing.length === 0 || missing.length === partitions) {
    return {code: "not_covered", detail: `${covered_days} of ${days} days`};
  }
  const named = missing.slice(0, 3).join(", ");
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
  const whole = partitions - missing.length;
  return {
    code: "partition_missing",
    detail: `${whole} of ${partitions} ${pluralOf(partitionType)}, ${named}${more} missing`
  };
}

function seriesOf(project: Project, measure: ProjectMeasure, from: IsoDate, to: IsoDate): readonly string[] {
  const {series} = project.sources.get(measure.source)!;
  if (series === undefined) return ["all"];
  return series
    .filter((one) => (one.from === undefined || one.from <= to) && (one.until === undefined || one.until >= from))
    .map(({name}) => name);
}
