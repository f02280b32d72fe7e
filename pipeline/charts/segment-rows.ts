import type {AttainmentRow} from "../attainment/contract.ts";
import type {Roster, Segment} from "../config/roster.ts";
import {formatPercentChange, formatShare, unknownValue} from "../format/numbers.ts";
import {isComparable, markOf, tooFew} from "./standing.ts";
import {type Mark, standingMarks, statusMarks} from "./theme.ts";

/** What one segment says in the chart of a target by segments. */
export interface SegmentRow {
  readonly row: AttainmentRow;
  /** 0 for the widest type of segment in the chart. */
  readonly depth: number;
  /** Where the mark stands: the change to date, or the share of the level kept. Null where none may be shown. */
  readonly position: number | null;
  /** What is asked for by now, on the same scale; null for tracked measures. */
  readonly needed: number | null;
  /** The position as it is printed. */
  readonly figure: string;
  /** Of what the row is called: `standingOf`; without a word where nothing is promised. */
  readonly mark: Mark;
  /** Why there is no position; empty where there is one. */
  readonly reason: string;
}

/** Puts rows in the order of the roster, each segment before those within it; never by value. */
export function inRosterOrder(rows: readonly AttainmentRow[], {segments}: Roster): AttainmentRow[] {
  const isTop = ({parent}: Segment) => parent === null;
  const below = (segment: Segment): Segment[] => [
    segment,
    ...segments.filter(({parent}) => parent?.type === segment.type && parent.code === segment.code).flatMap(below)
  ];
  return segments
    .filter(isTop)
    .flatMap(below)
    .flatMap(({type, code}) => rows.filter(({segment_type, segment}) => segment_type === type && segment === code));
}

/** Rows in the order given. */
export function segmentRows(rows: readonly AttainmentRow[]): SegmentRow[] {
  const types = [...new Set(rows.map(({segment_type}) => segment_type))];
  return rows.map((row) => ({row, depth: types.indexOf(row.segment_type), ...placed(row)}));
}

function placed(row: AttainmentRow): Pick<SegmentRow, "position" | "needed" | "figure" | "mark" | "reason"> {
  const none = {position: null, needed: null, figure: unknownValue, mark: statusMarks[row.status]};
  if (!isComparable(row)) return {...none, reason: statusMarks[row.status].word};
  const isLevel = isLevelGoal(row);
  const mark = row.goal_kind === "track" ? standingMarks.plain : markOf(row);
  const few = isLevel ? null : tooFew(row);
  if (few !== null) return {...none, mark, reason: "too few for a percentage"};
  const position = isLevel ? row.attainment_ratio : row.change_to_date;
  if (position === null) return {...none, mark, reason: "no percentage"};
  const {actual_value, baseline_to_date, expected_to_date} = row;
  const needed =
    isLevel || expected_to_date === null || row.goal_kind === "track" || !baseline_to_date
      ? null
      : expected_to_date / baseline_to_date - 1;
  const figure = isLevel
    ? formatShare(position, 0)
    : (formatPercentChange(actual_value ?? 0, baseline_to_date ?? 0) ?? unknownValue);
  return {position, needed: isLevel ? 1 : needed, figure, mark, reason: ""};
}

export function isLevelGoal({goal_kind}: AttainmentRow): boolean {
  return goal_kind !== "change" && goal_kind !== "track";
}
