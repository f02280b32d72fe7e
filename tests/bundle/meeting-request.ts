import type {AttainmentRow} from "../../pipeline/attainment/contract.ts";
import {type BundleRequest, type SegmentPageCharts, segmentKeyOf} from "../../pipeline/bundle/contract.ts";
import {addCalendarMonths, earlier, endOfMonthOf} from "../../pipeline/calendar/iso-date.ts";
import {parsePeriod} from "../../pipeline/calendar/period.ts";
import type {MatrixInput} from "../../pipeline/charts/contract.ts";
import {gapChart} from "../../pipeline/charts/gap.ts";
import {matrixChart} from "../../pipeline/charts/matrix.ts";
import {multiplesChart} from "../../pipeline/charts/multiples.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import {trendChart} from "../../pipeline/charts/trend.ts";
import type {
  ChangeKind,
  ComparisonRow,
  Comparisons,
  Trend,
  TrendMonth,
  Windows
} from "../../pipeline/comparisons/contract.ts";
import type {ProjectMeasure} from "../../pipeline/config/project.ts";
import {reportSchema} from "../../pipeline/config/report.ts";
import type {Roster, Segment} from "../../pipeline/config/roster.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import {pair} from "./drawn-request.ts";
import {bundleRequest} from "./fixture.ts";

/**
 * A meeting's bundle of the size of a big department: a city, 4 bureaus, 21 Areas, 14 lines, six targets, and numbers
 * that nobody has to believe. Every kind of change that a table can print is in it.
 */

const areaNames = [
  ["north", ["Hill", "Lake", "Harbor Gate", "Old Town", "Foundry"]],
  ["south", ["South Pier", "Saltmarsh", "77th Row", "Lighthouse"]],
  ["west", ["Orchard", "West LA", "Windmill", "Quarry", "Bayside"]],
  ["east", ["East Station", "Mission Creek", "Clay Pits", "University Heights", "Canal", "Topfield", "N Bridgewater"]]
] as const;

export const meetingRoster: Roster = {
  types: ["city", "bureau", "area"],
  segments: [
    segment("city", "all", "Sample City", null),
    ...areaNames.map(([code]) => segment("bureau", code, `${capital(code)} Bureau`, ["city", "all"])),
    ...areaNames
      .flatMap(([bureau, names]) => names.map((name) => ({bureau, name})))
      .map(({bureau, name}, index) => segment("area", String(index + 1), name, ["bureau", bureau]))
  ]
};

/** Title, whether it totals, incidents of 28 days in the city. */
const lines: readonly (readonly [name: string, title: string, total: boolean, size: number])[] = [
  ["homicide", "Homicide", false, 21],
  ["rape", "Rape", false, 140],
  ["robbery", "Robbery", false, 668],
  ["aggravated_assault", "Aggravated assault", false, 1538],
  ["violent", "Total violent", true, 2367],
  ["burglary", "Burglary", false, 1146],
  ["vehicle_theft", "Motor vehicle theft", false, 1951],
  ["theft_from_vehicle", "Theft from vehicle", false, 2480],
  ["other_theft", "Other theft", false, 2309],
  ["property", "Total property", true, 7886],
  ["part_one", "Total Part I", true, 10253],
  ["collisions", "Traffic collisions", false, 4100],
  ["fatal_collisions", "Fatal collisions", false, 24],
  ["meetings", "Community meetings", false, 61]
];

const trendLines = ["violent", "property", "part_one", "collisions"];

const windows: Windows = {
  current: {from: "2024-03-03", to: "2024-03-30"},
  previous: {from: "2024-02-04", to: "2024-03-02"},
  year_to_date: {from: "2024-01-01", to: "2024-03-30"},
  last_year: {from: "2023-01-01", to: "2023-03-30"},
  two_years_before: {from: "2022-01-01", to: "2022-03-30"}
};

/** @param titles Replaces every title and name, to see what a hostile one does. */
export async function meetingRequest(titles: (title: string) => string = (title) => title): Promise<BundleRequest> {
  const base = bundleRequest(titles);
  const roster: Roster = {
    ...meetingRoster,
    segments: meetingRoster.segments.map((one) => ({...one, name: titles(one.name)}))
  };
  const source = {...base.project.sources.get("incidents")!, reported: "reported_on"};
  const usual = base.project.measures.get("incidents")!;
  const measures = new Map<string, ProjectMeasure>([
    ...base.project.measures,
    ...lines.map(([name, title]): [string, ProjectMeasure] => [name, {...usual, name, title}])
  ]);
  const project = {...base.project, roster, measures, sources: new Map([["incidents", source]])};
  const binding = base.rows.filter((row) => row.binding).slice(0, 6);
  const rows = binding.flatMap((row, index) => [row, ...beside(row, index, roster)]);
  const comparisons = comparisonsOf(roster, titles);
  return {
    ...base,
    project,
    rows,
    comparisons,
    report: reportSchema.parse({
      report: "compstat",
      title: titles("COMPSTAT report"),
      period: "28 days",
      audience: "The meeting",
      segments: ["bureau", "area"],
      sections: [
        "summary",
        {comparisons: {measures: lines.map(([name, , total]) => (total ? {total: name} : name))}},
        {"segment-pages": {trends: trendLines}},
        "data-quality",
        "methods"
      ]
    }),
    period: parsePeriod("28d-2024-03-30", base.project.calendar)!,
    knowledge: {
      ...base.knowledge,
      refusals: [
        {
          source: "incidents",
          file: titles("incidents-2024-03.csv"),
          sha256: "f".repeat(64),
          bytes: 4711,
          definition: "b".repeat(64),
          records: 1204,
          rejected: 14,
          reason: titles("Too many records are rejected, so nothing of the file is kept"),
          code: "too-many-rejects",
          sequence: 2,
          at: "2024-04-02T13:00:00Z"
        }
      ]
    },
    coverages: new Map([["incidents", coverageOf(roster, source, base.knowledge.loads, "America/Los_Angeles")]]),
    charts: {...base.charts, ...(await chartsOf(rows, roster, comparisons.trends))}
  };
}

/** Bureaus see three targets of the city, Areas one: shown, never bound. */
function beside(row: AttainmentRow, index: number, roster: Roster): AttainmentRow[] {
  const types = index === 0 ? ["bureau", "area"] : index < 3 ? ["bureau"] : [];
  return roster.segments
    .filter(({type}) => types.includes(type))
    .map(({type, code, name}, place) => ({
      ...row,
      segment_type: type,
      segment: code,
      segment_name: name,
      binding: false,
      baseline_value: 400,
      baseline_to_date: 300 + place,
      target_value: 360,
      expected_to_date: (300 + place) * 0.9,
      actual_value: 250 + 5 * place,
      change_to_date: (250 + 5 * place) / (300 + place) - 1,
      progress_share: (50 - 4 * place) / ((300 + place) * 0.1),
      status: place % 2 === 0 ? "at_risk" : "on_track",
      status_reason: `Down some (${250 + 5 * place} against ${300 + place}), needs 10%; part of the way.`
    }));
}

function comparisonsOf(roster: Roster, titles: (title: string) => string): Comparisons {
  const rows = roster.segments.flatMap((one, place) =>
    lines.map(([measure, title, total, size], index) =>
      rowOf(one, place, {measure, title: titles(title), total, size}, index)
    )
  );
  const trends = roster.segments.flatMap((one, place) =>
    lines
      .filter(([name]) => trendLines.includes(name))
      .map(([measure, title, , size], index): Trend => {
        const scale = one.type === "city" ? 1 : one.type === "bureau" ? 0.25 : 0.045;
        return {
          measure,
          title: titles(title),
          unit: "incidents",
          better: "lower",
          segment_type: one.type,
          segment: one.code,
          segment_name: one.name,
          target: null,
          months: Array.from({length: 15}, (_, month) => trendMonth(month, size * scale, place + index))
        };
      })
  );
  return {windows, rows, trends};
}

function trendMonth(month: number, size: number, swing: number): TrendMonth {
  const from = addCalendarMonths("2023-01-01", month);
  const wave = (by: number) => Math.round(size * (1.08 + 0.12 * Math.sin((month + by) / 2) + ((swing * by) % 5) / 60));
  return {
    month: from.slice(0, 7),
    from,
    to: earlier(endOfMonthOf(from), "2024-03-30"),
    whole: month < 14,
    value: wave(swing),
    last_year: wave(swing + 3),
    expected: null,
    series: "all"
  };
}

function rowOf(
  {type, code, name}: Segment,
  place: number,
  {measure, title, total, size}: {measure: string; title: string; total: boolean; size: number},
  index: number
): ComparisonRow {
  const scale = type === "city" ? 1 : type === "bureau" ? 0.25 : 0.045;
  const swing = (by: number) => 1 + (((place * 7 + index * 5 + by * 3) % 13) - 6) / 40;
  const count = (days: number, by: number) => Math.round(((size * scale * days) / 28) * swing(by));
  const current = measure === "fatal_collisions" && type === "area" ? place % 3 : count(28, 0);
  const previous = measure === "fatal_collisions" && type === "area" ? 0 : count(28, 1);
  const year = count(90, 2);
  const last = count(89, 3);
  // Nothing older is covered in one bureau, and one line was counted by another method two years before.
  const unknown = code === "east";
  const before = unknown ? null : count(89, 4);
  return {
    measure,
    title,
    unit: "incidents",
    better: measure === "meetings" ? "higher" : "lower",
    total,
    segment_type: type,
    segment: code,
    segment_name: name,
    through: "2024-03-31",
    current_28_days: current,
    previous_28_days: previous,
    ...changed("change_28_days", current, previous),
    year_to_date: year,
    last_year: last,
    ...changed("change_last_year", year, last),
    two_years_before: before,
    ...(measure === "rape"
      ? {change_two_years_before: null, change_two_years_before_kind: "series_break" as const}
      : changed("change_two_years_before", year, before)),
    reason_code: unknown ? "not_covered" : null,
    reason: unknown ? "only 31 of 89 days are covered" : null
  } as ComparisonRow;
}

function changed(name: string, now: number, before: number | null): Record<string, number | ChangeKind | null> {
  const kind: ChangeKind =
    before === null ? "not_known" : before === 0 ? "not_calculable" : before < 10 ? "counts_only" : "percent";
  const known = kind === "percent" || kind === "counts_only";
  return {[name]: known ? now / before! - 1 : null, [`${name}_kind`]: kind};
}

/** The charts of the pages, drawn: the trends of each segment, and the gap of its own targets. */
async function chartsOf(rows: readonly AttainmentRow[], roster: Roster, trends: readonly Trend[]) {
  const pages = new Map<string, SegmentPageCharts>();
  for (const one of roster.segments) {
    const key = segmentKeyOf(one);
    const own = rows.filter(({segment_type, segment}) => segment_type === one.type && segment === one.code);
    const ran = trends.filter(({segment_type, segment}) => segment_type === one.type && segment === one.code);
    const drawn = await Promise.all(
      ran.map((trend) => drawChart(trendChart({id: `trend-${key}-${trend.measure}`, trend, breaks: []}, {width: 360})))
    );
    const gap = await pair((width) =>
      gapChart(own, {id: `gap-${key}`, title: `${one.name}: targets against pace`, width})
    );
    pages.set(key, {trends: drawn, gap});
  }
  const leaves = roster.segments.filter(({type}) => type === "area");
  const matrix: MatrixInput = {
    id: "matrix",
    title: "Segments by targets",
    segments: roster.segments.map(({type, code, name, parent}) => ({
      type,
      code,
      name,
      group: type === "area" ? roster.segments.find((above) => above.code === parent?.code)!.name : null
    })),
    targets: rows.filter(({binding}) => binding).map(({target, title}) => ({target, title})),
    rows
  };
  const multiples = {
    id: "multiples-violent",
    title: "Total violent by month, in each Area",
    trends: trends.filter(({measure, segment_type}) => measure === "violent" && segment_type === "area"),
    groups: leaves.map(({parent}) => roster.segments.find(({code}) => code === parent?.code)!.name)
  };
  return {
    pages,
    matrix: await pair((width) => matrixChart(matrix, {width})),
    multiples: [await pair((width) => multiplesChart(multiples, {width}))],
    gap: await pair((width) =>
      gapChart(
        rows.filter(({binding}) => binding),
        {id: "gap", title: "All targets", width}
      )
    ),
    targets: new Map(),
    timelines: new Map(),
    segments: new Map()
  };
}

function segment(type: string, code: string, name: string, parent: readonly [string, string] | null): Segment {
  const above = parent === null ? null : {type: parent[0], code: parent[1]};
  return {type, code, name, aliases: [], parent: above, valid_from: null, valid_to: null};
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
