import {daysIn} from "../calendar/iso-date.ts";
import {aboutTheSame, type ChangeKind, type ComparisonRow, type Window, type Windows} from "../comparisons/contract.ts";
import {joinWords} from "../format/lists.ts";
import {
  formatCounted,
  formatDifference,
  formatPercentChange,
  formatValue,
  notCalculable,
  smallestPercentBase,
  unknownValue
} from "../format/numbers.ts";
import {type Cell, type Column, plain, type TableBlock} from "./page-model.ts";
import {shortRange} from "./words.ts";

/** What stands first in each row: a line of the table, or a segment. */
export interface RowHead {
  readonly title: string;
  readonly cellOf: (row: ComparisonRow) => Cell;
}

/** The table that officers know: 28 days against the 28 before, the year to date against the two years before. */
export function comparisonTable(
  {id, caption, head}: {readonly id: string; readonly caption: string; readonly head: RowHead},
  windows: Windows,
  rows: readonly ComparisonRow[]
): TableBlock {
  return {
    kind: "table",
    id,
    caption,
    columns: columnsOf(head.title, windows),
    groups: [{title: null, rows: rows.map((row) => [head.cellOf(row), ...cellsOf(row)])}],
    widths: [15, 9, 9, 12.3, 9.3, 9.3, 12.3, 9.3, 12.3],
    narrow: "scroll",
    dense: true
  };
}

/** A line by its title; a total is set off from the lines above it. */
export const byLine: RowHead = {
  title: "Counted",
  cellOf: ({title, total}) => (total ? {...plain(title), total} : plain(title))
};

function columnsOf(first: string, windows: Windows): Column[] {
  const counted = (title: string, {from, to}: Window, begins = false): Column => ({
    title,
    numeric: true,
    note: shortRange(from, to),
    begins
  });
  const change = (note: string): Column => ({title: "Change", numeric: true, note, ways: true});
  return [
    {title: first, numeric: false},
    counted("Current 28 days", windows.current, true),
    counted("Previous 28 days", windows.previous),
    change("from the previous 28 days"),
    counted("Year to date", windows.year_to_date, true),
    counted("Last year", windows.last_year),
    change("from last year"),
    counted("Two years before", windows.two_years_before, true),
    change("from two years before")
  ];
}

function cellsOf(row: ComparisonRow): Cell[] {
  const count = (value: number | null) => plain(formatValue(value, row.unit));
  return [
    count(row.current_28_days),
    count(row.previous_28_days),
    changeCell(row, row.change_28_days_kind, row.current_28_days, row.previous_28_days),
    count(row.year_to_date),
    count(row.last_year),
    changeCell(row, row.change_last_year_kind, row.year_to_date, row.last_year),
    count(row.two_years_before),
    changeCell(row, row.change_two_years_before_kind, row.year_to_date, row.two_years_before)
  ];
}

/**
 * A percentage; over a base of 1 to 9 the difference of the counts; N.C. over 0. The word beside it says which way the
 * measure went, by what is wanted of it; a hair's breadth is neither better nor worse and has no word.
 */
function changeCell({better, unit}: ComparisonRow, kind: ChangeKind, now: number | null, before: number | null): Cell {
  if (kind === "series_break") return {...plain(""), note: "not comparable"};
  if (kind === "not_known" || now === null || before === null) return plain(unknownValue);
  if (kind === "not_calculable") return plain(notCalculable);
  const percent = kind === "percent" ? formatPercentChange(now, before) : null;
  const text = percent ?? formatDifference(now - before, unit);
  if (better === "none" || !/[1-9]/.test(text)) return plain(text);
  if (kind === "percent" && Math.abs((now - before) / before) < aboutTheSame) return plain(text);
  return {...plain(text), way: now < before === (better === "lower") ? "better" : "worse"};
}

/**
 * What has to be said under a table of these columns, once a page.
 *
 * @param occurrence Whether every line counts by the date of occurrence and knows the date of report as well.
 */
export function windowNotes(windows: Windows, occurrence: boolean): string[] {
  return [...(occurrence ? ["Counted by the date of occurrence."] : []), ...unevenDays(windows)];
}

/**
 * What the rows of a table call for: how to read their changes, and which are not known.
 *
 * @param nameOf What a row is called in the table.
 */
export function rowNotes(rows: readonly ComparisonRow[], nameOf: (row: ComparisonRow) => string): string[] {
  const kinds = new Set(
    rows.flatMap((row) => [row.change_28_days_kind, row.change_last_year_kind, row.change_two_years_before_kind])
  );
  return [
    ...(kinds.has("not_calculable") ? [`${notCalculable} (not calculable): the earlier count is 0.`] : []),
    ...(kinds.has("counts_only")
      ? [`With fewer than ${smallestPercentBase} before, the difference of the counts stands in place of a percentage.`]
      : []),
    ...(kinds.has("series_break") ? ["Not comparable: the method of counting changed in between."] : []),
    ...unknowns(rows, nameOf)
  ];
}

/** Windows hold the same dates, so 29 February makes one of them a day longer; counts are never scaled. */
function unevenDays({year_to_date, last_year, two_years_before}: Windows): string[] {
  const [now = 0, last = 0, before = 0] = [year_to_date, last_year, two_years_before].map(({from, to}) =>
    daysIn(from, to)
  );
  if (now === last && now === before) return [];
  return [
    `The same dates, but not as many days because of 29 February: ${formatCounted(now, "day")} in the year to date, ` +
      `${last} in last year's, ${before} two years before.`
  ];
}

/** Which rows are not known, by reason: said once for all of them, so that the rows stay one line each. */
function unknowns(rows: readonly ComparisonRow[], nameOf: (row: ComparisonRow) => string): string[] {
  const byReason = new Map<string, string[]>();
  for (const row of rows) {
    const why = row.reason ?? row.reason_code?.replaceAll("_", " ");
    if (why !== undefined) byReason.set(why, [...(byReason.get(why) ?? []), nameOf(row)]);
  }
  return [...byReason].map(([why, names]) => {
    const which = names.length === rows.length ? "" : ` in ${joinWords(names)}`;
    return `A dash stands for not known${which}: ${why}${why.endsWith(".") ? "" : "."}`;
  });
}
