import {type DaySet, union} from "../calendar/day-set.ts";
import {dayOf} from "../calendar/instant.ts";
import {type IsoDate, longDate} from "../calendar/iso-date.ts";
import type {Project, ProjectSource} from "../config/project.ts";
import {findSegment, segmentsOfType} from "../config/roster.ts";
import {joinFirst} from "../format/lists.ts";
import {formatCount, formatCounted} from "../format/numbers.ts";
import type {Knowledge, Receipt} from "../ledger/contract.ts";
import type {BundleRequest} from "./contract.ts";
import {type Block, type Cell, plain, type Section, type TableBlock} from "./page-model.ts";
import {openRefusals, refusalItems} from "./refusals.ts";
import {retractionItems} from "./retractions.ts";
import {capital, dayRange} from "./words.ts";

type KnownLoad = Knowledge["loads"][number];

/** Enough of a SHA-256 to tell files apart by eye; the manifest has all of it. */
const shortHash = 12;
/** Longer lists of names are cut, with a count. */
const namesShown = 6;

/**
 * What the numbers stand on: every extract known of the sources that the report's targets read, from its receipt.
 *
 * @param sources Names of those sources, in the order in which they are told.
 * @param used The loads that decide something.
 * @param through The report's last counted day: coverage is told up to it.
 */
export function dataQualitySection(
  {project, knowledge}: BundleRequest,
  sources: readonly string[],
  used: Knowledge["loads"],
  through: IsoDate
): Section {
  const isBrief = sources.length > mostPrinted;
  const told = sources.map((name) => {
    const loads = used.filter((load) => load.source === name);
    const replaced = knowledge.loads.filter((load) => load.source === name).length - loads.length;
    return {source: project.sources.get(name)!, loads, replaced, isBrief};
  });
  return {
    id: "data-quality",
    title: "Data quality",
    new_page: true,
    status: null,
    blocks: [
      ...refusalItems(project, openRefusals(knowledge, sources)),
      ...retractionItems(project, knowledge, sources),
      {
        kind: "text",
        style: "body",
        text:
          "Every extract that the numbers were counted from, by its receipt. Each record of a file was either kept or " +
          `rejected with a reason; none is lost.${isBrief ? " Single extracts are listed in index.html." : ""}`
      },
      ...(isBrief ? [sourcesTable(project, told, through)] : [])
    ],
    sections: told.map((one) => sourceSection(project, one.source, one, through))
  };
}

/** Of more sources than these paper tells the sums, and the screen each extract. */
const mostPrinted = 8;

interface SourceLoads {
  readonly loads: readonly KnownLoad[];
  /** How many others are replaced whole. */
  readonly replaced: number;
  /** Whether each receipt is kept for the screen. */
  readonly isBrief: boolean;
}

function sourcesTable(
  project: Project,
  told: readonly (SourceLoads & {readonly source: ProjectSource})[],
  through: IsoDate
): TableBlock {
  return {
    kind: "table",
    id: "sources",
    caption: "What the numbers were counted from",
    columns: [
      {title: "Source", numeric: false},
      {title: "Extracts", numeric: true},
      {title: "Kept", numeric: true},
      {title: "Rejected", numeric: true},
      {title: "Covered", numeric: false}
    ],
    widths: [38, 9, 11, 9, 33],
    narrow: "cards",
    dense: true,
    groups: [
      {
        title: null,
        rows: told.map(({source, loads}) => [
          plain(source.title),
          plain(formatCount(loads.length)),
          plain(formatCount(sumOf(loads, ({kept}) => kept))),
          plain(formatCount(sumOf(loads, ({rejected}) => rejected))),
          plain(loads.length === 0 ? "no extract was loaded" : coverageText(project, source, loads, through))
        ])
      }
    ]
  };
}

function sourceSection(
  project: Project,
  source: ProjectSource,
  {loads, replaced, isBrief}: SourceLoads,
  through: IsoDate
): Section {
  const blocks: Block[] =
    loads.length === 0
      ? [{kind: "text", style: "body", text: "No extract of this source was loaded: its numbers are not known."}]
      : [
          {kind: "text", style: "body", text: `${totals(loads)}${replacedWords(replaced)}`},
          body(coveredSentence(coverageText(project, source, loads, through))),
          ...warnings(loads),
          {...receiptTable(project, source, loads), ...(isBrief ? {screen_only: true} : {})}
        ];
  // Paper has its line in the table; what a load warned of is told there too.
  const left = isBrief && warnings(loads).length === 0 ? {screen_only: true} : {};
  const section = {
    id: `source-${source.source}`,
    title: source.title,
    new_page: false,
    status: null,
    blocks,
    sections: []
  };
  return {...section, ...left};
}

/** "21 extracts with 453,817 records: 453,817 kept, none rejected." */
function totals(loads: readonly KnownLoad[]): string {
  const rejected = sumOf(loads, (receipt) => receipt.rejected);
  const synthetic = loads.filter((load) => load.synthetic).length;
  const made =
    synthetic === 0
      ? ""
      : ` ${synthetic === loads.length ? "All of them are" : `${formatCount(synthetic)} of them are`} synthetic.`;
  return (
    `${formatCounted(loads.length, "extract")} with ${formatCounted(
      sumOf(loads, (receipt) => receipt.records),
      "record"
    )}: ` +
    `${formatCount(sumOf(loads, (receipt) => receipt.kept))} kept, ${rejected === 0 ? "none" : formatCount(rejected)} rejected.${made}`
  );
}

function sumOf(loads: readonly KnownLoad[], of: (receipt: Receipt) => number): number {
  return loads.reduce((total, {receipt}) => total + of(receipt), 0);
}

function replacedWords(count: number): string {
  if (count === 0) return "";
  return ` ${formatCounted(count, "earlier extract")} ${count === 1 ? "is" : "are"} replaced whole by newer ones and counted nowhere.`;
}

/** "Covered: 1 July 2022 to 31 March 2024.", "Covered through 31 March 2024 in all 21 Areas." */
function coveredSentence(text: string): string {
  return `Covered${text.startsWith("through ") ? "" : ":"} ${text}.`;
}

/** "1 July 2022 to 31 March 2024", "through 31 March 2024 in all 21 Areas": without a full stop. */
function coverageText(project: Project, source: ProjectSource, loads: readonly KnownLoad[], through: IsoDate): string {
  const column = source.partition?.[0];
  const type = column === undefined ? undefined : source.columns[column]?.segment;
  const covered = loads.flatMap((load) => load.covered);
  if (type === undefined) {
    const days = covered.reduce<DaySet>((all, {days}) => union(all, days), []);
    return `${daySetText(days)}${behind(days, through)}`;
  }
  const partitions = segmentsOfType(project.roster, type).map((segment) => {
    // A load that names a higher segment, or none, speaks for all below it.
    const days = covered
      .filter(({partition}) => partition === null || partition === segment.code)
      .reduce<DaySet>((all, {days}) => union(all, days), []);
    return {name: segment.name, days};
  });
  const missing = partitions.filter(({days}) => !reaches(days, through));
  const whole = partitions.filter(({days}) => reaches(days, through));
  const until = whole.flatMap(({days}) => lastReached(days, through)).sort()[0] ?? through;
  const of = formatCounted(partitions.length, capital(type));
  if (missing.length === 0) return `through ${longDate(until)} in all ${of}`;
  const lacking = joinFirst(
    missing.map(({name, days}) => `${name} (${lastDay(days)})`),
    namesShown
  );
  return `through ${longDate(until)} in ${formatCount(whole.length)} of ${of}; not covered: ${lacking}`;
}

function warnings(loads: readonly KnownLoad[]): Block[] {
  const byMessage = new Map<string, string[]>();
  for (const {file, receipt} of loads) {
    for (const {severity, message} of receipt.diagnostics) {
      if (severity === "note") continue;
      byMessage.set(message, [...(byMessage.get(message) ?? []), file]);
    }
  }
  if (byMessage.size === 0) return [];
  return [
    {
      kind: "items",
      items: [...byMessage].map(([message, files]) => ({
        title: "Warning",
        section: null,
        status: null,
        text: `${message} (${joinFirst([...new Set(files)], namesShown)})`
      }))
    }
  ];
}

function receiptTable(project: Project, source: ProjectSource, loads: readonly KnownLoad[]): TableBlock {
  return {
    kind: "table",
    id: `receipts-${source.source}`,
    caption: `Extracts of ${source.title}`,
    columns: [
      {title: "Extract", numeric: false},
      {title: "Records", numeric: true},
      {title: "Kept", numeric: true},
      {title: "Rejected", numeric: true},
      {title: "Days covered", numeric: false},
      {title: "SHA-256", numeric: false}
    ],
    widths: [33, 9.5, 9.5, 10, 23, 15],
    narrow: "scroll",
    groups: [{title: null, rows: loads.map((load) => receiptRow(project, source, load))}]
  };
}

function receiptRow(project: Project, source: ProjectSource, load: KnownLoad): Cell[] {
  const {receipt} = load;
  const reasons = Object.entries(receipt.rejects_by_reason)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${reason.replaceAll("_", " ")}: ${formatCount(count)}`);
  const notes = [
    `loaded ${longDate(dayOf(new Date(load.at), project.settings.time_zone))}`,
    load.extracted === null ? null : `made ${longDate(load.extracted)}`,
    load.replaces === null ? null : "read again",
    receipt.approved === null ? null : "approved",
    load.synthetic ? "synthetic" : null
  ];
  return [
    {status: null, text: load.file, note: notes.filter((note) => note !== null).join(", "), section: null},
    plain(formatCount(receipt.records)),
    plain(formatCount(receipt.kept)),
    {status: null, text: formatCount(receipt.rejected), note: reasons.join(", ") || null, section: null},
    coveredCell(project, source, load),
    plain(load.sha256.slice(0, shortHash))
  ];
}

function coveredCell(project: Project, source: ProjectSource, load: KnownLoad): Cell {
  const column = source.partition?.[0];
  const type = column === undefined ? undefined : source.columns[column]?.segment;
  const days = load.covered.reduce<DaySet>((all, {days}) => union(all, days), []);
  const names = load.covered.flatMap(({partition}) =>
    partition === null || type === undefined
      ? []
      : [findSegment(project.roster, {type, code: partition})?.name ?? partition]
  );
  const all = type === undefined ? 0 : segmentsOfType(project.roster, type).length;
  const note = names.length === all ? `all ${formatCounted(all, capital(type ?? ""))}` : joinFirst(names, namesShown);
  return {status: null, text: daySetText(days), note: names.length === 0 ? null : note, section: null};
}

function daySetText(days: DaySet): string {
  const [first, ...others] = days;
  if (first === undefined) return "no day";
  if (others.length === 0) return dayRange(...first);
  return `${dayRange(first[0], days.at(-1)![1])}, with ${formatCounted(others.length, "gap")}`;
}

function behind(days: DaySet, through: IsoDate): string {
  return reaches(days, through) ? "" : `; the report's last day, ${longDate(through)}, is not covered`;
}

function reaches(days: DaySet, through: IsoDate): boolean {
  return lastReached(days, through).length > 0;
}

/** The last day that is covered together with this one; nothing where this one is not. */
function lastReached(days: DaySet, through: IsoDate): IsoDate[] {
  return days.flatMap(([from, to]) => (from <= through && through <= to ? [to] : []));
}

function lastDay(days: DaySet): string {
  const last = days.at(-1);
  return last === undefined ? "no day" : `to ${longDate(last[1])}`;
}

function body(text: string): Block {
  return {kind: "text", style: "body", text};
}
