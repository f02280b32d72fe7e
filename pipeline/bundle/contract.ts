import type {AttainmentDataRow, AttainmentRow} from "../attainment/contract.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Period} from "../calendar/period.ts";
import type {DrawnChart} from "../charts/contract.ts";
import type {Comparisons} from "../comparisons/contract.ts";
import type {Goal} from "../config/goal.ts";
import type {Comparator} from "../config/plan.ts";
import type {Project, SegmentKey} from "../config/project.ts";
import type {Report} from "../config/report.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import type {Knowledge} from "../ledger/contract.ts";

/** What one bundle is made from; the same request gives the same bytes. */
export interface BundleRequest {
  readonly project: Project;
  readonly report: Report;
  /** The report's own period; rows keep theirs. */
  readonly period: Period;
  readonly edition: "internal";
  /** Null for a draft. */
  readonly issue: {readonly number: number; readonly by: string} | null;
  /** The last day to count, as asked for; a row's own `through` may be earlier. */
  readonly through: IsoDate;
  /** Of the targets whose period overlaps the report's, in the project's order: binding rows and by segment. */
  readonly rows: readonly AttainmentRow[];
  /** The same with their parts: what data/attainment.* holds. Asked for when the paper is being set already. */
  readonly data: () => readonly AttainmentDataRow[];
  readonly knowledge: Knowledge;
  /** By source: which load decides which days. */
  readonly coverages: ReadonlyMap<string, SourceCoverage>;
  /** What the report is made from, hashed: `knowledgeHash`. */
  readonly knowledge_sha256: string;
  readonly charts: BundleCharts;
  /** By target: the goal that holds where the binding row is decided, where that is not the first. */
  readonly goals: ReadonlyMap<string, Goal>;
  /** What the report compares; null where it has neither comparisons nor segment pages. */
  readonly comparisons: Comparisons | null;
  /**
   * By target: rows of the register that name it, done or not; a target without one is not in it. Null where the report
   * does not tell what its registers lack.
   */
  readonly registered: ReadonlyMap<string, number> | null;
  /** Results and claims that the plans report; [] where the report does not show them. */
  readonly reported: readonly ReportedRow[];
  /** Whether each chart is also given as PNG, for slides. */
  readonly png: boolean;
  /** Measures by month, for data/actuals.csv. */
  readonly actuals: () => readonly ActualRow[];
  /** Version of milepost. */
  readonly milepost: string;
  /** Absolute: a folder of this command alone, through which files pass that can't be made in memory. */
  readonly scratch: string;
}

export interface BundleCharts {
  /** By target: how it stands where it binds, drawn as its goal asks: cumulated, a calendar, a roster, a line. */
  readonly targets: ReadonlyMap<string, PageChart>;
  /** By `goalKeyOf`: what of the goal is due when; one, or several where one would overrun a sheet. */
  readonly timelines: ReadonlyMap<string, readonly PageChart[]>;
  /** By `goalKeyOf`: the goal's targets against their pace, where those of all would overrun a sheet. */
  readonly gaps: ReadonlyMap<string, readonly PageChart[]>;
  /** By target: its segments against their pace. */
  readonly segments: ReadonlyMap<string, PageChart>;
  /** All binding targets against their pace; null where nothing can be drawn. */
  readonly gap: PageChart | null;
  /** Segments by targets; null where nothing can be drawn. */
  readonly matrix: PageChart | null;
  /** A measure of all leaf segments, each in its panel; one chart a measure. */
  readonly multiples: readonly PageChart[];
  /** By `segmentKeyOf`: the charts of a segment's own page. */
  readonly pages: ReadonlyMap<string, SegmentPageCharts>;
}

export interface SegmentPageCharts {
  /** In the order of the report's trends; each 360 px wide, to stand side by side. */
  readonly trends: readonly DrawnChart[];
  /** The segment's targets against their pace; null where none can be held against it. */
  readonly gap: PageChart | null;
}

/** segmentKeyOf({type: "area", code: "8"}) //=> "area-8": also the name of the segment's page, `areas/area-8.html`. */
export function segmentKeyOf({type, code}: SegmentKey): string {
  return `${type}-${code}`;
}

/** A chart as drawn for a page or a sheet, and for a phone. Both show the same numbers. */
export interface PageChart {
  readonly wide: DrawnChart;
  readonly narrow: DrawnChart;
}

/** One measure, segment and month. The columns of data/actuals.csv, in this order. */
export interface ActualRow {
  readonly measure: string;
  readonly segment_type: string;
  readonly segment: string;
  readonly grain: "month";
  readonly period_from: string;
  readonly period_to: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Null where a day of the month is not covered. */
  readonly value: number | null;
  readonly rows_counted: number | null;
}

export const actualColumns = [
  "measure",
  "segment_type",
  "segment",
  "grain",
  "period_from",
  "period_to",
  "numerator",
  "denominator",
  "value",
  "rows_counted"
] as const satisfies readonly (keyof ActualRow)[];

/**
 * A result that a plan reports, beside what is counted here. The columns of data/reported.*, in this order; null where the
 * document does not say it, or where nothing here counts the same.
 */
export interface ReportedRow {
  readonly milestone: string;
  readonly plan: string;
  readonly title: string;
  /** As the document prints it: "3600000", "80%". */
  readonly claimed: string | null;
  /** How it is meant, in the words of goals, or "about"; null: as it stands. */
  readonly comparator: Comparator | null;
  readonly unit: string | null;
  readonly period: string | null;
  readonly claimed_on: string;
  readonly cite: string;
  readonly measure: string | null;
  /** First and last day of the claim's period; null where it names no days. */
  readonly period_from: string | null;
  readonly period_to: string | null;
  /** Days over which the measure is counted, of a state one day; null with the value. */
  readonly counted_from: string | null;
  readonly counted_to: string | null;
  /** What the measure counts over them. */
  readonly value: number | null;
  /** Why there is no value, in words; null where there is one. */
  readonly reason: string | null;
}

/** One file of a bundle. */
export interface BundleFile {
  /** Relative to the bundle's folder, with forward slashes. */
  readonly path: string;
  readonly contents: string | Uint8Array;
}
