import {type DaySet, intersect, subtract, union} from "../calendar/day-set.ts";
import {addDays, type IsoDate, later, longDate} from "../calendar/iso-date.ts";
import type {Period} from "../calendar/period.ts";
import type {Project, ProjectSource} from "../config/project.ts";
import type {Report} from "../config/report.ts";
import {type Roster, segmentsOfType} from "../config/roster.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import {coverageOf} from "../facts/coverage.ts";
import {joinFirst} from "../format/lists.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {isOverdue} from "../run/covered-through.ts";

/** Why a due report can't be made yet. */
export interface Waiting {
  /** A phrase. */
  readonly reason: string;
  /** Whether something ends before the period does by more than its `freshness.error_after`: it may never come. */
  readonly overdue: boolean;
}

/**
 * Why a due report can't be made yet: a source that it reads, or a partition of one, does not cover the period to its
 * end. Of what nothing is loaded, that holds nothing back, nor do days before its first. What lies behind the newest
 * day covered by more than its `freshness.error_after` is overdue and waited for no longer: the rows say how far they are
 * known. A source without `freshness` is never overdue.
 *
 * @returns Null when the report can be made.
 */
export function waitingFor(project: Project, report: Report, period: Period, {loads}: Knowledge): Waiting | null {
  const known = sourcesRead(project, report, period).flatMap((source): KnownSource[] => {
    const own = loads.filter((load) => load.source === source.source);
    const coverage = coverageOf(project.roster, source, own, project.settings.time_zone);
    const {horizon} = coverage;
    return horizon === null ? [] : [{source, horizon, parts: partsOf(project.roster, coverage)}];
  });
  if (known.length === 0) return waits("needs extracts: nothing that it reads is loaded yet");
  const newest = known.map(({horizon}) => horizon).reduce(later);
  const missing = known.flatMap((one) => {
    const behind = one.parts.flatMap((part) => waitedFor(part, one.source, period, newest) ?? []);
    return behind.length === 0 ? [] : [behindOf(one, behind)];
  });
  if (missing.length > 0) {
    const overdue = missing.some(({source, known: day}) => isOverdue(source, day, period.to));
    return waits(`needs extracts through ${longDate(period.to)}; ${behindWords(missing)}`, overdue);
  }
  const begun = known.some(({parts}) => parts.some(({days}) => days[0]![0] <= period.to));
  return begun ? null : waits(`needs extracts: no day of ${period.name} is covered`);
}

function waits(reason: string, overdue = false): Waiting {
  return {reason, overdue};
}

interface KnownSource {
  readonly source: ProjectSource;
  /** The last day that any part of it covers. */
  readonly horizon: IsoDate;
  readonly parts: readonly Part[];
}

/** A partition of a source, or a source that has none. */
interface Part {
  /** Null where the source has none. */
  readonly name: string | null;
  /** On which it is in the roster. */
  readonly valid: DaySet;
  /** On which a load speaks for it; never empty. */
  readonly days: DaySet;
}

interface Behind {
  readonly name: string | null;
  /** The last day before the gap. */
  readonly known: IsoDate;
  /** Whether days after the gap are covered. */
  readonly goesOn: boolean;
}

/** A source, or some of its partitions, with the first gap of them. */
interface Missing extends Omit<Behind, "name"> {
  readonly source: ProjectSource;
  readonly who: string;
}

/** The gap for which a period waits; null where the part covers it to its end, or is overdue. */
function waitedFor({name, valid, days}: Part, source: ProjectSource, period: Period, newest: IsoDate): Behind | null {
  const [first] = days[0]!;
  if (period.to < first) return null;
  const gap = subtract(intersect([[later(period.from, first), period.to]], valid), days)[0]?.[0];
  if (gap === undefined) return null;
  const known = intersect(days, [[first, addDays(gap, -1)]]).at(-1)![1];
  return isOverdue(source, known, newest) ? null : {name, known, goesOn: days.at(-1)![1] > known};
}

function behindOf({source, parts}: KnownSource, behind: readonly Behind[]): Missing {
  const {known, goesOn} = behind.reduce((first, one) => (one.known < first.known ? one : first));
  if (behind.length === parts.length) return {source, who: source.source, known, goesOn};
  const names = behind.slice(0, 3).map(({name}) => name);
  const more = behind.length > 3 ? ` and ${behind.length - 3} more` : "";
  return {source, who: `${source.source} of ${names.join(", ")}${more}`, known, goesOn};
}

/**
 * "crime-incidents and traffic-collisions end on 31 December 2023"; those that end together stand together. Of many the
 * first are named: the draft of the report tells how far each of them goes.
 */
function behindWords(missing: readonly Missing[]): string {
  const ends = new Map(missing.map((one) => [`${one.known} ${one.goesOn}`, one]));
  return [...ends]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, {known, goesOn}]) => {
      const who = missing.filter((one) => one.known === known && one.goesOn === goesOn).map((one) => one.who);
      const [one, several] = goesOn ? ["has a gap after", "have a gap after"] : ["ends on", "end on"];
      return `${joinFirst(who, mostNamed)} ${who.length === 1 ? one : several} ${longDate(known)}`;
    })
    .join("; ");
}

/** A line of the job's answer names so many sources. */
const mostNamed = 3;

function partsOf(roster: Roster, {partition_type, ownership}: SourceCoverage): Part[] {
  const daysOf = (code: string | null) =>
    ownership.filter(({partition}) => partition === code).reduce<DaySet>((days, one) => union(days, one.days), []);
  if (partition_type === null) return [{name: null, valid: [always], days: daysOf(null)}];
  return segmentsOfType(roster, partition_type).flatMap(({code, name, valid_from, valid_to}) => {
    const days = daysOf(code);
    const valid = [[valid_from ?? always[0], valid_to ?? always[1]] as const];
    return days.length === 0 ? [] : [{name, valid, days}];
  });
}

/** All days that have a name. */
const always = ["1000-01-01", "9999-12-31"] as const;

/** The sources of the targets that the report shows and of the measures that it compares and draws; without any, all. */
function sourcesRead(project: Project, report: Report, period: Period): ProjectSource[] {
  const isShown = (measure: string) =>
    report.sources.length === 0 || report.sources.includes(project.measures.get(measure)?.source ?? "");
  const targets = project.targets.filter(
    (target) => target.period.from <= period.to && period.from <= target.period.to && isShown(target.measure)
  );
  const measures = [
    ...targets.map(({measure}) => measure),
    ...report.comparisons.map(({measure}) => measure),
    ...report.trends
  ];
  const read = new Set(measures.map((measure) => project.measures.get(measure)?.source));
  const sources = [...project.sources.values()];
  return read.size === 0 ? sources : sources.filter(({source}) => read.has(source));
}
