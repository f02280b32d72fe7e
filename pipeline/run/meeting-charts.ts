import type {AttainmentRow} from "../attainment/contract.ts";
import {type BundleCharts, type PageChart, type SegmentPageCharts, segmentKeyOf} from "../bundle/contract.ts";
import {readingsOf} from "../bundle/target-words.ts";
import type {DrawnChart, TrendInput} from "../charts/contract.ts";
import {gapChart} from "../charts/gap.ts";
import {gapGroups} from "../charts/gap-rows.ts";
import {matrixChart} from "../charts/matrix.ts";
import {multiplesChart} from "../charts/multiples.ts";
import {trendChart} from "../charts/trend.ts";
import type {Comparisons, Trend} from "../comparisons/contract.ts";
import type {Project, SegmentKey} from "../config/project.ts";
import type {Report} from "../config/report.ts";
import {findSegment, type Segment} from "../config/roster.ts";
import {segmentWords} from "../config/segment-plural.ts";
import {type Draw, drawnForBoth} from "./drawn-for-both.ts";

/** Charts of the meeting: segments against targets, a measure across all Areas, and those of each segment's page. */
export type MeetingCharts = Pick<BundleCharts, "matrix" | "multiples" | "pages">;

export const noMeetingCharts: MeetingCharts = {matrix: null, multiples: [], pages: new Map()};

/**
 * Draws the charts of a report that compares.
 *
 * @param shown Rows that the report shows: binding ones and those by segment.
 */
export async function meetingCharts(
  project: Project,
  report: Report,
  {rows, trends}: Comparisons,
  shown: readonly AttainmentRow[],
  draw: Draw
): Promise<MeetingCharts> {
  const segments = segmentsOf(project, rows);
  const pages = new Map<string, SegmentPageCharts>();
  if (report.sections.includes("segment-pages")) {
    for (const segment of segments) {
      pages.set(
        segmentKeyOf(segment),
        await pageCharts(project, segment, trends.filter(isOf(segment)), shown.filter(isOf(segment)), draw)
      );
    }
  }
  return {
    matrix: report.sections.includes("comparisons")
      ? await matrixOf(project, finestOf(project, report), segments, shown, draw)
      : null,
    multiples: report.sections.includes("comparisons") ? await multiplesOf(project, report, trends, draw) : [],
    pages
  };
}

async function pageCharts(
  project: Project,
  segment: Segment,
  trends: readonly Trend[],
  rows: readonly AttainmentRow[],
  draw: Draw
): Promise<SegmentPageCharts> {
  const drawn: DrawnChart[] = [];
  // Narrow ones: they stand side by side.
  for (const trend of trends) {
    const one = await draw.chart(trendChart(trendInput(segment, trend), {width: 360}));
    draw.onPaper(one.svg);
    drawn.push(one);
  }
  const asked = rows.filter(({goal_kind}) => goal_kind !== "track");
  const readingOf = readingsOf(project);
  const options = {
    id: `gap-${segmentKeyOf(segment)}`,
    title: `${segment.name}: how far each target has come, of what its pace asks for by now`,
    readingOf
  };
  // Where no target has a place on the scale, the table above says all of it.
  const isDrawn = gapGroups(asked, readingOf).some(({kind}) => kind !== "none");
  return {
    trends: drawn,
    gap: isDrawn ? await drawnForBoth(draw, (width) => gapChart(asked, {...options, width})) : null
  };
}

function trendInput(segment: SegmentKey, trend: Trend): TrendInput {
  return {id: `trend-${segmentKeyOf(segment)}-${trend.measure}`, trend, breaks: breaksOf(trend)};
}

/** The months from which another method counts. */
function breaksOf({months}: Trend): TrendInput["breaks"] {
  return months.flatMap(({month, series}, index) => {
    const before = months[index - 1];
    return before === undefined || before.series === series ? [] : [{month, name: series}];
  });
}

async function matrixOf(
  project: Project,
  finest: string | undefined,
  segments: readonly Segment[],
  rows: readonly AttainmentRow[],
  draw: Draw
): Promise<PageChart | null> {
  const targets = project.targets
    .filter(({target}) => rows.some((row) => row.target === target))
    .map(({target, title}) => ({target, title}));
  if (targets.length === 0) return null;
  const input = {
    id: "matrix",
    title: `Where each ${segmentWords(
      segments.map(({type}) => type),
      "and"
    )} stands on each target`,
    segments: segments.map((segment) => ({
      type: segment.type,
      code: segment.code,
      name: segment.name,
      // The others stand above their own members and need no heading.
      group: segment.type === finest ? groupOf(project, segment) : null
    })),
    targets,
    rows
  };
  return drawnForBoth(draw, (width) => matrixChart(input, {width}));
}

/** Of the finest type of segment that the report shows: one chart a measure. */
async function multiplesOf(
  project: Project,
  report: Report,
  trends: readonly Trend[],
  draw: Draw
): Promise<PageChart[]> {
  const type = finestOf(project, report);
  const charts: PageChart[] = [];
  for (const measure of report.trends) {
    const own = trends.filter((trend) => trend.measure === measure && trend.segment_type === type);
    if (own.length < 2) continue;
    const groups = own.map(({segment_type, segment}) => {
      const found = findSegment(project.roster, {type: segment_type, code: segment});
      return (found === null ? null : groupOf(project, found)) ?? "";
    });
    const input = {
      id: `multiples-${measure}`,
      title: `${own[0]!.title} by month, all on one scale`,
      trends: own,
      groups
    };
    charts.push(await drawnForBoth(draw, (width) => multiplesChart(input, {width})));
  }
  return charts;
}

/** The finest type of segment that the report shows, in whatever order it names them. */
function finestOf({roster}: Project, {segments}: Report): string | undefined {
  return roster.types.filter((type) => segments.includes(type)).at(-1);
}

/** Name of the segment above; null at the root. */
function groupOf({roster}: Project, {parent}: Segment): string | null {
  return parent === null ? null : (findSegment(roster, parent)?.name ?? null);
}

/** In the order of the table. */
function segmentsOf({roster}: Project, rows: Comparisons["rows"]): Segment[] {
  const keys = new Map(
    rows.map(({segment_type, segment}) => [`${segment_type} ${segment}`, {type: segment_type, code: segment}])
  );
  return [...keys.values()].flatMap((key) => findSegment(roster, key) ?? []);
}

function isOf({type, code}: SegmentKey): (one: {readonly segment_type: string; readonly segment: string}) => boolean {
  return ({segment_type, segment}) => segment_type === type && segment === code;
}
