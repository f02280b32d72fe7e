import type {AttainmentRow} from "../attainment/contract.ts";
import {isComparable, progressWords, type Reading, standingOf} from "../charts/contract.ts";
import type {ComparisonRow} from "../comparisons/contract.ts";
import {findSegment, type SegmentKey} from "../config/roster.ts";
import {unknownValue} from "../format/numbers.ts";
import {chartBlock, trendBlock} from "./chart-block.ts";
import {pageKey} from "./chooser.ts";
import {byLine, comparisonTable, rowNotes, windowNotes} from "./comparison-table.ts";
import {type BundleRequest, segmentKeyOf} from "./contract.ts";
import {type Block, type Cell, type OwnPage, plain, type Section, type TableBlock} from "./page-model.ts";
import {actualCell, expectedFigure, readingsOf} from "./target-words.ts";
import {capital, segmentSection, targetSection} from "./words.ts";

/** On paper a chart of more targets than these would push the table or the trends off the sheet. */
const mostTargetsDrawn = 2;

/** A segment of a report's own pages. */
export interface PageSegment extends SegmentKey {
  readonly name: string;
  /** `segmentKeyOf` */
  readonly key: string;
}

/** The segments that a report is about, in the order in which they are compared. */
export function pageSegments({comparisons, rows}: BundleRequest): PageSegment[] {
  const named = [...(comparisons?.rows ?? []), ...(comparisons?.trends ?? [])];
  const found = new Map<string, PageSegment>();
  for (const {segment_type: type, segment: code, segment_name: name} of named.length > 0 ? named : rows) {
    const key = segmentKeyOf({type, code});
    if (!found.has(key)) found.set(key, {type, code, name, key});
  }
  return [...found.values()];
}

/** A section a segment, each on a page of its own: its table, its targets, its charts. */
export function segmentSections(request: BundleRequest, occurrence: boolean): Section[] {
  const segments = pageSegments(request);
  return segments.map((segment, index) => {
    const page: OwnPage = {
      file: `areas/${segment.key}.html`,
      name: segment.name,
      key: pageKey(index),
      begins: index > 0 && segments[index - 1]!.type !== segment.type
    };
    return segmentPage(request, segment, page, occurrence);
  });
}

function segmentPage(request: BundleRequest, segment: PageSegment, page: OwnPage, occurrence: boolean): Section {
  const isOwn = ({segment_type, segment: code}: {segment_type: string; segment: string}) =>
    segment_type === segment.type && code === segment.code;
  const lines = (request.comparisons?.rows ?? []).filter(isOwn);
  const targets = request.rows.filter((row) => row.part === "whole" && isOwn(row));
  return {
    id: segmentSection(segment.key),
    title: segmentTitle(segment),
    new_page: true,
    status: null,
    page,
    blocks: [
      quiet(placeWords(request, segment)),
      ...tableBlocks(request, segment, lines, occurrence),
      ...targetBlocks(request, segment, targets),
      ...trendBlocks(request, segment, page)
    ],
    sections: []
  };
}

/** "Harbor Area", "Valley Bureau", "Los Angeles": the type is said where the name does not say it. */
function segmentTitle({type, name}: PageSegment): string {
  const isSaid = type === "city" || name.toLowerCase().split(/\s+/).includes(type.toLowerCase());
  return isSaid ? name : `${name} ${capital(type)}`;
}

/** "Area 5 of South Bureau" */
function placeWords({project}: BundleRequest, {type, code}: PageSegment): string {
  const parent = findSegment(project.roster, {type, code})?.parent ?? null;
  const above = parent === null ? null : (findSegment(project.roster, parent)?.name ?? null);
  const place = /^\d+$/.test(code) ? `${capital(type)} ${code}` : capital(type);
  return above === null ? place : `${place} of ${above}`;
}

function tableBlocks(
  {comparisons}: BundleRequest,
  {key, name}: PageSegment,
  lines: readonly ComparisonRow[],
  occurrence: boolean
): Block[] {
  if (comparisons === null || lines.length === 0) return [];
  const {windows} = comparisons;
  return [
    comparisonTable({id: `compared-${key}`, caption: `${name}: counts compared`, head: byLine}, windows, lines),
    quiet([...windowNotes(windows, occurrence), ...rowNotes(lines, ({title}) => title)].join(" "))
  ];
}

function targetBlocks(
  {charts, project}: BundleRequest,
  {key, name}: PageSegment,
  rows: readonly AttainmentRow[]
): Block[] {
  if (rows.length === 0) return [quiet(`No target of this period is set for, or shown by, ${name}.`)];
  const gap = charts.pages.get(key)?.gap ?? null;
  const table = targetTable(key, name, rows, readingsOf(project));
  if (gap === null) return [table];
  const elsewhere = {section: null, text: "The numbers of this chart stand in the table of targets."};
  return [table, {...chartBlock(gap), elsewhere, screen_only: rows.length > mostTargetsDrawn}];
}

function trendBlocks({charts}: BundleRequest, {key}: PageSegment, {file}: OwnPage): Block[] {
  const trends = charts.pages.get(key)?.trends ?? [];
  const elsewhere = {section: null, text: `The numbers of these charts stand in ${file}.`};
  return trends.length === 0 ? [] : [{kind: "charts", items: trends.map((chart) => trendBlock(chart, elsewhere))}];
}

function targetTable(
  key: string,
  name: string,
  rows: readonly AttainmentRow[],
  readingOf: (row: AttainmentRow) => Reading
): TableBlock {
  return {
    kind: "table",
    id: `targets-${key}`,
    caption: `${name}: targets`,
    columns: [
      {title: "Target", numeric: false},
      {title: "Actual", numeric: true},
      {title: "Expected to date", numeric: true},
      {title: "Progress", numeric: false},
      {title: "Where it stands", numeric: false}
    ],
    groups: [{title: null, rows: rows.map((row) => targetRow(row, readingOf(row)))}],
    widths: [24, 8, 9, 14, 45],
    narrow: "cards",
    dense: true
  };
}

function targetRow(row: AttainmentRow, reading: Reading): Cell[] {
  const isCounted = reading.every !== null || reading.each !== null;
  return [
    {status: null, text: row.title, note: null, section: targetSection(row.target)},
    actualCell(row, reading),
    plain(expectedFigure({row, reading})),
    plain((isComparable(row) && !isCounted ? progressWords(row) : null) ?? unknownValue),
    {status: standingOf(row), text: "", note: row.status_reason, section: null}
  ];
}

function quiet(text: string): Block {
  return {kind: "text", style: "quiet", text};
}
