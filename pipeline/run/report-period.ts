import type {IsoDate} from "../calendar/iso-date.ts";
import {addDays, earlier} from "../calendar/iso-date.ts";
import {lastWeekEnd, type Period, periodAround} from "../calendar/period.ts";
import type {Project} from "../config/project.ts";
import type {Report} from "../config/report.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {coveragesOf} from "./coverages.ts";
import {coveredThrough} from "./covered-through.ts";

/**
 * The report's period: the one asked for, else the last whole period of its kind that everything known covers to its
 * end and that a target's period touches, else the one that holds the last covered day. A source of which nothing is
 * loaded holds nothing back.
 *
 * No report waits for a source that is overdue (`coveredThrough`): one extract that has stopped would hold back all others.
 * Weeks and 28 days are the meeting's: they follow what is known whatever the periods of the targets. Of 28 days one
 * begins with every week, so the one before is 7 days back.
 *
 * @throws RunFailure when nothing is known, the period is not of the report's kind, or no day of it is covered.
 */
export function reportPeriod(project: Project, report: Report, asked: Period | null, {loads}: Knowledge): Period {
  const coverages = coveragesRead(project, report, loads);
  const covered = coveredSpan(coverages);
  if (covered === null) throw new RunFailure([complain("nothing-known", null, {report: report.report})]);
  const usual = usualPeriod(project, report, coverages);
  if (asked === null) return usual;
  const around = periodAround(asked.to, report.period, project.calendar);
  // What is suggested can be made: the one asked for in the report's own kind, else the usual one.
  const example = overlaps(around, covered) ? around : usual;
  if (around.from !== asked.from || around.to !== asked.to) {
    const kind = {period: asked.name, report: report.report, kind: report.period, example: example.name};
    throw new RunFailure([complain("period-kind", null, kind)], 2);
  }
  if (!overlaps(asked, covered)) {
    const {name, from, to} = asked;
    throw new RunFailure([complain("nothing-covered", null, {period: name, from, to, covered, example: example.name})]);
  }
  // By its own name, whatever it was asked by: FY2024-Q3 and 2024-Q1 are one report, with one row of issues.
  return around;
}

/** Name of a period that the report can be made of, for who has named none; null where nothing is known. */
export function suggestedPeriod(project: Project, report: Report, {loads}: Knowledge): string | null {
  const coverages = coveragesRead(project, report, loads);
  return coveredSpan(coverages) === null ? null : usualPeriod(project, report, coverages).name;
}

/** Of the sources that the report is kept to, and of those that it compares and draws; of all where it is kept to none. */
function coveragesRead(
  project: Project,
  {sources, comparisons, trends}: Report,
  loads: Knowledge["loads"]
): Map<string, SourceCoverage> {
  const coverages = coveragesOf(project, loads);
  if (sources.length === 0) return coverages;
  const measures = [...comparisons.map(({measure}) => measure), ...trends];
  const read = new Set([...sources, ...measures.map((measure) => project.measures.get(measure)?.source)]);
  return new Map([...coverages].filter(([name]) => read.has(name)));
}

/** First and last day that any load decides; null where none does. */
function coveredSpan(coverages: ReadonlyMap<string, SourceCoverage>): Pick<Period, "from" | "to"> | null {
  const days = [...coverages.values()].flatMap(({ownership}) => ownership.flatMap((own) => own.days));
  const [from] = days.map(([first]) => first).sort();
  const to = days
    .map(([, last]) => last)
    .sort()
    .at(-1);
  return from === undefined || to === undefined ? null : {from, to};
}

function overlaps(a: Pick<Period, "from" | "to">, b: Pick<Period, "from" | "to">): boolean {
  return a.from <= b.to && b.from <= a.to;
}

function usualPeriod(project: Project, report: Report, coverages: ReadonlyMap<string, SourceCoverage>): Period {
  const reach = [...coverages.values()].flatMap(({first, last, horizon}) =>
    horizon === null ? [] : [{first, last, horizon}]
  );
  const everywhere = coveredThrough(project, coverages)!;
  if (report.period === "month" || report.period === "quarter") return lastCovered(project, report, reach, everywhere);
  return lastWeeks(project, report, reach, everywhere);
}

/** First and last day that all of a source covers, null without, and the last that any part of it does. */
type Reach = readonly {readonly first: IsoDate | null; readonly last: IsoDate | null; readonly horizon: IsoDate}[];

function lastWeeks({calendar}: Project, {period}: Report, reach: Reach, day: IsoDate): Period {
  const ended = lastWeekEnd(day, calendar);
  const begun = reach.some(({first}) => first === null || first <= ended);
  return periodAround(begun ? ended : day, period, calendar);
}

function lastCovered({targets, calendar}: Project, report: Report, reach: Reach, everywhere: IsoDate): Period {
  const lastTarget =
    targets
      .map(({period}) => period.to)
      .sort()
      .at(-1) ?? everywhere;
  const day = earlier(everywhere, lastTarget);
  const around = periodAround(day, report.period, calendar);
  if (around.to <= everywhere) return around;
  const before = periodAround(addDays(around.from, -1), report.period, calendar);
  const begun = reach.every(({first}) => first === null || first <= before.to);
  return begun && targets.some(({period}) => period.from <= before.to) ? before : around;
}
