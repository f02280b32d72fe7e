import type {IsoDate} from "../calendar/iso-date.ts";
import {addDays, earlier} from "../calendar/iso-date.ts";
import {lastWeekEnd, type Period, periodAround} from "../calendar/period.ts";
import type {Project} from "../config/project.ts";
import type {Report} from "../config/report.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {coveragesOf} from "./coverages.ts";
import {coveredThrough} from "./covered-through.ts";

/**
 * The report's period: the one asked for, else the last whole period of its kind that everything known covers to its
 * end and that a target's period touches, else the one that holds the last covered day. A source of which nothing is
 * loaded holds nothing back.
 *
 * Weeks and 28 days are the meeting's: they follow what is known whatever the periods of the targets, and wait for no
 * source that is overdue (`coveredThrough`). Of 28 days one begins with every week, so the one before is 7 days back.
 *
 * @throws RunFailure when nothing is known, the period is not of the report's kind, or no day of it is covered.
 */
export function reportPeriod(project: Project, report: Report, asked: Period | null, {loads}: Knowledge): Period {
  const coverages = coveragesOf(project, loads);
  const reach = [...coverages.values()].flatMap(({first, last, horizon}) =>
    horizon === null ? [] : [{first, last, horizon}]
  );
  if (reach.length === 0) throw new RunFailure([complain("nothing-known", null, {report: report.report})]);
  if (asked === null) {
    if (report.period === "month" || report.period === "quarter") return lastCovered(project, report, reach);
    return lastWeeks(project, report, reach, coveredThrough(project, coverages)!);
  }
  const around = periodAround(asked.to, report.period, project.calendar);
  if (around.from !== asked.from || around.to !== asked.to) {
    const kind = {period: asked.name, report: report.report, kind: report.period, example: around.name};
    throw new RunFailure([complain("period-kind", null, kind)], 2);
  }
  const horizon = reach
    .map((one) => one.horizon)
    .sort()
    .at(-1)!;
  if (horizon < asked.from) {
    const {name, from, to} = asked;
    throw new RunFailure([complain("nothing-covered", null, {period: name, from, to, last: horizon})]);
  }
  // By its own name, whatever it was asked by: FY2024-Q3 and 2024-Q1 are one report, with one row of issues.
  return around;
}

/** First and last day that all of a source covers, null without, and the last that any part of it does. */
type Reach = readonly {readonly first: IsoDate | null; readonly last: IsoDate | null; readonly horizon: IsoDate}[];

function lastWeeks({calendar}: Project, {period}: Report, reach: Reach, day: IsoDate): Period {
  const ended = lastWeekEnd(day, calendar);
  const begun = reach.some(({first}) => first === null || first <= ended);
  return periodAround(begun ? ended : day, period, calendar);
}

function lastCovered({targets, calendar}: Project, report: Report, reach: Reach): Period {
  const everywhere = reach.map(({last, horizon}) => last ?? horizon).sort()[0]!;
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
