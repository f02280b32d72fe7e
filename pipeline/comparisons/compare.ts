import type {Actuals, WindowValue} from "../actuals/contract.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import {lastWeekEnd} from "../calendar/period.ts";
import type {Project, ProjectMeasure, SegmentKey} from "../config/project.ts";
import type {Report} from "../config/report.ts";
import type {Segment} from "../config/roster.ts";
import {changeOf} from "./change.ts";
import type {ComparisonRow, Comparisons, Window, Windows} from "./contract.ts";
import {segmentsCompared} from "./segments.ts";
import {type Pace, trendOf} from "./trend.ts";
import {windowsTo} from "./windows.ts";

export interface CompareOptions {
  /** The last day counted in the charts; the table ends on the last day of a week, this one or before it. */
  readonly through: IsoDate;
  /** The pace of a measure in a segment; null where no target asks anything. */
  readonly expectedOf: (measure: string, segment: SegmentKey) => Pace | null;
}

/**
 * Counts every line of a report side by side, for every segment of its types, and its trends by month. A segment
 * without rows has its lines with 0, one that is not covered has them with null and the reason.
 *
 * @param actuals Holds the measures of the report's lines and trends.
 */
export function compare(
  actuals: Actuals,
  project: Project,
  report: Pick<Report, "segments" | "comparisons" | "trends">,
  {through, expectedOf}: CompareOptions
): Comparisons {
  const windows = windowsTo(lastWeekEnd(through, project.calendar));
  const segments = segmentsCompared(project, report, windows.current.to);
  const lines = report.comparisons.map(({measure, total}) => ({measure: measureOf(project, measure), total}));
  const trends = report.trends.map((name) => measureOf(project, name));
  return {
    windows,
    rows: segments.flatMap((segment) =>
      lines.map(({measure, total}) => ({
        ...describe(measure, segment, total),
        ...figures(actuals, measure.name, segment, windows)
      }))
    ),
    trends: segments.flatMap((segment) =>
      trends.map((measure) => {
        const {mature} = project.sources.get(measure.source) ?? {};
        return trendOf(actuals, measure, segment, through, expectedOf(measure.name, segment), mature);
      })
    )
  };
}

function measureOf({measures}: Project, name: string): ProjectMeasure {
  const measure = measures.get(name);
  if (measure === undefined) throw new Error(`no measure "${name}"`);
  return measure;
}

type Description = "measure" | "title" | "unit" | "better" | "total" | "segment_type" | "segment" | "segment_name";

function describe(measure: ProjectMeasure, segment: Segment, total: boolean): Pick<ComparisonRow, Description> {
  return {
    measure: measure.name,
    title: measure.title,
    unit: measure.unit,
    better: measure.better,
    total,
    segment_type: segment.type,
    segment: segment.code,
    segment_name: segment.name
  };
}

function figures(
  actuals: Actuals,
  measure: string,
  segment: SegmentKey,
  windows: Windows
): Omit<ComparisonRow, Description> {
  const counted = ({from, to}: Window) => actuals.over(measure, segment, from, to);
  const values = {
    current: counted(windows.current),
    previous: counted(windows.previous),
    year_to_date: counted(windows.year_to_date),
    last_year: counted(windows.last_year),
    two_years_before: counted(windows.two_years_before)
  };
  const change = (column: keyof Windows, base: keyof Windows) => {
    const series = [windows[column], windows[base]].flatMap(({from, to}) => actuals.series(measure, from, to));
    return changeOf(values[column].value, values[base].value, series);
  };
  const days = change("current", "previous");
  const year = change("year_to_date", "last_year");
  const two = change("year_to_date", "two_years_before");
  return {
    through: windows.current.to,
    current_28_days: values.current.value,
    previous_28_days: values.previous.value,
    change_28_days: days.change,
    change_28_days_kind: days.kind,
    year_to_date: values.year_to_date.value,
    last_year: values.last_year.value,
    change_last_year: year.change,
    change_last_year_kind: year.kind,
    two_years_before: values.two_years_before.value,
    change_two_years_before: two.change,
    change_two_years_before_kind: two.kind,
    ...whyNull(values)
  };
}

/** The columns as reasons begin with them, in the order in which a reason is looked for. */
const columnWords: Readonly<Record<keyof Windows, string>> = {
  current: "in the current 28 days",
  previous: "in the previous 28 days",
  year_to_date: "in the year to date",
  last_year: "in the same days of last year",
  two_years_before: "in the same days two years before"
};

/** Every reason once, with the columns that it empties. */
function whyNull(values: Readonly<Record<keyof Windows, WindowValue>>): Pick<ComparisonRow, "reason_code" | "reason"> {
  const columns = Object.keys(columnWords) as (keyof Windows)[];
  const empty = columns.flatMap((column) => {
    const {reason} = values[column];
    return reason === null ? [] : [{column, reason}];
  });
  const byWords = new Map<string, string[]>();
  for (const {column, reason} of empty) {
    const words =
      reason.code === "column_not_loaded" ? `the loaded extracts lack ${reason.detail}` : coveredWords(reason.detail);
    byWords.set(words, [...(byWords.get(words) ?? []), columnWords[column]]);
  }
  const told = [...byWords].map(([words, where]) =>
    where.length === columns.length ? words : `${where.join(" and ")} ${words}`
  );
  return {reason_code: empty[0]?.reason.code ?? null, reason: told.length === 0 ? null : told.join("; ")};
}

/** "184 of 365 days" and "20 of 21 Areas, Harbor missing" as parts of a sentence; other details are sentences. */
function coveredWords(detail: string): string {
  return detail.replace(/^(\d[\d,]* of \d[\d,]* \w+)(, .* missing)?$/, "only $1 are covered$2");
}
