import type {TopLevelSpec} from "vega-lite";
import type {AttainmentRow, Part} from "../attainment/contract.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Trend} from "../comparisons/contract.ts";
import type {Shape} from "../config/measure.ts";
import type {Cadence} from "../config/target.ts";
import type {Reading} from "./part-words.ts";

export {type GoalSubject, goalWords} from "./goal-words.ts";
export {actualWords, countedParts, ownValues, type Reading} from "./part-words.ts";
export {isComparable, progressWords, signedDifference, standingOf} from "./standing.ts";
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
  /** First of the days counted of which late reports may still come in; absent where all are settled. */
  readonly provisional_from?: IsoDate;
}

/** What the calendar of a row with `every` is made of. */
export interface CalendarStripInput {
  readonly row: AttainmentRow;
  /** In order of sub-period; with `each` of every unit. */
  readonly parts: readonly Part[];
  readonly every: Cadence;
  /** Type of the units; null where the row's own segment is asked. */
  readonly each: string | null;
  /** Of the measure: values of parts are in it. */
  readonly unit: string;
  readonly shape: Shape;
  /** What is asked of each part: "at least 4 posts". */
  readonly goal: string;
  /** How many may miss it. */
  readonly allow: number;
  /** Sub-periods of the period that no part tells of yet, in order. */
  readonly to_come: readonly Part["period"][];
}

/** What the roster of a row with `each` is made of; also of a row with a class at a time. */
export interface RosterInput {
  readonly row: AttainmentRow;
  /** In roster order. */
  readonly parts: readonly Part[];
  /** Type of the units; null where each part is a class of its own. */
  readonly each: string | null;
  readonly every: Cadence | null;
  readonly unit: string;
  readonly shape: Shape;
  /** What is asked of each unit: "at least 1 mentor". */
  readonly goal: string;
}

/** Targets with a day on which they are due, on one axis of days. */
export interface TimelineInput {
  readonly id: string;
  readonly title: string;
  /** Their order does not matter. */
  readonly deadlines: readonly {
    readonly row: AttainmentRow;
    readonly reading: Reading;
    /** Why there is no day yet: "24 months after the system is launched"; null where there is one. */
    readonly waits_for: string | null;
  }[];
  /** The last day counted. */
  readonly through: IsoDate;
}

/** A stock by the day, or an average by month, against its level. */
export interface StockLineInput {
  readonly row: AttainmentRow;
  /**
   * - `observed`: each value holds from its day until the next one
   * - `sampled`: the value of a day, looked at now and then
   * - `month`: over the days up to it, from the end of the point before
   */
  readonly kind: "observed" | "sampled" | "month";
  /** In order of their days. Null is not known. `holds` null where nothing is asked of a single point. */
  readonly points: readonly {
    readonly from: IsoDate;
    readonly day: IsoDate;
    readonly value: number | null;
    readonly holds: boolean | null;
  }[];
  readonly unit: string;
  /** What the goal asks for, in words: "fewer than 100"; null where nothing is asked. */
  readonly goal: string | null;
  /** Levels to hold or to reach: none, one, or two between which to stay. */
  readonly levels: readonly number[];
  /** What the pace asks for by each day, where it moves towards its level; [] where the level must hold. */
  readonly expected: readonly {readonly day: IsoDate; readonly value: number}[];
  /** The day on which the level is due; null where the period's last day is. */
  readonly due_on: IsoDate | null;
}
