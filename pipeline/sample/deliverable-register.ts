import {addDays, daysIn, type IsoDate, later} from "../calendar/iso-date.ts";
import type {Project, ProjectMeasure, ProjectSource, ProjectTarget} from "../config/project.ts";
import {findSegment, leavesBelow, type Segment} from "../config/roster.ts";
import {drawCourse} from "./logs/course.ts";
import {occasionsOf, type Usual} from "./logs/occasions.ts";
import {planYears} from "./logs/plan-years.ts";
import {type Chance, weighted} from "./random.ts";
import {type Cell, type ExtractMaker, extractFile} from "./world.ts";

/**
 * What becomes of a piece of work.
 *
 * - `early`, `in_time`, `late`: when it is completed
 * - `open`: begun, and never completed
 * - `missing`: nobody has entered it
 */
type Story = "early" | "in_time" | "late" | "open" | "missing";

const drawStory = weighted(
  ["early", "in_time", "late", "open", "missing"] as const,
  (story) => ({early: 28, in_time: 30, late: 14, open: 18, missing: 10})[story]
);

/** A row of the register with all that will ever stand in it. */
interface Work {
  readonly target: ProjectTarget;
  readonly unit: Segment | null;
  readonly listed: IsoDate;
  readonly started: IsoDate | null;
  readonly completed: IsoDate | null;
}

const source = "deliverable-register";
/** Of targets that name no level. */
const usual: Usual = {rowsAYear: 5, amount: () => 1, weekends: 0.05};
/** The register begins with the year before the plan. */
const since = "2022-07-01";

/**
 * The register that is kept by hand: rows for every target that counts its own there, but for those that nobody has
 * entered. Work of the whole plan is listed when the plan begins, and what is completed is entered within days.
 */
export const deliverableRegister: ExtractMaker = (world) => {
  const {project, through} = world;
  const definition = project.sources.get(source)!;
  const columns = Object.keys(definition.columns);
  const registered = project.targets.flatMap((target) => {
    const measure = project.measures.get(target.measure);
    return measure?.source === source && measure.of_target === true ? [{target, measure}] : [];
  });
  // A register of nothing would be a file without records, which is refused.
  if (registered.length === 0) return [];
  const records = function* (): Generator<readonly Cell[]> {
    for (const {target, measure} of registered) {
      const works = worksOf(project, target, measure, world.chance(`register ${target.target}`), through);
      for (const [index, work] of works.entries()) {
        if (work.listed > through) continue;
        const cells = cellsOf(definition, work, index + 1, through);
        yield columns.map((column) => cells[column] ?? null);
      }
    }
  };
  const header = columns.map((column) => definition.columns[column]!.from[0]!);
  return [{file: extractFile(source, through), header, records: {[Symbol.iterator]: records}}];
};

function worksOf(
  project: Project,
  target: ProjectTarget,
  measure: ProjectMeasure,
  chance: Chance,
  through: IsoDate
): Work[] {
  const begins =
    Object.values(project.calendar.plan_years)
      .map(({from}) => from)
      .sort()[0] ?? since;
  const listed = addDays(begins, chance.between(3, 40));
  const story = drawStory(chance);
  if (story === "missing") return [];
  return measure.aggregate.kind === "done"
    ? deliverables(project, target, listed, story, chance)
    : completions(project, target, measure, listed, chance, through);
}

/** One row; with `each` one for every unit, of which one does as it likes. */
function deliverables({roster}: Project, target: ProjectTarget, listed: IsoDate, story: Story, chance: Chance): Work[] {
  const {each, at, period} = target;
  const units = each === undefined ? [null] : leavesBelow(roster, at, each);
  const odd = chance.between(0, units.length - 1);
  return units.flatMap((unit, index) => {
    const own = units.length > 1 && index === odd ? drawStory(chance) : story;
    const due = target.due?.kind === "day" ? target.due.on : period.to;
    const from = period.from < due ? period.from : addDays(due, -180);
    const days = daysIn(from, due);
    const started = addDays(from, Math.floor(days * 0.3 * chance.share()));
    const share = chance.share();
    if (own === "missing") return [];
    const completed = {
      early: addDays(from, Math.floor(days * (0.2 + 0.35 * share))),
      in_time: addDays(from, Math.floor(days * (0.62 + 0.36 * share))),
      late: addDays(due, 8 + Math.floor(70 * share)),
      open: null
    }[own];
    return [{target, unit, listed, started, completed}];
  });
}

/** A row for each piece of work that was completed in the target's time, and one that is still open. */
function completions(
  project: Project,
  target: ProjectTarget,
  measure: ProjectMeasure,
  listed: IsoDate,
  chance: Chance,
  through: IsoDate
): Work[] {
  const activity = {name: "", where: {}, measures: [measure], asks: [{target, measure}], follows: null};
  const given = {project, activity, course: drawCourse(chance), usual, chance};
  const years = planYears(project, since, through);
  const from = target.baseline === undefined ? target.period.from : since;
  const works = years
    .flatMap((_, index) => occasionsOf(given, years, index))
    .filter(({day}) => day >= from && day <= target.period.to)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.index - b.index))
    .map(({day, unit}): Work => {
      const started = addDays(day, -chance.between(10, 60));
      const first = later(since, started);
      const place = unit === null ? null : findSegment(project.roster, unit);
      return {target, unit: place, listed: first < listed ? first : listed, started: first, completed: day};
    });
  return [...works, {target, unit: null, listed, started: null, completed: null}];
}

function cellsOf({register, date}: ProjectSource, work: Work, number: number, through: IsoDate): Record<string, Cell> {
  const {target, unit, listed} = work;
  const started = work.started !== null && work.started <= through ? work.started : null;
  const completed = work.completed !== null && work.completed <= through ? work.completed : null;
  const due = target.due?.kind === "day" ? target.due.on : target.period.to;
  const named: readonly (readonly [string | undefined, Cell])[] = [
    [register?.target, target.target],
    [register?.milestone, target.milestone?.milestone ?? null],
    [register?.title, target.title],
    [register?.owner, target.milestone?.owner ?? null],
    [register?.due, due]
  ];
  return {
    deliverable_id: `${target.target}/${number}`,
    [date]: listed,
    started_on: started,
    completed_on: completed,
    status: completed !== null ? "completed" : started !== null ? "begun" : "planned",
    evidence_ref: completed === null ? null : `synthetic/${completed.slice(0, 4)}/${target.target}-${number}`,
    bureau: unit?.type === "bureau" ? unit.code : unit?.parent?.type === "bureau" ? unit.parent.code : null,
    area: unit?.type === "area" ? unit.code : null,
    ...Object.fromEntries(named.flatMap(([column, cell]) => (column === undefined ? [] : [[column, cell]])))
  };
}
