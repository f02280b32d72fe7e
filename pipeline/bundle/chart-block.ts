import type {ChartTable, DrawnChart} from "../charts/contract.ts";
import type {PageChart} from "./contract.ts";
import type {ChartBlock} from "./page-model.ts";

/** Letters that the narrowest and the widest column of a chart's table are given room for. */
const fewestLetters = 6;
const mostLetters = 34;
/** A title takes as many lines as it needs; it asks for no more letters in one than these. */
const titleLetters = 14;

/**
 * A chart as it stands in the page.
 *
 * @param numbersIn Section that holds the same numbers as a table; null where there is none.
 */
export function chartBlock({wide, narrow}: PageChart, numbersIn: string | null = null): ChartBlock {
  return {
    ...trendBlock(wide, numbersIn === null ? null : {section: numbersIn, text: inTheScorecard}),
    narrow_svg: narrow.svg
  };
}

/** Of what fills sheets to be looked up and never to be read. */
export const onTheScreen = {section: null, text: "The numbers of this chart stand in index.html."} as const;

const inTheScorecard = "The numbers of this chart stand in the scorecard.";

/** The narrow drawing alone, under the name that both have: it is the wide one's that names files. */
export function narrowBlock(narrow: DrawnChart, elsewhere: ChartBlock["elsewhere"]): ChartBlock {
  const block = trendBlock(narrow, elsewhere);
  return {...block, id: block.id.replace(/-narrow$/, "")};
}

/** A chart that is narrow enough for every screen, with where paper finds its numbers. */
export function trendBlock(drawn: DrawnChart, elsewhere: ChartBlock["elsewhere"]): ChartBlock {
  const {id, title, alt_text, svg, table} = drawn;
  return {
    kind: "chart",
    id,
    title,
    alt_text,
    svg,
    narrow_svg: null,
    table,
    widths: widthsOf(table),
    table_title: "Numbers of this chart",
    elsewhere,
    ...onPaper(svg)
  };
}

/** Height over width: of a sheet, and of what is left of one under a target's title and figures. */
const sheet = {whole: 1.25, rest: 0.95} as const;
/** A chart drawn smaller than this could not be read. */
const smallestPrint = 0.72;

/**
 * Share of half a sheet's width at which a narrow drawing leaves room for another target under it, or as much as its words
 * need; 0 where it would be a tower then.
 */
export function halfSheet(svg: string): number {
  const shape = shapeOf(svg);
  const share = Math.max(half.smallest, Math.min(1, half.height / shape));
  return share * shape > half.tower ? 0 : Math.floor(share * 1000) / 1000;
}

/** Heights over the width of half a sheet; the smallest share has words as small as a wide one that is only just printed. */
const half = {height: 0.7, tower: 1.3, smallest: 0.75} as const;

/** Height over width. */
function shapeOf(svg: string): number {
  const [, width = "1", height = "0"] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return Number(height) / Number(width);
}

/** How long a chart may be is up to the plan: as many targets, units and shifts as it has. */
function onPaper(svg: string): Pick<ChartBlock, "paper_width" | "tall"> {
  const shape = shapeOf(svg);
  const share = sheet.whole / Math.max(sheet.whole, shape);
  const tall = shape > sheet.rest;
  return {paper_width: share < smallestPrint ? 0 : Math.floor(share * 1000) / 1000, tall};
}

/** By the longest text of each column, within bounds; titles may wrap. */
function widthsOf({columns, rows}: ChartTable): number[] {
  return columns.map(({title}, index) => {
    const longest = Math.max(
      Math.min(titleLetters, Math.ceil(title.length / 2)),
      ...rows.map((row) => (row[index] ?? "").length)
    );
    return Math.min(mostLetters, Math.max(fewestLetters, longest));
  });
}
