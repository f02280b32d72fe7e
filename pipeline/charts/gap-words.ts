import {type AttainmentRow, statuses} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {formatCounted, formatReached, formatValue} from "../format/numbers.ts";
import type {ChartTable} from "./contract.ts";
import type {GapGroup, GapRow} from "./gap-rows.ts";
import {actualWords, type Reading} from "./part-words.ts";
import {statusMarks} from "./theme.ts";

/** What a group's scale measures, as its heading. */
export const groupHeadings = {
  change: "Goals to change: how much of the change asked for by now is reached",
  level: "Goals to keep a level: the actual against the level asked for by now",
  parts: "Goals for every week, month or unit: how many of them met it",
  none: "No percentage to show"
} as const satisfies Record<GapGroup["kind"], string>;

/** The finding in words: how many stand where, the furthest behind and the furthest ahead of each scale. */
export function gapAltText(groups: readonly GapGroup[]): string {
  const rows = groups.flatMap((group) => group.rows);
  const through = rows
    .map(({row}) => row.through)
    .sort()
    .at(-1);
  const words = [...statuses.map((status) => statusMarks[status].word), "ahead", "behind"];
  const counts = words.flatMap((word) => {
    const count = rows.filter(({mark}) => mark.word === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const sentences = [
    `Dot chart of ${formatCounted(rows.length, "target")} against pace, through ${longDate(through ?? "")}: ${counts.join(", ")}.`
  ];
  for (const {kind, rows: members} of groups) {
    if (kind === "none") sentences.push(`${formatCounted(members.length, "target")} without a percentage.`);
    else sentences.push(...extremes(kind, members));
  }
  return sentences.join(" ");
}

const groupNames = {
  change: "goals to change",
  level: "goals to keep a level",
  parts: "goals for every week, month or unit"
} as const;

function extremes(kind: keyof typeof groupNames, rows: readonly GapRow[]): string[] {
  const name = groupNames[kind];
  const told = ({row, progress, detail}: GapRow) =>
    `${row.title} (${row.segment_name})${progress === "" ? "" : `, ${progress}`}: ${detail}`;
  const first = rows[0]!;
  const last = rows.at(-1)!;
  if (rows.length === 1) return [`Of the ${name}, the only one is ${told(first)}.`];
  // Where all are on one side of the pace, nobody is told to be on the other.
  const lowest = first.position! < 1 ? "furthest behind" : "least far ahead";
  const highest = last.position! < 1 ? "Least far behind" : "Furthest ahead";
  return [`Of the ${name}, ${lowest} is ${told(first)}.`, `${highest} is ${told(last)}.`];
}

/** All rows in the chart's order, titles and reasons in full. */
export function gapTable(groups: readonly GapGroup[], readingOf: (row: AttainmentRow) => Reading): ChartTable {
  const numeric = (title: string) => ({title, numeric: true});
  const plain = (title: string) => ({title, numeric: false});
  return {
    columns: [
      plain("Target"),
      plain("Where"),
      plain("Status"),
      numeric("Reached"),
      numeric("Actual"),
      numeric("Expected by now"),
      numeric("Target value"),
      plain("Reason")
    ],
    rows: groups.flatMap(({rows}) =>
      rows.map(({row, position, mark}) => [
        row.title,
        row.segment_name,
        mark.word,
        position === null ? formatValue(null) : formatReached(position),
        actualWords(row, readingOf(row)),
        ...askedOf(row, readingOf(row)),
        row.status_reason
      ])
    )
  };
}

/** Expected by now, and the target value; of parts the units alone are a number. */
function askedOf(row: AttainmentRow, {every, shape}: Reading): [expected: string, target: string] {
  if (every !== null || shape === "done") return [formatValue(null), formatValue(null)];
  return [formatValue(row.expected_to_date, row.unit), formatValue(row.target_value, row.unit)];
}
