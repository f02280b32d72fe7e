import {addDays, fromDay, type IsoDate, toDay} from "../../calendar/iso-date.ts";
import {addSpan} from "../../calendar/span.ts";
import type {Project, ProjectMeasure, ProjectSource} from "../../config/project.ts";
import type {Chance} from "../random.ts";
import type {Cell} from "../world.ts";
import type {Activity, Ask} from "./activities.ts";
import {cellFor, holds, meets} from "./conditions.ts";
import {averageFor, type Course, changeFactor, levelOf} from "./course.ts";
import type {Occasion, Usual} from "./occasions.ts";
import {placeCells} from "./place-cells.ts";
import {freeCell, usualCell, valuesOf} from "./usual-cells.ts";

export type Cells = Readonly<Record<string, Cell>>;

/** What the rows of an activity are drawn by. */
export interface RowGiven {
  readonly project: Project;
  readonly source: ProjectSource;
  readonly activity: Activity;
  readonly course: Course;
  readonly usual: Usual;
  readonly chance: Chance;
  /** The source's measures of which some target asks a level: another activity's rows had better not bring it about. */
  readonly asked: readonly ProjectMeasure[];
  /** Cells that are known from elsewhere. */
  readonly known?: Cells | undefined;
}

/** The row of an occasion, so that the activity's measures count it, and as few others as can be. */
export function rowCells(given: RowGiven, occasion: Occasion): Cells {
  const elsewhere = given.asked.filter((measure) => !given.activity.measures.includes(measure));
  let best: {cells: Cells; others: number} | null = null;
  for (let tries = 0; tries < 6 && best?.others !== 0; tries++) {
    const cells = drawCells(given, occasion);
    const others = elsewhere.filter(({where}) => meets(cells, where, given.project.codeLists)).length;
    if (best === null || others < best.others) best = {cells, others};
  }
  return best!.cells;
}

function drawCells(given: RowGiven, occasion: Occasion): Cells {
  const {project, source, activity, chance, known = {}} = given;
  const {columns, date, shift} = source;
  const {day} = occasion;
  const cells: Record<string, Cell> = {...known, [date]: day};
  if (shift !== undefined && occasion.shift !== null) cells[shift] = occasion.shift;
  Object.assign(cells, placeCells(given, occasion, activity.where), known);
  const context = () => ({chance, day, cells});
  for (const [column, condition] of Object.entries(activity.where)) {
    const is = columns[column];
    if (is === undefined || (column in cells && holds(cells[column]!, condition, project.codeLists))) continue;
    cells[column] = cellFor(condition, is, project.codeLists, chance, () => usualCell(column, context()));
  }
  for (const measure of activity.measures) Object.assign(cells, measuredCells(given, measure, occasion, cells));
  for (const [column, {segment, personal}] of Object.entries(columns)) {
    if (column in cells || segment !== undefined || personal !== undefined) continue;
    cells[column] = freeCell(column, context());
  }
  return cells;
}

/** What a measure reads beside its conditions. */
function measuredCells(given: RowGiven, measure: ProjectMeasure, occasion: Occasion, cells: Cells): Cells {
  const {project, activity, course, chance, usual, known = {}} = given;
  const {aggregate} = measure;
  const {day, index} = occasion;
  const ask = askOn(activity.asks, measure, day);
  const usually = (column: string) => usualCell(column, {chance, day, cells});
  const average = (most: number, otherwise: number) => averageOn(ask, course, most, otherwise, occasion);
  switch (aggregate.kind) {
    case "rows":
      if (aggregate.date === null) return {};
      return {[aggregate.date]: day, [given.source.date]: addDays(day, -chance.between(0, 20))};
    case "distinct":
      if (aggregate.column in known || given.source.columns[aggregate.column]?.segment !== undefined) return {};
      return {[aggregate.column]: nameOf(given, aggregate.column, occasion, cells)};
    case "sum":
      return {[aggregate.column]: amountOf(ask, aggregate.column, usual, chance)};
    case "mean":
      return {[aggregate.column]: around(chance, average(5, 3.6))};
    case "percentile":
      return {[aggregate.column]: Math.round((average(1e9, 10) * chance.share() * 100) / aggregate.at)};
    case "min":
    case "max":
      return {[aggregate.column]: Math.round(average(1e9, 10))};
    case "share": {
      const share = average(1, 0.55);
      // Spread evenly, so that few rows show the share too.
      const counted = Math.floor((index + 1) * share) > Math.floor(index * share);
      const drawn = Object.entries(aggregate.where).map(([column, condition]) => {
        const wanted = counted ? condition : opposite(condition);
        const is = given.source.columns[column] ?? {type: "text" as const};
        return [column, cellFor(wanted, is, project.codeLists, chance, () => usually(column))];
      });
      return Object.fromEntries(drawn);
    }
    case "share_within": {
      const limit = toDay(addSpan(day, aggregate.within)) - toDay(day);
      const within = chance.happens(average(1, 0.55));
      return {[aggregate.to]: fromDay(toDay(day) + chance.between(within ? 1 : limit + 1, within ? limit : 2 * limit))};
    }
    case "duration":
      return {[aggregate.to]: addDays(day, Math.round(average(1e9, 30) * 2 * chance.share()))};
    case "standing":
      return {[aggregate.until]: chance.happens(0.85) ? null : addDays(day, chance.between(100, 700))};
    case "done":
      return {[aggregate.on]: day};
    default:
      return {};
  }
}

function opposite(condition: Activity["where"][string]): Activity["where"][string] {
  if (typeof condition === "object" && !Array.isArray(condition) && "not" in condition) return condition.not;
  return {not: condition};
}

/** The target that asks of the day; else the first that will. */
function askOn(asks: readonly Ask[], measure: ProjectMeasure, day: IsoDate): Ask | null {
  const own = asks.filter((ask) => ask.measure.name === measure.name);
  return own.find(({target}) => target.period.from <= day && day <= target.period.to) ?? own[0] ?? null;
}

function averageOn(ask: Ask | null, course: Course, most: number, otherwise: number, {day}: Occasion): number {
  if (ask === null) return otherwise;
  const {goal, period} = ask.target;
  const before = day < period.from;
  if (goal.kind === "change") return Math.min(most, before ? otherwise : otherwise * changeFactor(goal.change, course));
  return averageFor(goal, before ? "behind" : course, most) ?? otherwise;
}

/** A whole number near a mean, so that many of them have it. */
function around(chance: Chance, mean: number): number {
  const moved = mean + chance.between(-1, 1);
  return Math.min(5, Math.max(1, Math.floor(moved) + (chance.happens(moved - Math.floor(moved)) ? 1 : 0)));
}

/** So much that the rows asked for bring the level. */
function amountOf(ask: Ask | null, column: string, {amount}: Usual, chance: Chance): number {
  const level = ask === null ? null : levelOf(ask.target.goal);
  const usually = amount(column);
  if (level === null) return Math.max(1, Math.round(usually * (0.5 + chance.share())));
  const rows = Math.max(1, Math.ceil(level / usually));
  return Math.ceil((level / rows) * (1 + chance.share() / 8));
}

/** Another name for each of a run of time where so many are asked for; else some come again. */
function nameOf({project, activity, chance}: RowGiven, column: string, {day, index, of}: Occasion, cells: Cells): Cell {
  const condition = activity.where[column];
  const listed = typeof condition === "object" && "in" in condition ? project.codeLists.get(condition.in) : condition;
  const known = Array.isArray(listed) ? listed : column === "partner_org" ? [] : valuesOf(column);
  if (known.length > 0) return known[index % known.length]!;
  if (column === "campaign_id") return `C-${day.slice(0, 7)}-${index + 1}`;
  if (column === "wave" || column === "notification_id") return usualCell(column, {chance, day, cells});
  const asked = activity.asks.some(({target}) => levelOf(target.goal) !== null);
  const unit = cells.area_code ?? cells.division_code ?? "city";
  return `${column.replace(/_(id|org|key)$/, "")}_${unit}_${(index % (asked ? of : Math.ceil(of / 3))) + 1}`;
}
