import type {TopLevelSpec} from "vega-lite";
import type {AttainmentRow} from "../attainment/contract.ts";
import type {IsoDate} from "../calendar/iso-date.ts";

export {type Mark, standingMarks, statusMarks} from "./theme.ts";

/** The numbers of a chart as a table, printed beside it: text as it is to be shown. */
export interface ChartTable {
  readonly columns: readonly {readonly title: string; readonly numeric: boolean}[];
  readonly rows: readonly (readonly string[])[];
}

/** A chart before it is drawn: pure, the same rows give the same bytes. */
export interface Chart {
  /** Unique in a bundle; becomes file name and prefix of ids: `cumulative-g1.a.1.y1.1`. */
  readonly id: string;
  /** States what is shown, not what is found: "Part I crimes in CSP areas, cumulative". */
  readonly title: string;
  /** States the finding, made from the numbers. */
  readonly alt_text: string;
  readonly spec: TopLevelSpec;
  readonly table: ChartTable;
}

export interface DrawnChart extends Chart {
  /** Finished SVG, ids prefixed by the chart's, no script, no reference to anything outside. */
  readonly svg: string;
}

/** What the cumulative chart of one row is made of. Values in the measure's unit, cumulated from the period's first day. */
export interface CumulativeInput {
  readonly row: AttainmentRow;
  /** One point a day from period_from to through. */
  readonly actual: readonly {readonly day: IsoDate; readonly value: number}[];
  /** How people call the baseline: "last year"; "baseline" when absent. */
  readonly baseline_name?: string;
  /** Last year (the baseline) on this year's dates, over the whole period; [] where there is no baseline by day. */
  readonly baseline: readonly {readonly day: IsoDate; readonly value: number}[];
  /** What the pace asks for by each day of the whole period; [] for track. Ends at the target. */
  readonly expected: readonly {readonly day: IsoDate; readonly value: number}[];
}
