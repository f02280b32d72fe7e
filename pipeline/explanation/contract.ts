import type {AttainmentRow, Part} from "../attainment/contract.ts";
import type {DaySet} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {RuleName} from "../status/contract.ts";

/** The whole way of one number, from the user's files and the extracts' rows to its status. */
export interface Explanation {
  readonly row: AttainmentRow;
  readonly definition: DefinitionPart;
  readonly measure: MeasurePart;
  /** SHA-256 of the definitions that were used. */
  readonly definitions: string;
  /** The day asked for; null: the last day covered was taken. */
  readonly asked_through: IsoDate | null;
  /** Last day that every partition of the segment covers; null when nothing is known. */
  readonly known_to: IsoDate | null;
  /** Of a row that counts parts what the measure is over the whole of its days, which no figure of the row is. */
  readonly actual: CountedWindow;
  /** The whole baseline, and its days that answer those counted; null without one and with a stated value. */
  readonly baseline: CountedWindow | null;
  readonly baseline_to_date: CountedWindow | null;
  /** What `every` and `each` count; [] without them. */
  readonly parts: readonly Part[];
  /** Some parts counted again: the first that did not meet the goal or are not known, else the last; [] without parts. */
  readonly part_windows: readonly {readonly part: Part; readonly window: CountedWindow}[];
  /** Loads that decide days of these windows, in the order in which they were loaded. */
  readonly loads: readonly ExplainedLoad[];
  /** In the order in which they are calculated. */
  readonly steps: readonly Step[];
  /** The rules of status in the order in which they were tried; the last one held. */
  readonly rules: readonly {readonly rule: RuleName; readonly when: string; readonly holds: boolean}[];
}

export interface DefinitionPart {
  readonly file: string;
  readonly line: number;
  /** As a person would say it: "a fall of 10% or more", "at most 40". */
  readonly goal: string;
  readonly baseline: string | null;
  readonly pace: string | null;
  /** How an ambiguous milestone was read. */
  readonly reading: string | null;
  readonly citation: Citation | null;
}

/** Where the plan says it. */
export interface Citation {
  readonly plan: string;
  readonly publisher: string;
  readonly published: string;
  readonly goal: string;
  readonly initiative: string | null;
  readonly activity: number | null;
  readonly plan_year: string | null;
  readonly milestone: string;
  readonly title: string;
  /** As the plan prints it, and in full; null where the plan does not say it. */
  readonly owner: string | null;
  readonly owner_name: string | null;
}

export interface MeasurePart {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly source_title: string;
  readonly file: string;
  readonly line: number;
  /** "rows", "sum of injured", "median of the days from applied_on to decided_on". */
  readonly counts: string;
  readonly unit: string;
  /** The column that says which day a row counts for. */
  readonly date: string;
  /** Each in words: "crime_code is one of the list part1 (32 codes)". All must hold. */
  readonly conditions: readonly string[];
  /** Columns that only synthetic extracts have so far. */
  readonly synthetic_columns: readonly string[];
  /** Of a ratio its two measures, numerator first; else []. */
  readonly terms: readonly MeasurePart[];
}

/** A measure over days: its value, how far the days are covered, and a query that gives the same number. */
export interface CountedWindow {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly value: number | null;
  readonly rows: number | null;
  /** Why the value is null: "184 of 365 days". */
  readonly why_null: string | null;
  readonly days: number;
  readonly covered_days: number;
  readonly missing_partitions: readonly string[];
  /** To be pasted into DuckDB, started in the warehouse's folder; null when no load decides any of the days. */
  readonly sql: string | null;
}

export interface ExplainedLoad {
  readonly load: string;
  readonly file: string;
  readonly sha256: string;
  /** When it was loaded, UTC. */
  readonly at: string;
  readonly extracted: IsoDate | null;
  readonly kept: number;
  readonly synthetic: boolean;
  /** Days of the windows that it decides, over all partitions of the segment. */
  readonly decides: DaySet;
}

/** One figure and how it came about. */
export interface Step {
  readonly figure: string;
  /** In names: "baseline_value x (100 - 10) / 100". */
  readonly formula: string;
  /** In numbers: "1,903 x 90 / 100"; null where one of them is not known. */
  readonly calculation: string | null;
  readonly value: number | null;
}
