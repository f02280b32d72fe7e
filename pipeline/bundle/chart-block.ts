import type {ChartTable} from "../charts/contract.ts";
import type {PageChart} from "./contract.ts";
import type {ChartBlock} from "./page-model.ts";

/** Letters that the narrowest and the widest column of a chart's table are given room for. */
const fewestLetters = 7;
const mostLetters = 34;

/**
 * A chart as it stands in the page.
 *
 * @param numbersIn Section that holds the same numbers as a table; null where there is none.
 */
export function chartBlock({wide, narrow}: PageChart, numbersIn: string | null = null): ChartBlock {
  const {id, title, alt_text, svg, table} = wide;
  return {
    kind: "chart",
    id,
    title,
    alt_text,
    svg,
    narrow_svg: narrow.svg,
    table,
    widths: widthsOf(table),
    table_title: "Numbers of this chart",
    elsewhere:
      numbersIn === null ? null : {section: numbersIn, text: "The numbers of this chart stand in the scorecard."}
  };
}

/** By the longest text of each column, within bounds; titles may wrap. */
function widthsOf({columns, rows}: ChartTable): number[] {
  return columns.map(({title}, index) => {
    const longest = Math.max(Math.ceil(title.length / 2), ...rows.map((row) => (row[index] ?? "").length));
    return Math.min(mostLetters, Math.max(fewestLetters, longest));
  });
}
