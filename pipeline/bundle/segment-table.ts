import type {AttainmentRow} from "../attainment/contract.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {findSegment, type Roster} from "../config/roster.ts";
import {formatValue, unknownValue} from "../format/numbers.ts";
import {plain, type TableBlock} from "./page-model.ts";
import {changeText, paceWords, reasonWords} from "./words.ts";

/**
 * Where a target is also shown: each segment against its own baseline, as ahead or behind and without a status, for
 * the promise binds elsewhere. In the roster's order, never ranked; Areas under their bureau.
 */
export function segmentTable(
  project: Project,
  binding: AttainmentRow,
  target: ProjectTarget,
  segments: readonly AttainmentRow[]
): TableBlock {
  const words = target.by_segment.map((type) => type.charAt(0).toUpperCase() + type.slice(1));
  const compared = segments.some(({baseline_to_date}) => baseline_to_date !== null);
  const paced = segments.some(({expected_to_date}) => expected_to_date !== null);
  const columns = segmentColumns.filter(({needs}) => needs === null || (needs === "baseline" ? compared : paced));
  return {
    kind: "table",
    id: `segments-${binding.target}`,
    caption: `${binding.title}, by ${target.by_segment.join(" and ")}${compared ? ": each against its own baseline" : ""}`,
    columns: [{title: words.join(", "), numeric: false}, ...columns.map(({title, numeric}) => ({title, numeric}))],
    widths: [24, ...columns.map(({width}) => width)],
    narrow: "scroll",
    groups: inTreeOrder(project.roster, segments).map(([title, rows]) => ({
      title,
      rows: rows.map((row) => [plain(row.segment_name), ...columns.map(({cell}) => plain(cell(row, target)))])
    }))
  };
}

interface SegmentColumn {
  readonly title: string;
  readonly numeric: boolean;
  readonly width: number;
  /** What some row must have for the column to be shown. */
  readonly needs: "baseline" | "pace" | null;
  readonly cell: (row: AttainmentRow, target: ProjectTarget) => string;
}

const segmentColumns: readonly SegmentColumn[] = [
  {
    title: "Actual",
    numeric: true,
    width: 15,
    needs: null,
    cell: ({actual_value, unit, reason_code}) =>
      actual_value === null ? reasonWords(reason_code) : formatValue(actual_value, unit)
  },
  {
    title: "Same days of baseline",
    numeric: true,
    width: 16,
    needs: "baseline",
    cell: ({baseline_to_date, unit}) => formatValue(baseline_to_date, unit)
  },
  {title: "Change", numeric: true, width: 12, needs: "baseline", cell: changeText},
  {
    title: "Expected to date",
    numeric: true,
    width: 15,
    needs: "pace",
    cell: ({expected_to_date, unit}) => formatValue(expected_to_date, unit)
  },
  {
    title: "Against the pace",
    numeric: false,
    width: 20,
    needs: "pace",
    cell: (row, target) =>
      paceWords(target, row) ?? (row.actual_value === null ? unknownValue : reasonWords(row.reason_code))
  }
];

/** Rows of the topmost type first, each of the others under its parent's name. */
function inTreeOrder(roster: Roster, rows: readonly AttainmentRow[]): [string | null, AttainmentRow[]][] {
  const types = roster.types.filter((type) => rows.some((row) => row.segment_type === type));
  return types.flatMap((type, depth) => {
    const ofType = roster.segments.flatMap((segment) =>
      rows.filter((row) => segment.type === type && row.segment_type === type && row.segment === segment.code)
    );
    if (depth === 0) return [[null, ofType] as [string | null, AttainmentRow[]]];
    const parents = new Map<string | null, AttainmentRow[]>();
    for (const row of ofType) {
      const parent = findSegment(roster, {type, code: row.segment})?.parent ?? null;
      const name = parent === null ? null : (findSegment(roster, parent)?.name ?? null);
      parents.set(name, [...(parents.get(name) ?? []), row]);
    }
    return [...parents.entries()];
  });
}
