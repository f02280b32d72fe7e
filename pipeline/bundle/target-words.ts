import type {AttainmentRow} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {spanWords} from "../calendar/span.ts";
import {actualWords, countedParts, goalWords, ownValues, type Reading} from "../charts/contract.ts";
import type {Goal} from "../config/goal.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {countedSegments, nounOf} from "../config/segment-plural.ts";
import {formatCount, formatValue} from "../format/numbers.ts";
import type {Cell} from "./page-model.ts";

/** How the values of each row are to be read: whether they are the measure's own, or parts that are counted. */
export function readingsOf({
  targets,
  measures
}: Pick<Project, "targets" | "measures">): (row: AttainmentRow) => Reading {
  const byId = new Map(targets.map((target) => [target.target, target]));
  return (row) => {
    const target = byId.get(row.target);
    const shape = measures.get(row.measure)?.shape ?? ownValues.shape;
    return target === undefined || !countsParts(target, row)
      ? {...ownValues, shape}
      : {every: target.every ?? null, each: target.each ?? null, shape};
  };
}

/** A level of sub-periods is asked where it binds, beside that place the measure is only shown. */
function countsParts({every, each}: ProjectTarget, {goal_kind, binding}: AttainmentRow): boolean {
  if ((every === undefined && each === undefined) || goal_kind === "track" || goal_kind === "to_be_set") return false;
  return binding || each !== undefined || goal_kind === "change" || goal_kind === "done";
}

/** A row with its target, and what of the project tells how to speak of it. */
export interface SpokenRow {
  readonly row: AttainmentRow;
  readonly target: ProjectTarget;
  /** In force, or as first set. */
  readonly goal: Goal;
  readonly reading: Reading;
  /** Of the measure: the row's own may be that of its parts. */
  readonly unit: string;
}

export function spokenRow(
  {project, goals}: {readonly project: Project; readonly goals: ReadonlyMap<string, Goal>},
  row: AttainmentRow,
  target: ProjectTarget
): SpokenRow {
  const reading = readingsOf({targets: [target], measures: project.measures})(row);
  const unit = project.measures.get(row.measure)?.unit ?? row.unit;
  return {row, target, goal: goals.get(row.target) ?? target.goal, reading, unit};
}

/**
 * What the target asks, as the plan's reader would say it: "\u221210% of 1,903", "12 seconds less than 812", "every week,
 * at least 4 posts", "each of 4 bureaus: at least 1 mentor", "tracked, no goal".
 */
export function askedWords({row, target, goal, reading, unit}: SpokenRow): string {
  if (goal.kind === "to_be_set" && goal.by !== null) return `a goal still to be set by ${longDate(goal.by)}`;
  const isCounted = reading.every !== null || reading.each !== null;
  const base = isCounted
    ? null
    : row.baseline_value === null
      ? "the baseline"
      : formatValue(row.baseline_value, row.unit);
  if (goal.kind === "change" && target.baseline?.chain === "additive" && !isCounted) {
    const amount = goal.written.replace("-", "\u2212");
    return `${amount} on top of the earlier target's change, both of ${base ?? "the baseline"}`;
  }
  const words = goalWords(goal, {unit, shape: reading.shape, isNamed: isCounted, base});
  const again = reading.every === null ? null : everyWords(reading.every);
  const joined = target.joined === undefined ? "" : " that joined in the period";
  const units =
    reading.each === null ? null : unitsAsked(reading.each, reading.every === null ? row.denominator : null) + joined;
  const allowed =
    (target.allow ?? 0) === 0 || again === null ? "" : `; ${formatCount(target.allow ?? 0)} may be missed`;
  const whom = [again, units].filter((part) => part !== null).join(", ");
  return `${whom === "" ? "" : `${whom}${units === null ? ", " : ": "}`}${words}${allowed}`;
}

function everyWords(every: NonNullable<Reading["every"]>): string {
  if (every === "observation") return "at every observation";
  return `every ${every === "half" ? "half-year" : every}`;
}

function unitsAsked(type: string, count: number | null): string {
  return count === null || count < 2 ? `each ${nounOf(type)}` : `each of ${countedSegments(count, type)}`;
}

/** A row's actual as a figure with what it is under it: "45 of 54" months, "done" on a day. */
export function actualCell(row: AttainmentRow, reading: Reading): Cell {
  const words = actualWords(row, reading);
  const [, figure = words, note = null] = /^(\S+ of \S+) (.+)$/.exec(words) ?? /^(done) (on .+)$/.exec(words) ?? [];
  return {status: null, text: figure, note, section: null};
}

/** What must be reached, as one figure: "639", "all", "4 bureaus", "done". */
export function goalFigure({row, goal, reading}: Pick<SpokenRow, "row" | "goal" | "reading">): string {
  if (goal.kind === "to_be_set" || goal.kind === "track") return formatValue(null);
  const parts = countedParts(reading, 2);
  if (parts !== null)
    return reading.every === null && row.target_value !== null
      ? `${formatCount(row.target_value)} ${countedParts(reading, row.target_value)}`
      : "all";
  if (goal.kind === "done") return "done";
  if (goal.kind === "between")
    return goalWords(goal, {unit: row.unit, shape: reading.shape, isNamed: false, base: null});
  return formatValue(row.target_value, row.unit);
}

/** Expected by now; parts and deliverables say by their dates what is expected of them. */
export function expectedFigure({row, reading}: Pick<SpokenRow, "row" | "reading">): string {
  const isOwn = reading.every === null && reading.each === null && reading.shape !== "done";
  return formatValue(isOwn ? row.expected_to_date : null, row.unit);
}

/** How people call what a target is compared with: "last year"; its period's name, or that it was stated. */
export function baselineName({baseline}: ProjectTarget): string {
  if (baseline === undefined) return "baseline";
  if (baseline.mean_of !== undefined) return `mean of ${spanWords(baseline.mean_of)}`;
  if (baseline.target !== undefined) return chainNames[baseline.chain ?? "compound"];
  const known = baseline.fixed_at === undefined ? "" : `, as known on ${longDate(baseline.fixed_at)}`;
  if (baseline.period === "previous") return `last year${known}`;
  if (baseline.period === "preceding") return `the period before${known}`;
  return baseline.period === undefined ? "stated baseline" : `${baseline.period}${known}`;
}

const chainNames = {
  compound: "what the earlier target asked for",
  additive: "the earlier target's baseline",
  actual: "the earlier target's period"
} as const;

/** "the same days a year earlier": the days of the baseline that answer those counted. */
export function sameDays(target: ProjectTarget): string {
  const {baseline} = target;
  if (baseline?.mean_of !== undefined) return `the same days of the ${spanWords(baseline.mean_of)} before, their mean`;
  if (baseline?.target !== undefined) return `the same days of the baseline: ${baselineName(target)}`;
  if (baseline?.period === "previous" && baseline.fixed_at === undefined) return "the same days a year earlier";
  return `the same days of ${baselineName(target)}`;
}
