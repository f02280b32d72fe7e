import {tmpdir} from "node:os";
import type {AttainmentRow} from "../../pipeline/attainment/contract.ts";
import type {BundleRequest, PageChart} from "../../pipeline/bundle/contract.ts";
import {parsePeriod} from "../../pipeline/calendar/period.ts";
import type {DrawnChart} from "../../pipeline/charts/contract.ts";
import type {Project, ProjectMeasure, ProjectSource, ProjectTarget} from "../../pipeline/config/project.ts";
import {reportSchema} from "../../pipeline/config/report.ts";
import {resolveTarget} from "../../pipeline/config/resolve-target.ts";
import type {Roster, Segment} from "../../pipeline/config/roster.ts";
import {settingsSchema} from "../../pipeline/config/settings.ts";
import {sourceSchema} from "../../pipeline/config/source.ts";
import {targetSchema} from "../../pipeline/config/target.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import type {Knowledge, Receipt} from "../../pipeline/ledger/contract.ts";

/** A small invented plan: every status that a report can print, numbers that nobody has to believe. */

const hash = (digit: string) => digit.repeat(64);

const segments: Segment[] = [
  segment("city", "all", "Sample City", null),
  segment("bureau", "north", "North Bureau", ["city", "all"]),
  segment("bureau", "south", "South Bureau", ["city", "all"]),
  segment("area", "1", "Hill", ["bureau", "north"]),
  segment("area", "2", "Lake", ["bureau", "north"]),
  segment("area", "3", "Harbor Gate", ["bureau", "south"])
];

const roster: Roster = {segments, types: ["city", "bureau", "area"]};

const settings = settingsSchema.parse({
  title: "Sample City Plan 2023-2025",
  notice: "An invented plan, issued by nobody.",
  time_zone: "America/Los_Angeles",
  calendar: {
    week_starts: "sunday",
    fiscal_year_starts: "07-01",
    plan_years: {"2023-2024": {from: "2023-07-01", to: "2024-06-30"}}
  },
  paths: {inbox: "inbox", warehouse: "warehouse", out: "out"},
  segments: "seeds/segments.csv"
});

const source: ProjectSource = {
  ...sourceSchema.parse({
    source: "incidents",
    title: "Incidents, one row a report",
    files: ["incidents-*.csv"],
    delivery: "period",
    partition: ["area"],
    covers: {from: "rows"},
    date: "occurred_on",
    columns: {
      incident_id: {from: "ID", type: "text", required: true},
      occurred_on: {from: "Date", type: "date", formats: ["yyyy-MM-dd"], required: true},
      area: {from: "Area", segment: "area", required: true},
      near_school: {from: "Near School", type: "boolean", synthetic: true}
    }
  }),
  origin: {file: "sources/incidents.yaml", line: 1}
};

const measure: ProjectMeasure = {
  name: "incidents",
  source: "incidents",
  aggregate: {kind: "rows", date: null},
  shape: "flow",
  columns: [],
  title: "Incidents",
  count: "rows",
  where: {},
  nature: "outcome",
  better: "lower",
  unit: "incidents"
};

const measures = new Map<string, ProjectMeasure>([
  ["incidents", measure],
  [
    "school_incidents",
    {...measure, name: "school_incidents", title: "Incidents near schools", columns: ["near_school"]}
  ],
  ["meetings", {...measure, name: "meetings", title: "Meetings", nature: "output", better: "higher", unit: "meetings"}]
]);

const plan: Project["plans"][number] = {
  plan: "sample-plan",
  title: "Sample City Plan",
  publisher: "Sample City",
  published: "2023",
  goals: [
    {
      goal: "1",
      title: "Fewer incidents",
      initiatives: [
        {initiative: "A", title: "On the streets"},
        {initiative: "B", title: "Near schools"}
      ]
    },
    {goal: "2", title: "More presence", initiatives: [{initiative: "A", title: "Meetings"}]}
  ],
  milestones: []
};

interface Wanted {
  id: string;
  goal: string;
  initiative: string;
  title: string;
  measure: string;
  asks: Record<string, unknown>;
  row: Partial<AttainmentRow>;
  reading?: string;
}

export const wanted: readonly Wanted[] = [
  {
    id: "g1.a.1",
    goal: "1",
    initiative: "A",
    title: "Street robberies down 10%",
    measure: "incidents",
    asks: {goal: {change: "-10%"}, baseline: {period: "previous"}, by_segment: ["bureau", "area"]},
    row: {
      ...change(1903, 1440, 1712.7, 1296, 1401),
      status: "at_risk",
      status_reason: "Down 2.7%, needs 10%; 27% of the way. 1,401 incidents, 1,296 expected by 31 March 2024."
    }
  },
  {
    id: "g1.a.2",
    goal: "1",
    initiative: "A",
    title: "Burglaries from homes down 5%",
    measure: "incidents",
    asks: {goal: {change: "-5%"}, baseline: {period: "previous"}},
    row: {
      ...change(8200, 6100, 7790, 5795, 6412),
      status: "off_track",
      status_reason: "Up 5.1%, needs a fall of 5%. 6,412 incidents, 5,795 expected by 31 March 2024."
    }
  },
  {
    id: "g1.a.3",
    goal: "1",
    initiative: "A",
    title: "Vehicle thefts down 3%",
    measure: "incidents",
    asks: {goal: {change: "-3%"}, baseline: {period: "previous"}},
    row: {
      ...change(20111, 15033, 19507.67, 14582.01, 14004),
      status: "on_track",
      status_reason: "Down 6.8%, needs 3%. 14,004 incidents, 14,582 expected by 31 March 2024.",
      flags: ["provisional"]
    }
  },
  {
    id: "g1.b.1",
    goal: "1",
    initiative: "B",
    title: "At most 12 serious incidents near schools in the plan year, counted within 500 feet of the grounds",
    measure: "school_incidents",
    asks: {goal: {at_most: 12}},
    reading: "The milestone names no distance: 500 feet are read. It could also mean the grounds alone.",
    row: {
      goal_kind: "at_most",
      target_value: 12,
      actual_value: 13,
      expected_to_date: 9.02,
      gap: 3.98,
      attainment_ratio: 0.6938,
      status: "missed",
      status_reason: "13 incidents are more than the 12 allowed for the whole period."
    }
  },
  {
    id: "g1.b.2",
    goal: "1",
    initiative: "B",
    title: "Threats to schools down 10%",
    measure: "school_incidents",
    asks: {goal: {change: "-10%"}, baseline: {period: "previous"}},
    row: {
      ...change(6, 4, 5.4, 3.6, 5),
      status: "too_early",
      status_reason: "Too early: 3.6 expected by now, fewer than 5."
    }
  },
  {
    id: "g2.a.1",
    goal: "2",
    initiative: "A",
    title: "At least 48 neighborhood meetings",
    measure: "meetings",
    asks: {goal: {at_least: 48}},
    row: {
      goal_kind: "at_least",
      unit: "meetings",
      better: "higher",
      target_value: 48,
      actual_value: 51,
      expected_to_date: 36,
      gap: 15,
      attainment_ratio: 1.4167,
      status: "met",
      status_reason: "51 meetings reach the 48 promised."
    }
  },
  {
    id: "g2.a.2",
    goal: "2",
    initiative: "A",
    title: "Meetings with schools up 20%",
    measure: "meetings",
    asks: {goal: {change: "+20%"}, baseline: {period: "previous"}},
    row: {
      goal_kind: "change",
      unit: "meetings",
      better: "higher",
      status: "no_data",
      reason_code: "baseline_not_covered",
      status_reason: "No baseline: 184 of 366 days of it are covered."
    }
  },
  {
    id: "g2.a.3",
    goal: "2",
    initiative: "A",
    title: "Walk-in visits, watched",
    measure: "meetings",
    asks: {goal: {track: true}},
    row: {
      goal_kind: "track",
      unit: "visits",
      better: "none",
      actual_value: 4021,
      status: "tracked",
      status_reason: "4,021 visits so far; no goal is set."
    }
  }
];

/** @param titles Replaces every title, to see what a hostile one does. */
export function bundleRequest(titles: (title: string) => string = (title) => title): BundleRequest {
  const targets = wanted.map((one): ProjectTarget => targetOf(one, titles));
  const milestones = targets.map(({milestone}) => milestone!);
  const fullPlan = {...plan, milestones};
  const project: Project = {
    directory: "/nowhere",
    files: [],
    definitions: hash("d"),
    settings,
    calendar: settings.calendar,
    roster,
    codeLists: new Map(),
    references: new Map(),
    sources: new Map([["incidents", source]]),
    measures,
    targets: targets.map((target) => ({...target, plan: fullPlan})),
    plans: [fullPlan],
    reports: new Map()
  };
  const rows = wanted.map((one) => bindingRow(one, titles));
  const shown = [rows[0]!, ...segmentRows(rows[0]!), ...rows.slice(1)];
  const charts = new Map(rows.map((row) => [row.target, stubPair(`cumulative-${row.target}`, row.title)]));
  return {
    project,
    report: reportSchema.parse({
      report: "quarterly",
      title: titles("Quarterly report"),
      period: "quarter",
      audience: "Management",
      sections: ["summary", "scorecard", "goal-pages", "data-quality", "methods"]
    }),
    period: parsePeriod("2024-Q1", settings.calendar)!,
    through: "2024-03-31",
    edition: "internal",
    issue: null,
    rows: shown,
    data: () => shown.map((row) => ({...row, verdict: null})),
    knowledge,
    coverages: new Map([["incidents", coverageOf(roster, source, knowledge.loads, "America/Los_Angeles")]]),
    knowledge_sha256: hash("e"),
    comparisons: null,
    registered: null,
    reported: [],
    png: false,
    goals: new Map(),
    charts: {
      targets: charts,
      timelines: new Map(),
      gaps: new Map(),
      segments: new Map(),
      gap: stubPair("gap", "All targets against their pace"),
      matrix: null,
      multiples: [],
      pages: new Map()
    },
    actuals: () => [
      {
        measure: "incidents",
        segment_type: "city",
        segment: "all",
        grain: "month",
        period_from: "2024-01-01",
        period_to: "2024-01-31",
        numerator: null,
        denominator: null,
        value: 158,
        rows_counted: 158
      }
    ],
    milepost: "0.1.0",
    scratch: tmpdir()
  };
}

function targetOf({id, goal, initiative, title, measure, asks, reading}: Wanted, titles: (title: string) => string) {
  const parsed = targetSchema.parse({target: id, title: titles(title), measure, period: "2023-2024", ...asks});
  return {
    ...parsed,
    ...resolveTarget(parsed, settings.calendar, new Map(), null)!,
    ...(reading === undefined ? {} : {reading}),
    origin: {file: "targets/sample.yaml", line: 1},
    at: {type: "city", code: "all"},
    milestone: {milestone: id, goal, initiative, activity: 1, plan_year: "2023-2024", owner: "Operations", title},
    plan
  };
}

function bindingRow(
  {id, goal, initiative, title, measure, row}: Wanted,
  titles: (title: string) => string
): AttainmentRow {
  return {...emptyRow, target: id, milestone: id, goal, initiative, title: titles(title), measure, ...row};
}

const emptyRow: AttainmentRow = {
  target: "",
  milestone: null,
  plan: "sample-plan",
  goal: null,
  initiative: null,
  activity: 1,
  owner: "Operations",
  title: "",
  measure: "",
  unit: "incidents",
  better: "lower",
  goal_kind: "change",
  segment_type: "city",
  segment: "all",
  segment_name: "Sample City",
  part: "whole",
  binding: true,
  period: "2023-2024",
  period_from: "2023-07-01",
  period_to: "2024-06-30",
  due_on: null,
  done_on: null,
  through: "2024-03-31",
  as_of: "2024-04-12T16:30:00Z",
  series: "all",
  baseline_value: null,
  baseline_to_date: null,
  target_value: null,
  original_target_value: null,
  actual_value: null,
  numerator: null,
  denominator: null,
  expected_to_date: null,
  change_to_date: null,
  progress_share: null,
  gap: null,
  attainment_ratio: null,
  probability: null,
  projected_value: null,
  projected_low: null,
  projected_high: null,
  status: "no_data",
  original_status: "no_data",
  reason_code: null,
  status_reason: "",
  flags: [],
  rows_counted: null
};

function change(
  base: number,
  baseToDate: number,
  target: number,
  expected: number,
  actual: number
): Partial<AttainmentRow> {
  return {
    goal_kind: "change",
    baseline_value: base,
    baseline_to_date: baseToDate,
    target_value: target,
    expected_to_date: expected,
    actual_value: actual,
    change_to_date: actual / baseToDate - 1,
    progress_share: (actual - baseToDate) / (expected - baseToDate),
    gap: actual - expected
  };
}

function segmentRows(binding: AttainmentRow): AttainmentRow[] {
  return segments.slice(1).map(({type, code, name}, index) => ({
    ...binding,
    ...change(400 + index, 300 + index, 360 + index, 270 + index, 255 + 13 * index),
    segment_type: type,
    segment: code,
    segment_name: name,
    binding: false
  }));
}

const receipt: Receipt = {
  file: "incidents-2023.csv",
  source: "incidents",
  sha256: hash("a"),
  outcome: "loaded",
  load: "aaaaaaaaaaaa",
  records: 12004,
  kept: 12001,
  rejected: 3,
  rejects_by_reason: {unreadable_value: 2, unknown_segment: 1},
  covered: [],
  months: [],
  closed: [],
  columns: {mapped: [], missing: [], unknown: []},
  drift: {added: [], gone: [], moved: [], renamed: []},
  moved_keys: 0,
  checks: [],
  approved: null,
  effects: null,
  diagnostics: [
    {
      code: "unreadable-value",
      severity: "warning",
      place: null,
      message: 'Column "Date" holds 2 values that are no date'
    }
  ]
};

const load: Knowledge["loads"][number] = {
  id: "aaaaaaaaaaaa",
  source: "incidents",
  file: "incidents-2023.csv",
  sha256: hash("a"),
  bytes: 812345,
  definition: hash("b"),
  rows_file: "facts/aaaaaaaaaaaa.parquet",
  rows_sha256: hash("c"),
  extracted: "2024-04-01",
  covered: ["1", "2", "3"].map((partition) => ({partition, days: [["2022-07-01", "2024-03-31"]]})),
  columns: ["incident_id", "occurred_on", "area"],
  kept: 12001,
  synthetic: true,
  covers_said: null,
  replaces: null,
  sequence: 1,
  at: "2024-04-12T16:30:00Z",
  receipt
};

const knowledge: Knowledge = {
  loads: [load],
  refusals: [],
  retracted: [],
  as_of: "2024-04-12T16:30:00Z",
  definitions: hash("d")
};

function segment(type: string, code: string, name: string, parent: readonly [string, string] | null): Segment {
  return {
    type,
    code,
    name,
    aliases: [],
    parent: parent === null ? null : {type: parent[0], code: parent[1]},
    valid_from: null,
    valid_to: null
  };
}

function stubPair(id: string, title: string): PageChart {
  return {wide: stubChart(id, title), narrow: stubChart(`${id}-narrow`, title)};
}

function stubChart(id: string, title: string): DrawnChart {
  return {
    id,
    title,
    alt_text: `Line chart: ${title}.`,
    spec: {mark: "line", data: {values: []}} as DrawnChart["spec"],
    table: {
      columns: [
        {title: "Month", numeric: false},
        {title: "Actual", numeric: true}
      ],
      rows: [
        ["July 2023", "120"],
        ["August 2023", "244"]
      ]
    },
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 200" width="720" height="200" role="img" aria-label="stub">` +
      `<path d="M20 180L700 20" stroke="#004488" fill="none"/><text x="20" y="20" font-family="Public Sans" font-size="12">stub</text></svg>`
  };
}
