import type {DayRange} from "../calendar/day-set.ts";
import {daysIn, earlier, fromDay, type IsoDate, toDay} from "../calendar/iso-date.ts";
import {rollingFrom} from "../calendar/span.ts";
import type {Aggregate} from "../config/measure.ts";
import type {Project, ProjectMeasure, SegmentKey} from "../config/project.ts";
import type {Segment} from "../config/roster.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import type {Actuals, WindowOptions, WindowValue} from "./contract.ts";
import {type CountedSource, type CountedSources, countedSource, refuseTooLarge} from "./counted-sources.ts";
import {type LatestDay, latestDays, latestValue, type Observed, observedIn} from "./latest.ts";
import {plusOpening, ratioOf} from "./made-of-values.ts";
import {baseMeasures} from "./measure-parts.ts";
import {type CountedParts, counted as countedValue, noCases, windowValue} from "./measure-values.ts";
import {untold, whyNull} from "./why-null.ts";

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
  const sources = new Map<string, CountedSource>();
  for (const [name, cells] of counted) {
    sources.set(name, countedSource(project, project.sources.get(name)!, coverages.get(name)!, cells));
  }
  const bases = [...measures].flatMap((name) => baseMeasures(project.measures, name));
  refuseTooLarge(sources, [...new Map(bases.map((measure) => [measure.name, measure])).values()]);
  return answers(project, coverages, sources);
}

/** Kinds of measures that are 0 over no day. */
const addsUp: ReadonlySet<string> = new Set(["rows", "sum", "distinct"]);

/** Before all days that have a name and after them. */
const [firstOfAll, lastOfAll] = ["1000-01-01", "9999-12-31"];

function answers(
  project: Project,
  coverages: ReadonlyMap<string, SourceCoverage>,
  sources: ReadonlyMap<string, CountedSource>
): Actuals {
  const measureOf = (name: string): ProjectMeasure => {
    const measure = project.measures.get(name);
    if (measure === undefined) throw new Error(`no measure "${name}"`);
    return measure;
  };
  const coverageOf = ({name, source}: ProjectMeasure): SourceCoverage => {
    const coverage = coverages.get(source);
    if (coverage === undefined) throw new Error(`nothing was opened for measure "${name}"`);
    return coverage;
  };
  const sourceOf = ({name, source}: ProjectMeasure): CountedSource => {
    const found = sources.get(source);
    if (found === undefined) throw new Error(`measure "${name}" was not counted`);
    return found;
  };
  /** Of a ratio what holds for both of its measures. */
  const ofBoth = <T>(name: string, of: (measure: ProjectMeasure) => T, both: (a: T, b: T) => T): T =>
    baseMeasures(project.measures, name).map(of).reduce(both);
  const earliest = (a: IsoDate | null, b: IsoDate | null) => (a === null || b === null ? null : earlier(a, b));

  const over: Actuals["over"] = (name, segment, from, to, options = {}) => {
    const measure = measureOf(name);
    const {rolling, cumulative} = measure;
    if (rolling !== undefined) return base(measure, segment, rollingFrom(to, rolling), to, options);
    if (cumulative === undefined) return base(measure, segment, from, to, options);
    return plusOpening(cumulative, to, () => base(measure, segment, cumulative.since, to, options));
  };

  const segments = new Map<string, InSegment>();
  const inSegment = (measure: ProjectMeasure, segment: SegmentKey, shift: string | null): InSegment => {
    const key = `${measure.name}\0${segment.type}\0${segment.code}\0${shift ?? ""}`;
    const found = segments.get(key) ?? makeInSegment(measure, segment, shift);
    segments.set(key, found);
    return found;
  };
  const makeInSegment = (measure: ProjectMeasure, segment: SegmentKey, shift: string | null): InSegment => {
    const source = sourceOf(measure);
    const {territories} = source;
    return {
      coverage: coverageOf(measure),
      tells: territories.tells(segment.type),
      columns: columnsRead(project, measure, segment, source, shift),
      parts: once(() => source.parts(measure, territories.of(segment), shift)),
      observed: once(() => observedIn(source, measure, segment, shift))
    };
  };

  /** A value before it is rolling or cumulative. */
  const base = (
    measure: ProjectMeasure,
    segment: SegmentKey,
    from: IsoDate,
    to: IsoDate,
    options: WindowOptions
  ): WindowValue => {
    const {aggregate} = measure;
    if (aggregate.kind === "ratio") {
      const [of, by] = [aggregate.of, aggregate.to].map((name) => over(name, segment, from, to, options));
      const sources = new Set(baseMeasures(project.measures, measure.name).map(({source}) => source));
      return ratioOf(of!, by!, sources.size === 1);
    }
    const ofDay = aggregate.kind === "latest" || aggregate.kind === "standing" || aggregate.kind === "done";
    if (to < from && !ofDay) return addsUp.has(aggregate.kind) ? countedValue(0, 0) : noCases();
    const shift = options.shift ?? null;
    const {coverage, tells, columns, parts, observed} = inSegment(measure, segment, shift);
    if (!tells) return {value: null, rows_counted: null, reason: untold(measure, segment.type)};
    const [first, last] = [toDay(from), toDay(to)];
    const latest =
      aggregate.kind === "latest" ? latestDays(observed(), last).filter(({partition}) => isIn(partition, to)) : [];
    const reason = whyNull(project, coverage, segment, {
      covered: ofDay ? [to, to] : [from, to],
      read: daysRead(aggregate.kind, from, to, latest),
      columns
    });
    if (reason !== null) return {value: null, rows_counted: null, reason};
    if (aggregate.kind === "latest") return latestValue(aggregate, latest);
    const known = options.known_to === undefined ? last : toDay(options.known_to);
    return windowValue(aggregate, parts(), {from: first, to: last, known});
  };

  const falling = new Map<string, boolean>();
  return {
    over,
    daily: (name, segment, from, to) => {
      const measure = measureOf(name);
      const {aggregate} = measure;
      if (aggregate.kind !== "rows" && aggregate.kind !== "sum") throw new Error(`"${name}" does not add up by day`);
      const {tells, parts: counted} = inSegment(measure, segment, null);
      const parts = tells ? counted() : null;
      const first = toDay(from);
      return Array.from({length: daysIn(from, to)}, (_, index) => {
        const day = first + index;
        const value = parts === null ? 0 : windowValue(aggregate, parts, {from: day, to: day, known: day}).value;
        return {day: fromDay(day), value: value ?? 0};
      });
    },
    observations: (name, segment, from, to) => {
      const measure = measureOf(name);
      if (measure.aggregate.kind !== "latest") return [];
      const {observed} = inSegment(measure, segment, null);
      const days = new Set<IsoDate>();
      // From the last one backwards: days without an observation are passed over.
      let at = [toDay(to)];
      while (at.length > 0) {
        const found = latestDays(observed(), Math.max(...at));
        at = [];
        for (const {day} of found) {
          if (day < toDay(from)) continue;
          days.add(fromDay(day));
          at.push(day - 1);
        }
      }
      return [...days].sort();
    },
    lastCovered: (name) => ofBoth(name, (measure) => coverageOf(measure).last, earliest),
    horizon: (name) => ofBoth(name, (measure) => coverageOf(measure).horizon, earliest),
    knownTo: (name, segment) => ofBoth(name, (measure) => coverageOf(measure).knownTo(segment), earliest),
    canFall: (name) => {
      const measure = measureOf(name);
      const {kind} = measure.aggregate;
      if (measure.shape === "done" || (measure.shape === "flow" && kind !== "sum")) return false;
      if (measure.shape !== "flow") return true;
      // It is asked for every row, and looks at every day.
      const falls = falling.get(name) ?? sourceOf(measure).falls(measure);
      falling.set(name, falls);
      return falls;
    },
    series: (name, from, to) =>
      ofBoth(
        name,
        (measure) => seriesOf(project, measure, from, to),
        (a, b) => {
          const named = [...new Set([...a, ...b])].filter((one) => one !== "all");
          return named.length === 0 ? ["all"] : named;
        }
      )
  };
}

/** A measure in a segment: what is the same for every window. */
interface InSegment {
  readonly coverage: SourceCoverage;
  /** Whether rows tell segments of its type. */
  readonly tells: boolean;
  readonly columns: readonly string[];
  parts(): CountedParts;
  observed(): readonly Observed[];
}

function once<Value>(make: () => Value): () => Value {
  let made: {readonly value: Value} | null = null;
  return () => {
    made ??= {value: make()};
    return made.value;
  };
}

/** The days whose rows a value is made from: of a day's stock those before it too, and of a deliverable all. */
function daysRead(
  kind: Aggregate["kind"],
  from: IsoDate,
  to: IsoDate,
  latest: readonly Pick<LatestDay, "day">[]
): DayRange {
  if (kind === "done") return [firstOfAll, lastOfAll];
  if (kind === "standing") return [firstOfAll, to];
  return kind === "latest" ? [fromDay(Math.min(toDay(to), ...latest.map(({day}) => day))), to] : [from, to];
}

function isIn(partition: Segment | null, day: IsoDate): boolean {
  if (partition === null) return true;
  return (partition.valid_from ?? firstOfAll) <= day && (partition.valid_to ?? lastOfAll) >= day;
}

/** Rows of a load without the column that tells segments belong to the root; of no other segment do they tell anything. */
function columnsRead(
  {roster, sources}: Project,
  {columns, source}: ProjectMeasure,
  {type}: SegmentKey,
  {territories}: CountedSource,
  shift: string | null
): readonly string[] {
  const telling = type === roster.types[0] ? undefined : territories.column(type)?.column;
  const ofShift = shift === null ? undefined : sources.get(source)?.shift;
  return [...columns, ...[telling, ofShift].flatMap((column) => column ?? [])];
}

function seriesOf(project: Project, measure: ProjectMeasure, from: IsoDate, to: IsoDate): readonly string[] {
  const {series} = project.sources.get(measure.source)!;
  if (series === undefined) return ["all"];
  return series
    .filter((one) => (one.from === undefined || one.from <= to) && (one.until === undefined || one.until >= from))
    .map(({name}) => name);
}
