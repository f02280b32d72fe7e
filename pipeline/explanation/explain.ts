import type {Actuals, WindowOptions} from "../actuals/contract.ts";
import type {AttainmentRow, Measured, Part} from "../attainment/contract.ts";
import {countDays, type DaySet, intersect, union} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import {rollingFrom} from "../calendar/span.ts";
import {fullNameOf} from "../config/plan.ts";
import type {Project, ProjectMeasure, ProjectSource, ProjectTarget, SegmentKey} from "../config/project.ts";
import {leavesBelow, type Roster} from "../config/roster.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {type RuleName, rules} from "../status/contract.ts";
import type {Citation, CountedWindow, DefinitionPart, ExplainedLoad, Explanation, MeasurePart} from "./contract.ts";
import {daysRead, firstOfAll, type ObservedFrom} from "./days-read.ts";
import {countsWords} from "./measure-words.ts";
import {stepsOf} from "./steps.ts";
import {baselineWords, conditionWords, goalWords, paceWords} from "./words.ts";

export interface ExplainInput {
  /** With the definitions that were used. */
  readonly project: Project;
  readonly knowledge: Knowledge;
  /** Of the measure's source; of a ratio, of the source that has it. */
  readonly coverage: SourceCoverage;
  /** Of all sources that the measure's rows come from: of a ratio, those of its two measures. */
  readonly coverages: readonly SourceCoverage[];
  readonly actuals: Actuals;
  readonly measured: Measured;
  readonly row: AttainmentRow;
  /** The rule that gave the row its status. */
  readonly rule: RuleName;
  /** A query that counts the row's measure over a window, from the warehouse's folder; null when no load decides it. */
  readonly sqlOver: (window: Window) => string | null;
}

/** Days of a segment, or one shift of a day. */
export interface Window extends WindowOptions {
  readonly segment: SegmentKey;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** So many parts are counted again, at most: their queries are long. */
const mostPartsCounted = 3;

/** Lays out the whole way of one row's numbers; calculates nothing anew. */
export function explain(input: ExplainInput): Explanation {
  const {project, knowledge, coverages, measured, row, rule} = input;
  const target = project.targets.find((one) => one.target === row.target);
  const measure = project.measures.get(row.measure);
  const source = project.sources.get(measure?.source ?? "");
  if (target === undefined || measure === undefined || source === undefined)
    throw new Error(`${row.target} is unknown`);
  const {baseline} = measured;
  const over = (from: IsoDate, to: IsoDate, options: Partial<Window> = {}) =>
    countedOver(input, measure, {segment: segmentOf(row), ...windowOf(measure, from, to), ...options});
  // What stands today is no number of a period to come.
  const begun = measured.counted_to >= row.period_from;
  const ahead = {from: row.period_from, to: measured.counted_to};
  const actual = over(row.period_from, measured.counted_to, {known_to: row.through, ...(begun ? {} : ahead)});
  const whole = baseline === null ? null : over(baseline.from, baseline.to);
  const toDate = baseline === null || baseline.counted_to === null ? null : over(baseline.from, baseline.counted_to);
  // Of a state asked for again and again, each of them counts, not the last one alone.
  const asked = target.every === undefined ? actual : {...actual, from: row.period_from};
  const windows = [asked, whole].filter((one) => one !== null && one.days > 0);
  const readOf = (coverage: SourceCoverage) => {
    const observed = observedFrom(input, coverage, target);
    return windows.flatMap((one) =>
      one === null ? [] : daysRead(project.measures, measure, coverage.source, one, observed)
    );
  };
  return {
    row,
    definition: definitionOf(target, measured),
    measure: measureOf(project, measure, source),
    definitions: project.definitions,
    asked_through: measured.asked_through,
    known_to: measured.known_to,
    actual,
    baseline: whole,
    baseline_to_date: toDate,
    parts: measured.parts,
    part_windows: notable(measured.parts).map((part) => {
      const {segment, period, shift} = part;
      const key = {type: segment.type, code: segment.code};
      return {part, window: over(period.from, period.to, {segment: key, ...(shift === null ? {} : {shift})})};
    }),
    loads: coverages.flatMap((coverage) =>
      loadsOf(project.roster, {
        knowledge,
        coverage,
        segment: segmentOf(row),
        windows: union(readOf(coverage), [])
      })
    ),
    steps: stepsOf(measured, target),
    rules: rulesTried(rule)
  };
}

/** The earliest of the partitions' own: each counts by its last observation, or by each of them where every one is asked for. */
function observedFrom(
  {project, actuals, row}: ExplainInput,
  coverage: SourceCoverage,
  {every}: ProjectTarget
): ObservedFrom {
  const segment = segmentOf(row);
  const type = coverage.partition_type;
  const partitions =
    type === null ? [segment] : [...partitionsOf(project.roster, coverage, segment)].map((code) => ({type, code}));
  return (measure, {from, to}) => {
    const days = partitions.flatMap((partition) => {
      const observed = actuals.observations(measure, partition, firstOfAll, to);
      const first =
        every === "observation"
          ? observed.find((day) => day >= from)
          : observed.findLast((day) => day <= (every === undefined ? to : from));
      return first ?? observed.slice(0, 1);
    });
    return days.sort()[0] ?? null;
  };
}

/** The days that a value is made from: of a stock the day itself, or those that it adds up. */
function windowOf(measure: ProjectMeasure, from: IsoDate, to: IsoDate): Pick<Window, "from" | "to"> {
  if (measure.rolling !== undefined) return {from: rollingFrom(to, measure.rolling), to};
  if (measure.cumulative !== undefined) return {from: measure.cumulative.since, to};
  return measure.shape === "stock" || measure.shape === "done" ? {from: to, to} : {from, to};
}

function countedOver(
  {actuals, coverage, sqlOver}: ExplainInput,
  measure: ProjectMeasure,
  window: Window
): CountedWindow {
  const {segment, from, to, ...options} = window;
  const {days, covered_days, missing_partitions} = coverage.ask(segment, from, to, measure.columns);
  const counted = {from, to, days, covered_days, missing_partitions};
  if (days === 0) return {...counted, value: null, rows: null, why_null: "the period has not begun", sql: null};
  const {value, rows_counted, reason} = actuals.over(measure.name, segment, from, to, options);
  return {...counted, value, rows: rows_counted, why_null: reason?.detail ?? null, sql: sqlOver(window)};
}

/** The first parts that did not meet the goal or are not known; the last one where all did. */
function notable(parts: readonly Part[]): readonly Part[] {
  const open = parts.filter(({verdict}) => verdict !== "yes");
  return open.length > 0 ? open.slice(0, mostPartsCounted) : parts.slice(-1);
}

function definitionOf(target: ProjectTarget, measured: Measured): DefinitionPart {
  return {
    file: target.origin.file,
    line: target.origin.line,
    goal: goalWords(target, measured),
    baseline: baselineWords(target, measured),
    pace: paceWords(measured),
    reading: target.reading ?? null,
    citation: citationOf(target)
  };
}

function citationOf({milestone, plan}: ProjectTarget): Citation | null {
  if (milestone === null || plan === null) return null;
  return {
    plan: plan.title,
    publisher: plan.publisher,
    published: plan.published,
    goal: milestone.goal,
    initiative: milestone.initiative ?? null,
    activity: milestone.activity ?? null,
    plan_year: milestone.plan_year ?? null,
    milestone: milestone.milestone,
    title: milestone.title,
    owner: milestone.owner ?? null,
    owner_name: milestone.owner === undefined ? null : fullNameOf(plan, milestone.owner)
  };
}

function measureOf(project: Project, measure: ProjectMeasure, source: ProjectSource): MeasurePart {
  const {codeLists, measures, sources} = project;
  const read = [...measure.columns, source.date];
  return {
    name: measure.name,
    title: measure.title,
    source: source.source,
    source_title: source.title,
    file: source.origin.file,
    line: source.origin.line,
    counts: countsWords(measure, source, codeLists),
    unit: measure.unit,
    date: ("date" in measure.aggregate ? measure.aggregate.date : null) ?? source.date,
    conditions: conditionWords(measure, codeLists),
    synthetic_columns: read.filter((column) => source.columns[column]?.synthetic === true),
    terms:
      measure.aggregate.kind === "ratio"
        ? [measure.aggregate.of, measure.aggregate.to].map((name) => {
            const term = measures.get(name)!;
            return measureOf(project, term, sources.get(term.source)!);
          })
        : []
  };
}

interface Deciding {
  readonly knowledge: Knowledge;
  readonly coverage: SourceCoverage;
  readonly segment: SegmentKey;
  readonly windows: DaySet;
}

function loadsOf(roster: Roster, {knowledge, coverage, segment, windows}: Deciding): ExplainedLoad[] {
  const partitions = partitionsOf(roster, coverage, segment);
  return knowledge.loads.flatMap((load) => {
    const decides = coverage.spoken
      .filter((own) => own.load === load.id && (own.partition === null || partitions.has(own.partition)))
      .reduce<DaySet>((days, own) => union(days, intersect(own.days, windows)), []);
    if (countDays(decides) === 0) return [];
    const {id, file, sha256, at, extracted, kept, synthetic} = load;
    return [{load: id, file, sha256, at, extracted, kept, synthetic, decides}];
  });
}

/** Codes of the partitions that a segment is made of; all of them where it does not lie above or on them. */
function partitionsOf(roster: Roster, {partition_type, ownership}: SourceCoverage, segment: SegmentKey): Set<string> {
  const below = partition_type === null ? [] : leavesBelow(roster, segment, partition_type).map(({code}) => code);
  return new Set(below.length > 0 ? below : ownership.flatMap(({partition}) => partition ?? []));
}

function rulesTried(decided: RuleName): Explanation["rules"] {
  const names = Object.keys(rules) as RuleName[];
  return names.slice(0, names.indexOf(decided) + 1).map((rule) => ({rule, when: rules[rule], holds: rule === decided}));
}

function segmentOf({segment_type, segment}: AttainmentRow): SegmentKey {
  return {type: segment_type, code: segment};
}
