import {addDays, daysIn, earlier, type IsoDate, later, toDay} from "../../calendar/iso-date.ts";
import {type CalendarCadence, subPeriodsOf} from "../../calendar/sub-periods.ts";
import type {Goal} from "../../config/goal.ts";
import type {Project, SegmentKey} from "../../config/project.ts";
import {leavesBelow, type Segment, segmentsOfType} from "../../config/roster.ts";
import type {Chance} from "../random.ts";
import type {Activity, Ask} from "./activities.ts";
import {type Course, changeFactor, countFor, levelOf} from "./course.ts";
import {overlaps, type PlanYear} from "./plan-years.ts";

/** One row to come: when, and about whom. */
export interface Occasion {
  readonly day: IsoDate;
  /** The unit that it was asked of; null: the log's own guess. */
  readonly unit: SegmentKey | null;
  readonly shift: string | null;
  /** Its number among those of its run of time and unit, from 0, and how many these are. */
  readonly index: number;
  readonly of: number;
  /** Before the plan's first year. */
  readonly before: boolean;
}

/** How a log's rows come about where no target says. */
export interface Usual {
  /** Rows a year in the whole city. */
  readonly rowsAYear: number;
  /** What a row adds to a column that is summed. */
  readonly amount: (column: string) => number;
  /** How seldom it happens on a Saturday or Sunday, 1 being as on other days. */
  readonly weekends: number;
}

/** A run of time within which something is asked of one unit. */
interface Cell {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly shift: string | null;
  readonly unit: Segment | SegmentKey | null;
}

interface Given {
  readonly project: Project;
  readonly activity: Activity;
  readonly course: Course;
  readonly usual: Usual;
  readonly chance: Chance;
}

/** The occasions of an activity in one of the years, in no order. */
export function occasionsOf(given: Given, years: readonly PlanYear[], index: number): Occasion[] {
  const {activity, usual, chance} = given;
  const year = years[index]!;
  const flows = activity.asks.filter(({measure}) => measure.shape === "flow" || measure.shape === "stock");
  const {asks, before} = asksIn(flows, years, index);
  const lead = leadOf(given, asks, year);
  if (lead === null) return scattered(given, year, chance.count(usual.rowsAYear * levelBefore(given, years, index)));
  const {ask, cells} = lead;
  const asked = Math.max(...asks.filter((one) => isAskedAlike(one, ask)).map((one) => rowsAsked(one, usual)));
  const silent = given.course === "silent" ? silentUnit(given, cells) : null;
  const occasions = cells.flatMap((cell) => {
    const quiet = silent !== null && cell.unit?.code === silent && !before;
    const wanted = before ? asked * (chance.happens(0.8) ? 1 : 0.5) : asked;
    const count = quiet ? 0 : countFor(wanted, ask.target.goal, before ? "short" : given.course, chance);
    return inCell(given, cell, count, before);
  });
  const total = Math.max(0, ...asks.map((one) => rowsAsked(one, usual))) * (before ? 0.9 : 1);
  return [...occasions, ...scattered(given, year, Math.max(0, Math.ceil(total * 1.02) - occasions.length))];
}

/** Those of the year; else those of the year that comes next, or came before. */
function asksIn(asks: readonly Ask[], years: readonly PlanYear[], index: number) {
  const of = (year: PlanYear | undefined) =>
    year === undefined ? [] : asks.filter(({target}) => levelOf(target.goal) !== null && overlaps(target, year));
  const own = of(years[index]);
  if (own.length > 0) return {asks: own, before: false};
  const next = years
    .slice(index + 1)
    .map(of)
    .find((some) => some.length > 0);
  const last = years
    .slice(0, index)
    .map(of)
    .findLast((some) => some.length > 0);
  return {asks: next ?? last ?? [], before: next !== undefined};
}

/** The one that asks of most units and runs of time. */
function leadOf(given: Given, asks: readonly Ask[], year: PlanYear): {ask: Ask; cells: readonly Cell[]} | null {
  const all = asks.map((ask) => ({ask, cells: cellsOf(given, ask, year)}));
  return all.reduce<(typeof all)[number] | null>(
    (most, one) => (one.cells.length > (most?.cells.length ?? 0) ? one : most),
    null
  );
}

function isAskedAlike({target}: Ask, {target: other}: Ask): boolean {
  return target.each === other.each && target.every === other.every;
}

/** So many rows bring the level. */
function rowsAsked({target, measure}: Ask, usual: Usual): number {
  const level = levelOf(target.goal) ?? 0;
  if (measure.aggregate.kind !== "sum") return level;
  return Math.max(1, Math.ceil(level / usual.amount(measure.aggregate.column)));
}

function cellsOf({project}: Given, {target}: Ask, year: PlanYear): Cell[] {
  const units: readonly (Segment | SegmentKey | null)[] =
    target.each !== undefined
      ? leavesBelow(project.roster, target.at, target.each)
      : target.at.type === project.roster.types[0]
        ? [null]
        : [target.at];
  const inPlan = overlaps(target, year);
  const due = target.due?.kind === "day" && inPlan ? target.due.on : year.to;
  const span = inPlan
    ? {from: later(year.from, target.period.from), to: earlier(earlier(year.to, target.period.to), due)}
    : year;
  if (target.every === "class") return classesOf(project, year);
  const runs = runsOf(project, target.every, span.from <= span.to ? span : year, year);
  return units.flatMap((unit) => runs.flatMap((run) => valid({...run, unit}, year)));
}

function runsOf(project: Project, every: Ask["target"]["every"], span: PlanYear, year: PlanYear) {
  if (every === undefined) return [{...span, shift: null}];
  const cadence: CalendarCadence = every === "observation" || every === "class" ? "month" : every;
  const period = {name: "", kind: "any" as const, ...(every === "year" ? year : span)};
  return subPeriodsOf(cadence, period, project.calendar);
}

/** What of a run lies in the unit's time; of a class, which has a time of its own, all of it, in the year it begins. */
function valid(cell: Cell, year: PlanYear): Cell[] {
  const {unit} = cell;
  if (unit === null || !("valid_from" in unit)) return [cell];
  const {valid_from, valid_to} = unit;
  if (valid_from !== null && valid_to !== null) {
    return valid_from >= year.from && valid_from <= year.to ? [{...cell, from: valid_from, to: valid_to}] : [];
  }
  const from = valid_from === null ? cell.from : later(cell.from, valid_from);
  const to = valid_to === null ? cell.to : earlier(cell.to, valid_to);
  return from <= to ? [{...cell, from, to}] : [];
}

function classesOf({roster, calendar}: Project, year: PlanYear): Cell[] {
  return segmentsOfType(roster, calendar.classes ?? "").flatMap((unit) => valid({...year, shift: null, unit}, year));
}

function silentUnit({chance}: Given, cells: readonly Cell[]): string | null {
  const units = [...new Set(cells.map(({unit}) => unit?.code ?? null))];
  return units.length > 1 ? chance.one(units) : null;
}

/** Against the usual level: what the changes asked for so far have made of it. */
function levelBefore({activity, course}: Given, years: readonly PlanYear[], index: number): number {
  return years.slice(0, index + 1).reduce((level, year) => {
    const goal: Goal | undefined = activity.asks.find(
      ({target, measure}) => measure.shape === "flow" && target.goal.kind === "change" && overlaps(target, year)
    )?.target.goal;
    return goal?.kind === "change" ? level * changeFactor(goal.change, course) : level;
  }, 1);
}

/** On any day of the year, of any of the units that targets name. */
function scattered({project, activity, chance, usual}: Given, year: PlanYear, count: number): Occasion[] {
  const units = activity.asks.flatMap(({target}) =>
    target.each === undefined ? [] : leavesBelow(project.roster, target.at, target.each)
  );
  return Array.from({length: count}, (_, index) => {
    const day = drawDay(chance, year.from, year.to, usual.weekends, (share) => share);
    const there = units.filter((unit) => (unit.valid_from ?? day) <= day && day <= (unit.valid_to ?? day));
    const unit = there.length === 0 ? null : chance.one(there);
    const key = unit === null ? null : {type: unit.type, code: unit.code};
    return {day, unit: key, shift: null, index, of: count, before: false};
  });
}

function inCell({chance, course, usual}: Given, cell: Cell, count: number, before: boolean): Occasion[] {
  // One who is late is late by some days in a month, and at the end of a year.
  const slips = course === "late" && daysIn(cell.from, cell.to) <= 62 && chance.happens(0.12);
  const place = (share: number) => (course === "late" ? Math.sqrt(share) : 0.92 * share);
  return Array.from({length: count}, (_, index) => {
    const drawn = drawDay(chance, cell.from, cell.to, usual.weekends, place);
    const day = slips ? addDays(cell.to, chance.between(1, 6)) : drawn;
    const unit = cell.unit === null ? null : {type: cell.unit.type, code: cell.unit.code};
    return {day, unit, shift: cell.shift, index, of: count, before};
  });
}

function drawDay(
  chance: Chance,
  from: IsoDate,
  to: IsoDate,
  weekends: number,
  place: (share: number) => number
): IsoDate {
  const days = daysIn(from, to);
  for (let tries = 0; ; tries++) {
    const day = addDays(from, Math.floor(place(chance.share()) * days));
    // 1970-01-01 was a Thursday.
    const weekday = (toDay(day) + 4) % 7;
    const weekend = weekday === 0 || weekday === 6;
    if (tries === 9 || chance.happens((weekend ? weekends : 1) * holidays(day))) return day;
  }
}

/** Nobody meets around New Year, and fewer in summer. */
function holidays(day: IsoDate): number {
  const monthAndDay = day.slice(5);
  if (monthAndDay >= "12-23" || monthAndDay <= "01-01" || monthAndDay === "07-04") return 0.1;
  return monthAndDay >= "07-10" && monthAndDay <= "08-20" ? 0.8 : 1;
}
