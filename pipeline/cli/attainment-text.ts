import type {AttainmentRow} from "../attainment/contract.ts";
import {type IsoInstant, zonedMinute} from "../calendar/instant.ts";
import {longDate} from "../calendar/iso-date.ts";
import {statusMarks} from "../charts/theme.ts";
import {cutAround, displayWidth} from "../diagnostics/terminal-text.ts";
import {formatCounted, formatValue} from "../format/numbers.ts";

/** Columns of a terminal that a line may take. */
const lineWidth = 110;
const nameWidth = 26;
const numberWidth = 10;
const statusWidth = 17;

/**
 * Rows as a table for a terminal: a heading a target, its binding row with the whole reason under it, and the segments
 * shown beside it indented, a line each. Long texts are cut with "…".
 */
export function attainmentText(rows: readonly AttainmentRow[], asOf: IsoInstant | null, timeZone: string): string {
  const known = asOf === null ? "Nothing is known yet" : `As known at ${zonedMinute(asOf, timeZone)}`;
  const head = line({name: "", actual: "actual", expected: "expected", status: "status"});
  const blocks = byTarget(rows).map((own) => [heading(own), ...linesOf(own), ""].join("\n"));
  return `${known}\n\n${head}\n${blocks.join("\n")}`;
}

function byTarget(rows: readonly AttainmentRow[]): AttainmentRow[][] {
  const groups = new Map<string, AttainmentRow[]>();
  for (const row of rows) groups.set(row.target, [...(groups.get(row.target) ?? []), row]);
  return [...groups.values()];
}

function heading([first]: readonly AttainmentRow[]): string {
  const {target, period, title, through} = first!;
  return shown(`${target}  ${period}, through ${longDate(through)}  ${title}`, lineWidth);
}

/** Before its period nothing can be said of a segment that is not said of the whole. */
function linesOf(rows: readonly AttainmentRow[]): string[] {
  const waiting = rows.filter(({binding, status}) => !binding && status === "not_due");
  if (waiting.length < 2 || !rows[0]!.binding) return rows.flatMap(rowLines);
  const told = rows.filter((row) => !waiting.includes(row));
  return [...told.flatMap(rowLines), `    and ${formatCounted(waiting.length, "segment")}, not due either`];
}

function rowLines(row: AttainmentRow): string[] {
  const {glyph, word} = statusMarks[row.status];
  const cells = {
    name: `${row.binding ? "  " : "    "}${row.segment_name}`,
    actual: formatValue(row.actual_value, row.unit),
    expected: formatValue(row.expected_to_date, row.unit),
    status: `${glyph} ${word}`
  };
  if (row.binding) return [line(cells), `      ${row.status_reason}${flagText(row)}`];
  const start = `${padded(line(cells), nameWidth + 2 * numberWidth + 2 + statusWidth)} `;
  return [`${start}${shown(`${row.status_reason}${flagText(row)}`, lineWidth - displayWidth(start))}`.trimEnd()];
}

function flagText({flags}: AttainmentRow): string {
  return flags.length === 0 ? "" : ` [${flags.join(", ").replaceAll("_", " ")}]`;
}

interface Cells {
  readonly name: string;
  readonly actual: string;
  readonly expected: string;
  readonly status: string;
}

function line({name, actual, expected, status}: Cells): string {
  const numbers = `${actual.padStart(numberWidth)}${expected.padStart(numberWidth)}`;
  return `${padded(shown(name, nameWidth), nameWidth)}${numbers}  ${status}`.trimEnd();
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

function shown(text: string, width: number): string {
  return cutAround(text, 1, width).shown;
}
