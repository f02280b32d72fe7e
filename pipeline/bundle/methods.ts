import type {AttainmentRow} from "../attainment/contract.ts";
import {aboutTheSame, type Window} from "../comparisons/contract.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {formatCount, formatCounted, formatShare, smallestPercentBase} from "../format/numbers.ts";
import type {BundleRequest} from "./contract.ts";
import {type Block, type Fact, type Item, plain, type Section, type TableBlock} from "./page-model.ts";
import {syntheticColumns} from "./plain-targets.ts";
import {isLong} from "./plan-order.ts";
import {statusRules} from "./status-rules.ts";
import {dayRange, targetSection} from "./words.ts";

/** How the numbers are made, and by what: enough for a reader to make them again. */
export function methodsSection(
  request: BundleRequest,
  rows: readonly AttainmentRow[],
  targets: ReadonlyMap<string, ProjectTarget>,
  facts: readonly Fact[]
): Section {
  const {project, milepost} = request;
  const shown = [...new Set(rows.map(({target}) => target))].map((id) => targets.get(id)!);
  const blocks: Block[] = [
    {kind: "heading", text: "What the words mean"},
    {kind: "facts", items: words},
    ...comparing(request),
    {kind: "heading", text: "How a status is decided"},
    {kind: "text", style: "body", text: "The first rule that holds decides. Nothing is rounded before it is compared."},
    statusRules(),
    ...(isLong(rows) ? briefReadings(project, rows, targets) : readings(project, shown)),
    ...planCoverage(project),
    {kind: "heading", text: "What this report was made from"},
    {
      kind: "facts",
      items: [
        ...facts,
        {term: "Definitions, SHA-256", value: project.definitions},
        {term: "Made by", value: `milepost ${milepost}`}
      ]
    }
  ];
  return {id: "methods", title: "Methods", new_page: true, status: null, blocks, sections: []};
}

const words: readonly Fact[] = [
  {
    term: "Actual",
    value:
      "What was counted from the first day of the target's period through the last counted day. 0 is none; a " +
      "dash is not known, and the reason is given."
  },
  {
    term: "Baseline",
    value:
      "The same measure over an earlier period, usually the same calendar period a year before. It counts only when " +
      "every one of its days is covered by an extract; it is never scaled up."
  },
  {
    term: "Expected to date",
    value:
      "What the target's pace asks for by the last counted day. A change follows the baseline's own course over the " +
      "year; a level rises evenly, day by day, that of planned work in whole pieces. A share, an average or a stock " +
      "must hold on every day, so that all of it is expected at once."
  },
  {
    term: "Every, each",
    value:
      "A goal for every week (month, shift) or for each unit of the roster is decided for each of them alone: 46 of 47 " +
      "weeks met it. A unit without any record has 0 and keeps its place."
  },
  {
    term: "Due, done",
    value: "What is done after the day on which it was due is missed, and told with the days that it was late."
  },
  {
    term: "Change",
    value:
      "Actual against the same days of the baseline. N.C. (not calculable) stands where the base is 0; with a base " +
      "under 10 only the counts are compared."
  },
  {
    term: "Ahead, behind",
    value: "Actual less expected to date, in the direction that the target asks for."
  }
];

/** How the table of comparisons is made; nothing where the report has none. */
function comparing({comparisons}: BundleRequest): Block[] {
  if (comparisons === null || comparisons.rows.length === 0) return [];
  const {current, previous, year_to_date, last_year, two_years_before} = comparisons.windows;
  const range = ({from, to}: Window) => dayRange(from, to);
  const items: Fact[] = [
    {
      term: "28 days",
      value:
        `Four whole weeks, ${range(current)}: they end on the last day of a week that every extract covers, so that ` +
        `each has as many weekends as the 28 days before, ${range(previous)}.`
    },
    {
      term: "Year to date",
      value:
        `${range(year_to_date)}, against the same dates of last year, ${range(last_year)}, and of the year before that, ` +
        `${range(two_years_before)}. 29 February counts only in the years that have one. Counts are compared as they ` +
        "are, never scaled to the number of days."
    },
    {
      term: "Change",
      value:
        "The current count less the earlier one, in percent of the earlier one, rounded once to one decimal. N.C. (not " +
        "calculable) stands where the earlier count is 0, whatever the current one is. Where it is 1 to " +
        `${smallestPercentBase - 1}, a percentage would say more than the counts do: the difference of the counts stands instead.`
    },
    {
      term: "Better, worse",
      value:
        "Said by what is wanted of the measure, not by the sign of the change: a fall is better where less is wanted. " +
        `Under ${formatShare(aboutTheSame, 0)} neither word stands: a reading aid, not a statistical test. Neither says whether ` +
        "a change is more than chance, and nothing is ranked by them."
    },
    {
      term: "Totals",
      value: "A total is counted from the same records as the lines above it, not added up from printed numbers."
    },
    {
      term: "Not known, not comparable",
      value:
        "A dash stands where a day of the window is not covered by an extract. Counts made by two methods are shown, " +
        "but never held against each other."
    }
  ];
  return [heading("How counts are compared"), {kind: "facts", items}];
}

function readings(project: Project, targets: readonly ProjectTarget[]): Block[] {
  const read = targets.filter(({reading}) => reading !== undefined).map((target) => item(target, target.reading!));
  const synthetic = targets.flatMap((target): Item[] => {
    const columns = syntheticColumns(project, target);
    return columns.length === 0
      ? []
      : [item(target, `reads ${columns.join(", ")}, which only synthetic extracts have`)];
  });
  return [
    ...(read.length === 0
      ? []
      : [heading("How ambiguous milestones were read"), {kind: "items", items: read} as const]),
    ...(synthetic.length === 0
      ? []
      : [heading("Targets that no real extract can measure so far"), {kind: "items", items: synthetic} as const])
  ];
}

/** The same of a long report, as tables. */
function briefReadings(
  project: Project,
  rows: readonly AttainmentRow[],
  targets: ReadonlyMap<string, ProjectTarget>
): Block[] {
  const read = rows.flatMap((row) => {
    const {reading} = targets.get(row.target)!;
    return reading === undefined ? [] : [{row, said: reading}];
  });
  const synthetic = rows.flatMap((row) => {
    const columns = syntheticColumns(project, targets.get(row.target)!);
    return columns.length === 0 ? [] : [{row, said: columns.join(", ")}];
  });
  const table = (id: string, caption: string, said: string, of: typeof read): TableBlock => ({
    kind: "table",
    id,
    caption,
    columns: [
      {title: "Target", numeric: false},
      {title: said, numeric: false}
    ],
    widths: [34, 66],
    narrow: "cards",
    dense: true,
    screen_links: true,
    groups: [
      {
        title: null,
        rows: of.map(({row, said: text}) => [
          {...plain(row.title), note: row.milestone ?? row.target, section: targetSection(row.target)},
          plain(text)
        ])
      }
    ]
  });
  return [
    ...(read.length === 0
      ? []
      : [
          heading("How ambiguous milestones were read"),
          table("readings", "Readings of milestones that could mean more than one thing", "How it was read", read)
        ]),
    ...(synthetic.length === 0
      ? []
      : [
          heading("Targets that no real extract can measure so far"),
          table("synthetic-columns", "Columns that only synthetic extracts have", "Columns", synthetic)
        ])
  ];
}

/** How much of the plan has a number at all: what a reader can't see in a scorecard. */
function planCoverage({plans, targets}: Project): Block[] {
  const texts = plans.map((plan): Block => {
    const measured = plan.milestones.filter(({milestone}) =>
      targets.some((target) => target.milestone?.milestone === milestone && target.plan?.plan === plan.plan)
    ).length;
    const rest = plan.milestones.length - measured;
    const excused =
      rest === 0 ? "" : ` For each of the other ${formatCount(rest)} the list says why it is not measured.`;
    const text =
      `This project's list of ${plan.title} holds ${formatCounted(plan.milestones.length, "milestone")}, and ` +
      `${rest === 0 ? "all of them" : formatCount(measured)} have a target.${excused}${plan.listed === undefined ? "" : ` The list is not the whole plan. ${plan.listed}`}`;
    return {kind: "text", style: "body", text};
  });
  return texts.length === 0 ? [] : [heading("How much of the plan is measured"), ...texts];
}

function item(target: ProjectTarget, text: string): Item {
  return {title: target.title, section: null, status: null, text};
}

function heading(text: string): Block {
  return {kind: "heading", text};
}
