import type {Actuals} from "../actuals/contract.ts";
import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import {countDays, type DayRange, type DaySet, intersect, union} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Project, ProjectMeasure, ProjectSource, ProjectTarget, SegmentKey} from "../config/project.ts";
import {leavesBelow, type Roster} from "../config/roster.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {type RuleName, rules} from "../status/contract.ts";
import type {Citation, CountedWindow, DefinitionPart, ExplainedLoad, Explanation, MeasurePart} from "./contract.ts";
import {stepsOf} from "./steps.ts";
import {baselineWords, conditionWords, goalWords, paceWords} from "./words.ts";

export interface ExplainInput {
  /** With the definitions that were used. */
  readonly project: Project;
  readonly knowledge: Knowledge;
  /** Of the measure's source. */
  readonly coverage: SourceCoverage;
  readonly actuals: Actuals;
  readonly measured: Measured;
  readonly row: AttainmentRow;
  /** The rule that gave the row its status. */
  readonly rule: RuleName;
  /** A query that counts the row's measure over days, from the warehouse's folder; null when no load decides them. */
  readonly sqlOver: (from: IsoDate, to: IsoDate) => string | null;
}

/** Lays out the whole way of one row's numbers; calculates nothing anew. */
export function explain(input: ExplainInput): Explanation {
  const {project, knowledge, coverage, measured, row, rule} = input;
  const target = project.targets.find((one) => one.target === row.target);
  const measure = project.measures.get(row.measure);
  const source = project.sources.get(measure?.source ?? "");
  if (target === undefined || measure === undefined || source === undefined)
    throw new Error(`${row.target} is unknown`);
  const {baseline} = measured;
  const actual = countedOver(input, measure, row.period_from, measured.counted_to);
  const whole = baseline === null ? null : countedOver(input, measure, baseline.from, baseline.to);
  const toDate =
    baseline === null || baseline.counted_to === null
      ? null
      : countedOver(input, measure, baseline.from, baseline.counted_to);
  const windows = [actual, whole].flatMap((one): DayRange[] =>
    one === null || one.days === 0 ? [] : [[one.from, one.to]]
  );
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
    loads: loadsOf(project.roster, {knowledge, coverage, segment: segmentOf(row), windows: union(windows, [])}),
    steps: stepsOf(measured),
    rules: rulesTried(rule)
  };
}

function countedOver(
  {actuals, coverage, row, sqlOver}: ExplainInput,
  measure: ProjectMeasure,
  from: IsoDate,
  to: IsoDate
): CountedWindow {
  const {days, covered_days, missing_partitions} = coverage.ask(segmentOf(row), from, to, measure.columns);
  const window = {from, to, days, covered_days, missing_partitions};
  if (days === 0) return {...window, value: null, rows: null, why_null: "the period has not begun", sql: null};
  const {value, rows_counted, reason} = actuals.over(measure.name, segmentOf(row), from, to);
  return {...window, value, rows: rows_counted, why_null: reason?.detail ?? null, sql: sqlOver(from, to)};
}

function definitionOf(target: ProjectTarget, measured: Measured): DefinitionPart {
  return {
    file: target.origin.file,
    line: target.origin.line,
    goal: goalWords(target),
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
    owner: milestone.owner ?? null
  };
}

function measureOf({codeLists}: Project, measure: ProjectMeasure, source: ProjectSource): MeasurePart {
  const read = [...measure.columns, source.date];
  return {
    name: measure.name,
    title: measure.title,
    source: source.source,
    source_title: source.title,
    file: source.origin.file,
    line: source.origin.line,
    counts: measure.sum === undefined ? "rows" : `sum of ${measure.sum}`,
    date: source.date,
    conditions: conditionWords(measure, codeLists),
    synthetic_columns: read.filter((column) => source.columns[column]?.synthetic === true)
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
