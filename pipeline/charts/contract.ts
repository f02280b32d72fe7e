import type {TopLevelSpec} from "vega-lite";
import type {AttainmentRow} from "../attainment/contract.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Trend} from "../comparisons/contract.ts";

export {isComparable, progressWords, standingOf} from "./standing.ts";
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

/** A measure of one segment by month: this year, last year, and what the target asks for. */
export interface TrendInput {
  /** `trend-area-8-violent_crime` */
  readonly id: string;
  readonly trend: Trend;
  /** Name of the counting method's change, where one lies within the months: drawn as a break, never as a line. */
  readonly breaks: readonly {readonly month: string; readonly name: string}[];
}

/** One measure of many segments by month, each in a panel of its own, all on one scale. */
export interface MultiplesInput {
  readonly id: string;
  readonly title: string;
  /** In roster order; all of one measure and the same months. */
  readonly trends: readonly Trend[];
  /** Under which a panel stands, in the same order: "Central Bureau". */
  readonly groups: readonly string[];
}

/** Segments down, targets across; each cell says where the segment stands. */
export interface MatrixInput {
  readonly id: string;
  readonly title: string;
  /** In roster order, with the group (bureau) they stand under. */
  readonly segments: readonly {
    readonly type: string;
    readonly code: string;
    readonly name: string;
    readonly group: string | null;
  }[];
  /** In plan order. */
  readonly targets: readonly {readonly target: string; readonly title: string}[];
  /** Binding rows are drawn by their status, others as ahead or behind; a pair without a row stays empty. */
  readonly rows: readonly AttainmentRow[];
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
