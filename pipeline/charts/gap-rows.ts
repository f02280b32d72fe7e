import type {AttainmentRow} from "../attainment/contract.ts";
import {formatValue} from "../format/numbers.ts";
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
  readonly kind: "change" | "level" | "none";
  readonly rows: readonly GapRow[];
}

/**
 * Parts the rows by what they may be held against: the share of a change that is reached and the share of a level
 * that is kept are two scales, since no change at all would read 0.95 of a 5% goal. Furthest behind first; rows
 * without a figure last, in the order of their statuses and ids.
 */
export function gapGroups(rows: readonly AttainmentRow[]): GapGroup[] {
  const all = rows.map(gapRowOf);
  const groups: GapGroup[] = [
    {kind: "change", rows: drawn(all, (row) => row.goal_kind === "change")},
    {kind: "level", rows: drawn(all, (row) => row.goal_kind !== "change")},
    {kind: "none", rows: all.filter(({position}) => position === null)}
  ];
  return groups.filter(({rows: members}) => members.length > 0);
}

function drawn(rows: readonly GapRow[], belongs: (row: AttainmentRow) => boolean): GapRow[] {
  return rows
    .filter(({position, row}) => position !== null && belongs(row))
    .sort((a, b) => a.position! - b.position! || byId(a.row, b.row));
}

function byId(a: AttainmentRow, b: AttainmentRow): number {
  const key = ({target, segment_type, segment, period}: AttainmentRow) =>
    `${target} ${segment_type} ${segment} ${period}`;
  return key(a) < key(b) ? -1 : 1;
}

function gapRowOf(row: AttainmentRow): GapRow {
  const mark = markOf(row);
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
  const level = `${formatValue(row.actual_value, row.unit)}, ${row.goal_kind === "at_least" ? "needs" : "at most"} `;
  return {
    row,
    position,
    progress,
    detail: `${level}${formatValue(row.expected_to_date, row.unit)} by now`,
    mark
  };
}
