import type {AttainmentRow} from "../attainment/contract.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {findSegment, type Roster} from "../config/roster.ts";
import {formatValue} from "../format/numbers.ts";
import {type Cell, plain, type TableBlock} from "./page-model.ts";
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
  return {
    kind: "table",
    id: `segments-${binding.target}`,
    caption: `${binding.title}, by ${target.by_segment.join(" and ")}: each against its own baseline`,
    columns: [
      {title: words.join(", "), numeric: false},
      {title: "Actual", numeric: true},
      {title: "Same days of baseline", numeric: true},
      {title: "Change", numeric: true},
      {title: "Expected to date", numeric: true},
      {title: "Against the pace", numeric: false}
    ],
    widths: [24, 13, 16, 12, 15, 20],
    narrow: "scroll",
    groups: inTreeOrder(project.roster, segments).map(([title, rows]) => ({
      title,
      rows: rows.map((row) => segmentRow(row, target))
    }))
  };
}

function segmentRow(row: AttainmentRow, target: ProjectTarget): Cell[] {
  const {unit} = row;
  const pace = row.actual_value === null ? reasonWords(row.reason_code) : paceWords(target, row);
  return [
    plain(row.segment_name),
    plain(formatValue(row.actual_value, unit)),
    plain(formatValue(row.baseline_to_date, unit)),
    plain(changeText(row)),
    plain(formatValue(row.expected_to_date, unit)),
    plain(pace ?? reasonWords(row.reason_code))
  ];
}

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
