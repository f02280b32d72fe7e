import type {ComparisonRow, Windows} from "../comparisons/contract.ts";
import {segmentWords} from "../config/segment-plural.ts";
import {chartBlock, onTheScreen} from "./chart-block.ts";
import {byLine, comparisonTable, type RowHead, rowNotes, windowNotes} from "./comparison-table.ts";
import {type BundleRequest, type PageChart, segmentKeyOf} from "./contract.ts";
import type {Block, ChartBlock, Section} from "./page-model.ts";
import {capital, segmentSection} from "./words.ts";

/**
 * The city's table, then all segments at once: how they stand with the targets, how a measure ran in each, and each
 * total of the table segment by segment. Segments keep the order given; they are never ranked.
 */
export function comparisonsSection({comparisons, charts}: BundleRequest, occurrence: boolean): Section[] {
  if (comparisons === null || comparisons.rows.length === 0) return [];
  const {windows, rows} = comparisons;
  const first = rows[0]!;
  const whole = rows.filter(({segment_type, segment}) => segmentKey(first) === segmentKey({segment_type, segment}));
  const blocks: Block[] = [
    comparisonTable({id: "compared", caption: `${first.segment_name}: counts compared`, head: byLine}, windows, whole),
    ...quiet([...windowNotes(windows, occurrence), ...rowNotes(whole, ({title}) => title)]),
    ...(charts.matrix === null ? [] : [chartBlock(charts.matrix)]),
    ...charts.multiples.map(multiplesBlock),
    ...(rows.length === whole.length ? [] : everySegment(windows, whole, rows))
  ];
  return [{id: "comparisons", title: "Comparisons", new_page: true, status: null, blocks, sections: []}];
}

/** So small that two of them share a sheet: panels to be seen side by side, not to be read off. */
const multiplesWidth = 0.8;

function multiplesBlock(chart: PageChart): ChartBlock {
  const block = chartBlock(chart);
  return {...block, elsewhere: onTheScreen, paper_width: Math.min(block.paper_width, multiplesWidth)};
}

/** A table a total, a row a segment. Where no line totals others, every line is worth one. */
function everySegment(windows: Windows, whole: readonly ComparisonRow[], rows: readonly ComparisonRow[]): Block[] {
  const totals = whole.filter(({total}) => total);
  const head = bySegment(segmentWords(typesOf(rows), "or"));
  return [
    {kind: "heading", text: `Every ${segmentWords(typesOf(rows), "and")}, side by side`},
    ...(totals.length > 0 ? totals : whole).flatMap(({measure, title}): Block[] => {
      const own = rows.filter((row) => row.measure === measure);
      return [
        comparisonTable({id: `compared-by-segment-${measure}`, caption: title, head}, windows, own),
        ...quiet(rowNotes(own, ({segment_name}) => segment_name))
      ];
    })
  ];
}

/** @param noun What the segments of the table are called. */
function bySegment(noun: string): RowHead {
  return {
    title: capital(noun),
    cellOf: (row) => ({status: null, text: row.segment_name, note: null, section: segmentSection(segmentKey(row))})
  };
}

/** The type of each segment once, from the root down as the table lists them. */
function typesOf(rows: readonly ComparisonRow[]): string[] {
  return [...new Map(rows.map((row) => [segmentKey(row), row.segment_type])).values()];
}

function segmentKey({segment_type, segment}: Pick<ComparisonRow, "segment_type" | "segment">): string {
  return segmentKeyOf({type: segment_type, code: segment});
}

/** All notes as one text: they are read together. */
function quiet(notes: readonly string[]): Block[] {
  return notes.length === 0 ? [] : [{kind: "text", style: "quiet", text: notes.join(" ")}];
}
