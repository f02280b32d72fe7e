import {occurrenceAfter, occurrenceUpTo} from "../calendar/cron.ts";
import {dayOf, endOfDay} from "../calendar/instant.ts";
import {addDays, type IsoDate, later} from "../calendar/iso-date.ts";
import {type Calendar, type Period, parsePeriod, periodAround, type ReportPeriodKind} from "../calendar/period.ts";
import type {Project} from "../config/project.ts";
import type {ScheduleEntry} from "../config/settings.ts";
import type {Due, Reckoning} from "./contract.ts";

/** What the schedule is reckoned by. */
export type ScheduledProject = Pick<Project, "settings" | "calendar" | "reports">;

/**
 * What is due: for each report of the schedule, and for issues and drafts apart, the periods that the occurrences up
 * to now ask for and that are not made yet. Where nothing is kept of a report, only the latest occurrence of each of
 * its entries counts; afterwards each one since. Two occurrences that ask for the same period are one.
 *
 * @param former As the last run left it.
 */
export function reckon(project: ScheduledProject, former: readonly Reckoning[], now: Date): Reckoning[] {
  return scheduled(project).map(({report, issue, crons}) => {
    const kind = project.reports.get(report)!.period;
    const kept = former.find((one) => one.report === report && one.issue === issue);
    const asked = crons
      .flatMap((cron) =>
        kept === undefined
          ? latestDue(project, cron, kind, now)
          : duesBetween(project, cron, kind, new Date(kept.through), now)
      )
      .filter(({period}) => period !== kept?.latest)
      .sort(byTime);
    const open = (kept?.open ?? []).filter(({period}) => isOfKind(period, kind, project.calendar));
    return {
      report,
      issue,
      // A clock that was set back makes nothing due again.
      through: later(now.toISOString(), kept?.through ?? ""),
      // Time asks for no period before one that it has asked for.
      latest: asked.at(-1)?.period ?? kept?.latest ?? null,
      open: oncePerPeriod([...open, ...asked])
    };
  });
}

/** The next time that any entry of the schedule asks for something; null when none ever does. */
export function nextOccurrence({settings}: Pick<Project, "settings">, after: Date): Date | null {
  const times = settings.schedule.flatMap(({cron}) => occurrenceAfter(cron, settings.time_zone, after) ?? []);
  return times.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** The last period of the kind that ended before the day; of 28-day periods the one that ended with the last week. */
export function lastEndedBefore(day: IsoDate, kind: ReportPeriodKind, calendar: Calendar): Period {
  const around = periodAround(addDays(day, -1), kind, calendar);
  if (around.to < day) return around;
  return periodAround(kind === "28 days" ? addDays(around.to, -7) : addDays(around.from, -1), kind, calendar);
}

interface Scheduled {
  readonly report: string;
  readonly issue: "automatic" | null;
  readonly crons: readonly string[];
}

/** The schedule by report, issues and drafts apart, in the order in which it names them. */
function scheduled({settings}: ScheduledProject): Scheduled[] {
  const found = new Map<string, Scheduled & {readonly crons: string[]}>();
  for (const {report, cron, issue = null} of settings.schedule as readonly ScheduleEntry[]) {
    const key = JSON.stringify([report, issue]);
    const one = found.get(key) ?? {report, issue, crons: []};
    one.crons.push(cron);
    found.set(key, one);
  }
  return [...found.values()];
}

function latestDue({settings, calendar}: ScheduledProject, cron: string, kind: ReportPeriodKind, now: Date): Due[] {
  const at = occurrenceUpTo(cron, settings.time_zone, now);
  return at === null ? [] : [dueAt(at, settings.time_zone, kind, calendar)];
}

/** The periods asked for after one moment and up to another, each by its first occurrence. */
function duesBetween(
  {settings: {time_zone}, calendar}: ScheduledProject,
  cron: string,
  kind: ReportPeriodKind,
  after: Date,
  to: Date
): Due[] {
  const dues: Due[] = [];
  let at = occurrenceAfter(cron, time_zone, after);
  while (at !== null && at <= to) {
    const due = dueAt(at, time_zone, kind, calendar);
    dues.push(due);
    // No other period has ended before the one after this has: what comes until then asks for the same.
    const ends = followingEnd(parsePeriod(due.period, calendar)!, kind, calendar);
    const until = new Date(Math.max(at.getTime(), Date.parse(endOfDay(ends, time_zone))));
    at = occurrenceAfter(cron, time_zone, until);
  }
  return dues;
}

/** Last day of the period that ends next after this one. */
function followingEnd({to}: Period, kind: ReportPeriodKind, calendar: Calendar): IsoDate {
  return periodAround(addDays(to, 1), kind, calendar).to;
}

function dueAt(at: Date, timeZone: string, kind: ReportPeriodKind, calendar: Calendar): Due {
  return {period: lastEndedBefore(dayOf(at, timeZone), kind, calendar).name, due_at: at.toISOString()};
}

/** A report whose kind of period was changed is not made for periods of the former kind. */
function isOfKind(name: string, kind: ReportPeriodKind, calendar: Calendar): boolean {
  const period = parsePeriod(name, calendar);
  return period !== null && periodAround(period.to, kind, calendar).name === name;
}

function oncePerPeriod(dues: readonly Due[]): Due[] {
  const first = new Map<string, Due>();
  for (const due of dues) if (!first.has(due.period)) first.set(due.period, due);
  return [...first.values()].sort(byTime);
}

function byTime(a: Due, b: Due): number {
  return a.due_at < b.due_at ? -1 : a.due_at > b.due_at ? 1 : 0;
}
