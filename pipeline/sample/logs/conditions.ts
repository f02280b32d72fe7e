import type {Project} from "../../config/project.ts";
import type {Column} from "../../config/source.ts";
import type {Condition, SimpleCondition, Where} from "../../config/where.ts";
import type {Chance} from "../random.ts";
import type {Cell} from "../world.ts";

type Lists = Project["codeLists"];

/** Whether a row's cells meet all conditions; a cell that is left out is null. */
export function meets(cells: Readonly<Record<string, Cell>>, where: Where, lists: Lists): boolean {
  return Object.entries(where).every(([column, condition]) => holds(cells[column] ?? null, condition, lists));
}

export function holds(cell: Cell, condition: Condition, lists: Lists): boolean {
  if (typeof condition !== "object") return cell !== null && String(cell) === String(condition);
  if (Array.isArray(condition)) return condition.some((one) => holds(cell, one, lists));
  if ("absent" in condition) return cell === null;
  if ("not" in condition) return !holds(cell, condition.not, lists);
  if (cell === null) return false;
  if ("present" in condition) return true;
  if ("in" in condition) return (lists.get(condition.in) ?? []).includes(String(cell));
  if ("contains" in condition) return String(cell).split(" ").includes(String(condition.contains));
  if ("like" in condition) return likeness(condition.like).test(String(cell));
  return isWithin(cell, condition);
}

/**
 * A cell that meets a condition.
 *
 * @param usual What such a cell is like where nothing is asked of it; null where nobody knows.
 * @throws Error where none is found: the condition can't be met by the values known.
 */
export function cellFor(
  condition: Condition,
  {type}: Pick<Column, "type">,
  lists: Lists,
  chance: Chance,
  usual: () => Cell
): Cell {
  if (typeof condition !== "object") return condition;
  if (Array.isArray(condition)) return chance.one(condition);
  if ("absent" in condition) return null;
  if ("in" in condition) return chance.one(lists.get(condition.in) ?? []);
  if ("contains" in condition) return String(condition.contains);
  if ("like" in condition) return condition.like.replaceAll("%", "").replaceAll("_", "x");
  if ("not" in condition) return opposite(condition.not, lists, usual);
  if ("present" in condition) return firstOf(usual, (cell) => cell !== null);
  const {from, to} = condition;
  if (type === "date") return String(from ?? to);
  const least = Number(from ?? 0);
  return chance.between(least, to === undefined ? 2 * least + 10 : Number(to));
}

function opposite(condition: SimpleCondition, lists: Lists, usual: () => Cell): Cell {
  return firstOf(usual, (cell) => !holds(cell, condition, lists));
}

function firstOf(usual: () => Cell, wanted: (cell: Cell) => boolean): Cell {
  for (let tries = 0; tries < 50; tries++) {
    const cell = usual();
    if (wanted(cell)) return cell;
  }
  return wanted(null) ? null : "other";
}

function isWithin(
  cell: string | number | boolean,
  {from, to}: {readonly from?: number | string | undefined; readonly to?: number | string | undefined}
): boolean {
  const comes = (bound: number | string) => (typeof bound === "number" ? Number(cell) : String(cell));
  return (from === undefined || comes(from) >= from) && (to === undefined || comes(to) <= to);
}

function likeness(pattern: string): RegExp {
  const plain = pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${plain.replaceAll("%", ".*").replaceAll("_", ".")}$`, "s");
}
