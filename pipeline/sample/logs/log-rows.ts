import {addDays, type IsoDate} from "../../calendar/iso-date.ts";
import type {Project, ProjectMeasure, ProjectSource} from "../../config/project.ts";
import type {World} from "../world.ts";
import {type Activity, activitiesOf} from "./activities.ts";
import {meets} from "./conditions.ts";
import {averageFor, drawCourse, levelOf} from "./course.ts";
import {type LogKind, logKinds} from "./log-kinds.ts";
import {type Occasion, occasionsOf} from "./occasions.ts";
import {planYears} from "./plan-years.ts";
import {type Cells, type RowGiven, rowCells} from "./row-cells.ts";

/** A row of a log with all that will ever be known of it. */
export interface LogRow {
  readonly day: IsoDate;
  readonly cells: Cells;
}

/** Logs begin with the year before the plan. */
const logsSince = "2022-07-01";

/** Drawn once a world and source: the rows of one log may follow on those of another. */
const known = new WeakMap<World, Map<string, readonly LogRow[]>>();

/** All rows of a log from its first day on to long after `through`, in order of their day; the key is filled where it is one column. */
export function logRows(world: World, name: string): readonly LogRow[] {
  const ofWorld = known.get(world) ?? new Map<string, readonly LogRow[]>();
  known.set(world, ofWorld);
  const rows = ofWorld.get(name) ?? drawRows(world, name);
  ofWorld.set(name, rows);
  return rows;
}

function drawRows(world: World, name: string): LogRow[] {
  const {project} = world;
  const source = project.sources.get(name);
  const kind = logKinds[name];
  if (source === undefined || kind === undefined) throw new Error(`No log is known as "${name}"`);
  const rows: LogRow[] = [];
  // What follows on other rows comes after them.
  const activities = activitiesOf(project, source);
  for (const activity of activities.filter(({follows}) => follows === null)) {
    rows.push(...activityRows(world, source, kind, activity));
  }
  for (const activity of activities.filter(({follows}) => follows !== null)) {
    rows.push(...followingRows(world, source, kind, activity, rows));
  }
  rows.push(...otherRows(world, source, kind));
  return numbered(source, kind, rows);
}

function rowGiven(world: World, source: ProjectSource, usual: LogKind, activity: Activity): RowGiven {
  const {project} = world;
  const chance = world.chance(`${source.source} ${activity.name}`);
  const asked = [...project.measures.values()].filter(
    ({name, source: of, aggregate}) =>
      of === source.source &&
      aggregate.kind !== "ratio" &&
      project.targets.some(({measure, goal}) => measure === name && levelOf(goal) !== null)
  );
  return {project, source, activity, course: drawCourse(chance), usual, chance, asked};
}

function activityRows(world: World, source: ProjectSource, usual: LogKind, activity: Activity): LogRow[] {
  const given = rowGiven(world, source, usual, activity);
  const years = planYears(world.project, logsSince, world.through);
  return years.flatMap((_, index) =>
    occasionsOf(given, years, index).map((occasion) => ({day: occasion.day, cells: rowCells(given, occasion)}))
  );
}

/** Of some rows come others, within three weeks: answers to a survey of an event, a course after its notice. */
function followingRows(
  world: World,
  source: ProjectSource,
  usual: LogKind,
  activity: Activity,
  own: readonly LogRow[]
): LogRow[] {
  const {project} = world;
  const {to, asks} = activity.follows!;
  const given = rowGiven(world, source, usual, activity);
  const {chance, course} = given;
  const abroad = to.source !== source.source;
  return (abroad ? logRows(world, to.source) : own)
    .filter(({cells}) => meets(cells, to.where, project.codeLists))
    .flatMap(({day, cells}) => {
      const goal = asks.find(({target}) => target.period.from <= day && day <= target.period.to)?.target.goal;
      const share = (goal === undefined ? null : averageFor(goal, course, 1)) ?? (abroad ? 0.7 : 0.15);
      const count = abroad ? chance.between(8, 18) : 1;
      if (!chance.happens(share)) return [];
      return Array.from({length: count}, (_, index) => {
        const known = abroad ? keyOf(project, to, cells) : sharedCells(source, activity, cells);
        const occasion: Occasion = {
          day: addDays(day, chance.between(0, abroad ? 6 : 20)),
          ...{unit: null, shift: null, index, of: count, before: false}
        };
        return {day: occasion.day, cells: rowCells({...given, known}, occasion)};
      });
    });
}

/** The key of a row elsewhere, by which others name it. */
function keyOf(project: Project, {source}: ProjectMeasure, cells: Cells): Cells {
  const key = project.sources.get(source)?.key ?? [];
  return Object.fromEntries(key.map((column) => [column, cells[column] ?? null]));
}

function sharedCells({key, date}: ProjectSource, {where}: Activity, cells: Cells): Cells {
  const own = (column: string) =>
    column !== date && !key?.includes(column) && (where[column] === undefined || cells[column] != null);
  return Object.fromEntries(Object.entries(cells).filter(([column]) => own(column) && !isTold(where[column])));
}

/** Whether a condition names values, so that those of another row are not its own. */
function isTold(condition: Activity["where"][string] | undefined): boolean {
  return condition !== undefined && (typeof condition !== "object" || Array.isArray(condition));
}

/** What no target asks for. */
function otherRows(world: World, source: ProjectSource, kind: LogKind): LogRow[] {
  const {project} = world;
  const years = planYears(project, logsSince, world.through);
  return kind.also.flatMap(({rowsAYear, cells}) => {
    const activity: Activity = {name: JSON.stringify(cells), where: cells, measures: [], asks: [], follows: null};
    const given = rowGiven(world, source, {...kind, rowsAYear}, activity);
    return years.flatMap((_, index) =>
      occasionsOf(given, years, index).map((occasion) => ({day: occasion.day, cells: rowCells(given, occasion)}))
    );
  });
}

/** In order of the day, and of what was drawn first on it; numbered through the year. */
function numbered({key, columns, date}: ProjectSource, {prefix}: LogKind, rows: readonly LogRow[]): LogRow[] {
  const [column] = key?.length === 1 ? key : [];
  const counts = new Map<string, number>();
  return rows
    .map((row, index) => ({row: {...row, day: String(row.cells[date])}, index}))
    .filter(({row}) => row.day >= logsSince)
    .sort((a, b) => (a.row.day < b.row.day ? -1 : a.row.day > b.row.day ? 1 : a.index - b.index))
    .map(({row}) => {
      if (column === undefined || columns[column]?.type !== "text") return row;
      const year = row.day.slice(0, 4);
      const count = (counts.get(year) ?? 0) + 1;
      counts.set(year, count);
      const id = `${prefix}-${year}-${String(count).padStart(5, "0")}`;
      return {...row, cells: {...row.cells, [column]: id}};
    });
}
