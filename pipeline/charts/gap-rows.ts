import type {AttainmentRow} from "../attainment/contract.ts";
import type {GoalKind} from "../config/goal.ts";
import {formatValue} from "../format/numbers.ts";
import {actualWords, ownValues, type Reading} from "./part-words.ts";
import {changeAgainstNeed, isComparable, markOf, progressWords, tooFew} from "./standing.ts";
import type {Mark} from "./theme.ts";

/** What one row says in the chart of gaps. */
export interface GapRow {
  readonly row: AttainmentRow;
  /** Where the mark stands: 1 is on pace. Null where there is no figure that may be compared. */
  readonly position: number | null;
  /** "39% of the way", "112% of the level"; empty without a position. */
  readonly progress: string;
  /** What it is made of, or why there is none. */
  readonly detail: string;
  /** Of what the row is called: `standingOf`. */
  readonly mark: Mark;
}

/** Rows that are measured in the same way, and so may share a scale. */
export interface GapGroup {
  readonly kind: "change" | "level" | "parts" | "none";
  readonly rows: readonly GapRow[];
}

/**
 * Parts the rows by what they may be held against: the share of a change that is reached, the share of a level that is
 * kept and the share of weeks or units that met their goal are three scales, since no change at all would read 0.95 of
 * a 5% goal. Furthest behind first; rows without a figure last, in the order of their statuses and ids.
 */
export function gapGroups(
  rows: readonly AttainmentRow[],
  readingOf: (row: AttainmentRow) => Reading = () => ownValues
): GapGroup[] {
  const all = rows.map((row) => ({kind: kindOf(row, readingOf(row)), ...gapRowOf(row, readingOf(row))}));
  const drawn = (kind: GapGroup["kind"]) =>
    all
      .filter((one) => one.position !== null && one.kind === kind)
      .sort((a, b) => a.position! - b.position! || byId(a.row, b.row));
  const groups: GapGroup[] = [
    {kind: "change", rows: drawn("change")},
    {kind: "level", rows: drawn("level")},
    {kind: "parts", rows: drawn("parts")},
    {kind: "none", rows: all.filter(({position}) => position === null)}
  ];
  return groups.filter(({rows: members}) => members.length > 0);
}

function kindOf(row: AttainmentRow, {every, each}: Reading): GapGroup["kind"] {
  if (every !== null || each !== null) return "parts";
  return row.goal_kind === "change" ? "change" : "level";
}

function byId(a: AttainmentRow, b: AttainmentRow): number {
  const key = ({target, segment_type, segment, period}: AttainmentRow) =>
    `${target} ${segment_type} ${segment} ${period}`;
  return key(a) < key(b) ? -1 : 1;
}

function gapRowOf(row: AttainmentRow, reading: Reading): GapRow {
  const mark = markOf(row);
  if (reading.every !== null || reading.each !== null) return partsRow(row, reading, mark);
  const few = row.goal_kind === "change" || row.goal_kind === "track" ? tooFew(row) : null;
  const position = row.goal_kind === "change" ? row.progress_share : row.attainment_ratio;
  const isTracked = row.status === "tracked";
  if (position === null || few !== null || isTracked || !isComparable(row)) {
    const counts = few ?? (isTracked ? changeAgainstNeed(row) : null);
    const detail = (isComparable(row) ? counts : null) ?? row.status_reason;
    return {row, position: null, progress: "", detail, mark};
  }
  const progress = progressWords(row) ?? "";
  if (row.goal_kind === "change") {
    return {row, position, progress, detail: changeAgainstNeed(row) ?? row.status_reason, mark};
  }
  const asked = `${levelWords[row.goal_kind] ?? "needs"} ${formatValue(row.expected_to_date, row.unit)}`;
  return {row, position, progress, detail: `${formatValue(row.actual_value, row.unit)}, ${asked} by now`, mark};
}

const levelWords: Partial<Record<GoalKind, string>> = {at_most: "at most", below: "at most"};

/** Of parts the share that met the goal; the reason names those that did not. */
function partsRow(row: AttainmentRow, reading: Reading, mark: Mark): GapRow {
  const {numerator, denominator} = row;
  if (numerator === null || denominator === null || denominator === 0 || !isComparable(row))
    return {row, position: null, progress: "", detail: row.status_reason, mark};
  return {row, position: numerator / denominator, progress: "", detail: actualWords(row, reading), mark};
}
