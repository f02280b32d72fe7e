import type {DayRange} from "../calendar/day-set.ts";
import {zonedMinute} from "../calendar/instant.ts";
import {type IsoDate, longDate} from "../calendar/iso-date.ts";
import {statusMarks} from "../charts/theme.ts";
import {harmless} from "../diagnostics/terminal-text.ts";
import type {CountedWindow, ExplainedLoad, Explanation, MeasurePart, Step} from "../explanation/contract.ts";
import {formatCount, formatCounted, formatFigure, formatValue} from "../format/numbers.ts";
import {textTable} from "./text-table.ts";

/** An explanation for a terminal, in the order in which the number came about; nothing is cut. */
export function explanationText(explanation: Explanation, timeZone: string): string {
  const {row} = explanation;
  const {glyph, word} = statusMarks[row.status];
  const flags = row.flags.length === 0 ? "" : ` [${row.flags.join(", ").replaceAll("_", " ")}]`;
  return [
    `${row.target}: ${row.title}`,
    `${row.segment_name}, ${row.period} (${range(row.period_from, row.period_to)}), through ${longDate(row.through)}`,
    "",
    `${glyph} ${word}${flags}: ${row.status_reason}`,
    ...section("Definition", pairs(definition(explanation))),
    ...section("Known", known(explanation, timeZone)),
    ...(explanation.parts.length === 0 ? [] : section("Parts", parts(explanation))),
    ...section("Calculation", steps(explanation.steps)),
    ...section("Status, by the first rule that holds", rules(explanation)),
    ...section("To count it again: paste into DuckDB, started in the warehouse's folder", sql(explanation)),
    ""
  ]
    .map((line) => line.split("\n").map(harmless).join("\n"))
    .join("\n");
}

function section(title: string, lines: readonly string[]): string[] {
  return ["", title, ...lines.map((line) => `  ${line}`)];
}

function pairs(rows: readonly (readonly [string, string | null])[]): string[] {
  const told = rows.filter(([, text]) => text !== null);
  const width = Math.max(...told.map(([name]) => name.length));
  return told.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
}

function definition({definition: own, measure}: Explanation): [string, string | null][] {
  const {citation} = own;
  const where = citation && [
    `goal ${citation.goal}`,
    ...(citation.initiative === null ? [] : [`initiative ${citation.initiative}`]),
    ...(citation.activity === null ? [] : [`activity ${citation.activity}`]),
    ...(citation.plan_year === null ? [] : [`plan year ${citation.plan_year}`])
  ];
  return [
    ["target", `${own.file}:${own.line}`],
    ["plan", citation && `${citation.plan} (${citation.publisher}, ${citation.published}), ${where?.join(", ")}`],
    ["milestone", citation && `${citation.milestone}: ${citation.title}`],
    [
      "owner",
      citation && (citation.owner_name === null ? citation.owner : `${citation.owner_name} (${citation.owner})`)
    ],
    ["reading", own.reading],
    ["goal", own.goal],
    ["baseline", own.baseline],
    ["pace", own.pace],
    ...measureLines("measure", measure),
    [
      "synthetic",
      measure.synthetic_columns.length === 0
        ? null
        : `only synthetic extracts have ${measure.synthetic_columns.join(", ")}`
    ]
  ];
}

/** A ratio is told by its two measures, each with its own source and conditions. */
function measureLines(word: string, measure: MeasurePart): [string, string][] {
  const [of, to] = measure.terms;
  const from = of === undefined ? ` of ${measure.source} by ${measure.date}` : "";
  return [
    [word, `${measure.name}: ${measure.title}, ${measure.counts}${from}`],
    ["", `${measure.file}:${measure.line}`],
    ...measure.conditions.map((condition, index): [string, string] => [index === 0 ? "where" : "and", condition]),
    ...(of === undefined ? [] : measureLines("  of", of)),
    ...(to === undefined ? [] : measureLines("  to", to))
  ];
}

function known(explanation: Explanation, timeZone: string): string[] {
  const {row, definitions, known_to, asked_through, actual, baseline, loads} = explanation;
  const asked = asked_through === null ? "the last day covered" : longDate(asked_through);
  return [
    ...pairs([
      ["as of", row.as_of === null ? "nothing was loaded" : zonedMinute(row.as_of, timeZone)],
      ["definitions", definitions],
      ["asked", `through ${asked}; what is known reaches ${known_to === null ? "no day" : longDate(known_to)}`],
      ["actual", coverage(actual)],
      ["baseline", baseline === null ? null : coverage(baseline)]
    ]),
    ...loads.flatMap((load) => loadLines(load, timeZone))
  ];
}

function coverage({from, to, days, covered_days, missing_partitions}: CountedWindow): string {
  if (days === 0) return "no day of the period is counted yet";
  const missing = missing_partitions.length === 0 ? "" : `, ${missing_partitions.join(", ")} missing`;
  return `${range(from, to)}: ${formatCount(covered_days)} of ${formatCounted(days, "day")} covered${missing}`;
}

function loadLines(
  {load, file, sha256, at, extracted, kept, synthetic, decides}: ExplainedLoad,
  timeZone: string
): string[] {
  const days = decides.map(decidedDays).join(", ");
  const made = extracted === null ? "" : `, extracted ${extracted}`;
  return [
    `load ${load}  ${file}${synthetic ? " (synthetic)" : ""}, loaded ${zonedMinute(at, timeZone)}${made}`,
    `    ${formatCounted(kept, "row")}; decides ${days}`,
    `    sha256 ${sha256}`
  ];
}

/** A file of changes may say anew what lies on any day before its last; no reader knows the first day that has a name. */
function decidedDays([from, to]: DayRange): string {
  if (from === to) return from;
  return from === firstNamedDay ? `all days to ${to}` : `${from} to ${to}`;
}

const firstNamedDay = "1000-01-01";

function steps(all: readonly Step[]): string[] {
  const width = Math.max(...all.map(({figure}) => figure.length));
  return all.flatMap(({figure, formula, calculation, value}) => [
    `${figure.padEnd(width)}  = ${formula}`,
    ...(calculation === null ? [] : [`${" ".repeat(width)}  = ${calculation}`]),
    `${" ".repeat(width)}  = ${value === null ? "not known" : formatFigure(value)}`
  ]);
}

/** All parts that did not meet the goal or are not known; of the others how many there are. */
function parts({parts: all, measure}: Explanation): string[] {
  const open = all.filter(({verdict}) => verdict !== "yes");
  const met = `${formatCount(all.length - open.length)} of ${formatCount(all.length)} met the goal`;
  if (open.length === 0) return [met];
  const lines = open.map(({segment, period, verdict, actual_value: actual, reason, due_on}) => [
    segment.name,
    period.name,
    due_on === null ? "" : longDate(due_on),
    verdict,
    actual === null ? (reason?.detail ?? "not known") : formatValue(actual, measure.unit)
  ]);
  return [`${met}; the others:`, ...textTable(["who", "when", "due", "met", "value"], lines).trimEnd().split("\n")];
}

function rules({rules: tried, row}: Explanation): string[] {
  return tried.map(({rule, when, holds}, index) => {
    const mark = holds ? `yes: ${statusMarks[row.status].word}` : "no";
    return `${index + 1} ${rule.replaceAll("_", " ")}: ${when}? ${mark}`;
  });
}

function sql({actual, baseline, baseline_to_date: toDate, part_windows}: Explanation): string[] {
  const whole: [string, CountedWindow | null][] = [
    ...(part_windows.length === 0 ? [["actual_value", actual] as [string, CountedWindow]] : []),
    ...part_windows.map(({part, window}): [string, CountedWindow] => [partName(part), window]),
    ["baseline_value", baseline],
    ["baseline_to_date", toDate?.to === baseline?.to ? null : toDate]
  ];
  const told = whole.flatMap(([figure, window]) => (window === null || window.sql === null ? [] : [{figure, window}]));
  if (told.length === 0) return ["No load decides any of the days."];
  return told.flatMap(({figure, window}, index) => [
    ...(index === 0 ? [] : [""]),
    `-- ${figure}: ${window.value === null ? `not known, ${window.why_null ?? ""}` : formatFigure(window.value)}`,
    ...(window.sql ?? "").split("\n")
  ]);
}

/** "Harbor, 2024-Q1" */
function partName({segment, period}: Explanation["parts"][number]): string {
  return `${segment.name}, ${period.name}`;
}

function range(from: IsoDate, to: IsoDate): string {
  return `${longDate(from)} to ${longDate(to)}`;
}
