import {endOfMonthOf, longDate} from "../calendar/iso-date.ts";
import type {Comparator} from "../config/plan.ts";
import type {Project} from "../config/project.ts";
import {formatValue, unknownValue} from "../format/numbers.ts";
import type {BundleRequest, ReportedRow} from "./contract.ts";
import {type Cell, plain, type Section, type TableBlock} from "./page-model.ts";
import {dayRange} from "./words.ts";

/** Results, claims and facts that the plans print, each with when and where it was said, and what is counted here. */
export function reportedSection({project, reported}: BundleRequest): Section {
  const plans = project.plans.filter(({plan}) => reported.some((row) => row.plan === plan));
  const table: TableBlock = {
    kind: "table",
    id: "reported-table",
    caption: "What the documents report, beside what is counted here",
    columns: [
      {title: "What is reported", numeric: false},
      {title: "Claimed", numeric: true},
      {title: "Said on, in", numeric: false},
      {title: "Counted here", numeric: false}
    ],
    widths: [30, 18, 24, 28],
    narrow: "cards",
    dense: true,
    groups: plans.map(({plan, title}) => ({
      title: plans.length === 1 ? null : title,
      rows: reported.filter((row) => row.plan === plan).map((row) => cells(project, row))
    }))
  };
  const none = {kind: "text", style: "body", text: "No document of the project reports a result."} as const;
  const lead = {
    kind: "text",
    style: "quiet",
    text:
      "These are no targets: a result, a claim or a fact that a document prints, never judged. Where a measure of this " +
      "project counts the same, what it counts stands beside it: what adds up, over the claim's own days; what stands at a " +
      "level, on the last of them or, where these are not known, on the last day counted. Else a dash."
  } as const;
  return {
    id: "reported",
    title: "What the documents report",
    new_page: false,
    status: null,
    blocks: reported.length === 0 ? [none] : [lead, table],
    sections: []
  };
}

function cells({measures}: Project, row: ReportedRow): Cell[] {
  const {title, milestone, claimed, comparator, unit, claimed_on, cite} = row;
  return [
    {...plain(title), note: milestone},
    {...plain(claimed === null ? unknownValue : claimedWords(claimed, comparator)), note: words(unit, timeOf(row))},
    {...plain(claimed_on), note: cite},
    countedCell(row, measures.get(row.measure ?? "")?.unit ?? "")
  ];
}

const comparing: Readonly<Record<Comparator, string>> = {
  at_least: "at least",
  at_most: "at most",
  above: "more than",
  below: "less than",
  about: "about"
};

/** claimedWords("3600000", "above") //=> "more than 3,600,000"; a percentage stays as it is written. */
function claimedWords(claimed: string, comparator: Comparator | null): string {
  const number = /^-?\d+(?:\.\d+)?$/.test(claimed) ? formatValue(Number(claimed)) : claimed;
  return comparator === null ? number : `${comparing[comparator]} ${number}`;
}

/** The time that a claim speaks of: "2019", "2014 to 2017", "April 2020"; in the document's words where these name no days. */
function timeOf({period, period_from: from, period_to: to}: ReportedRow): string | null {
  if (from === null || to === null) return period;
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
  if (from.endsWith("-01-01") && to.endsWith("-12-31")) return first === last ? first : `${first} to ${last}`;
  const month = from.endsWith("-01") && to === endOfMonthOf(from);
  return month ? longDate(from).replace(/^\S+ /, "") : dayRange(from, to);
}

function countedCell(row: ReportedRow, unit: string): Cell {
  const {value, reason, counted_from, counted_to} = row;
  if (value === null) return {...plain(unknownValue), note: row.measure === null ? null : reason};
  const days = counted_from === null || counted_to === null ? null : dayRange(counted_from, counted_to);
  return {...plain(formatValue(value, unit)), note: words(unit === "share" ? null : unit, days)};
}

function words(...parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null && part !== "");
  return said.length === 0 ? null : said.join(", ");
}
