import type {AttainmentRow} from "../attainment/contract.ts";
import {standingOf} from "../charts/contract.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {findSegment} from "../config/roster.ts";
import {joinWords} from "../format/lists.ts";
import {formatValue} from "../format/numbers.ts";
import {chartBlock, halfSheet, narrowBlock, onTheScreen} from "./chart-block.ts";
import type {BundleRequest, PageChart} from "./contract.ts";
import {type Block, type ChartBlock, plain, type Section, type TableBlock, type TextBlock} from "./page-model.ts";
import {isLine, isSeldom, plainTable, syntheticColumns} from "./plain-targets.ts";
import {
  type GoalKey,
  goalKeyOf,
  goalName,
  goalSection,
  goalTitle,
  groupByGoal,
  groupByInitiative,
  initiativeTitle,
  isLong,
  otherPlan
} from "./plan-order.ts";
import {revisedGoals} from "./revised-goals.ts";
import {targetFigures} from "./target-figures.ts";
import {actualCell, readingsOf, spokenRow} from "./target-words.ts";
import {capital, dayRange, flagWords, targetSection} from "./words.ts";

type Targets = ReadonlyMap<string, ProjectTarget>;

/**
 * A section a goal, one under it an initiative: plain targets in a table, each other one in a section with its charts and
 * tables.
 */
export function goalSections(request: BundleRequest, binding: readonly AttainmentRow[], targets: Targets): Section[] {
  const {project} = request;
  const isBrief = isLong(binding);
  return groupByGoal(binding).map(([key, rows], index) => {
    const id = goalSection(index);
    const parts = groupByInitiative(rows).map(([initiative, own], part) =>
      initiativePart(request, own, targets, {key, initiative, id: `${id}-${part + 1}`, isBrief})
    );
    const other = otherPlan(project, key);
    const loose = parts.filter(({initiative}) => initiative === null);
    return {
      id,
      title: goalTitle(project, key),
      ...(other === null ? {} : {listed: {under: other, as: goalName(project, key)}}),
      // A sheet for each of a dozen small goals would be a dozen empty ones.
      new_page: !isBrief || rows.length >= fewestOfSheet,
      status: null,
      blocks: [
        ...(isBrief && rows.length >= fewestOfSheet ? [leftOut] : []),
        ...goalCharts(request, key, isBrief),
        ...loose.flatMap(({blocks}) => blocks)
      ],
      sections: parts.flatMap(({initiative, ...part}) =>
        initiative === null ? part.sections : [initiativeSection(project, key, initiative, part)]
      )
    };
  });
}

/** A goal of fewer targets begins no sheet of its own in a long report. */
const fewestOfSheet = 5;

/** Said once a goal, and not under each chart. */
const leftOut: Block = {
  kind: "text",
  style: "quiet",
  text: "The numbers of each chart, and where each Area and bureau stands, are in index.html, which comes with this paper.",
  paper_only: true
};

/** How far the goal's targets have come, where the first page has no room for them, and what of it is due when. */
function goalCharts({charts, report}: BundleRequest, key: GoalKey, isBrief: boolean): Block[] {
  const numbersIn = report.sections.includes("scorecard") ? "scorecard" : null;
  const gaps = charts.gaps.get(goalKeyOf(key)) ?? [];
  const timelines = charts.timelines.get(goalKeyOf(key)) ?? [];
  // One alone is short enough to be read in words too; of several the tables of the goal say the same.
  const elsewhere = timelines.length > 1 || isBrief ? {section: null, text: daysElsewhere} : null;
  return [
    ...gaps.map((chart) => {
      const block = chartBlock(chart, numbersIn);
      return isBrief ? {...block, paper_width: Math.min(block.paper_width, underTitle)} : block;
    }),
    ...timelines.map((chart) => ({...chartBlock(chart), elsewhere}))
  ];
}

/** So wide a full one stands under the title of its goal, and not behind an empty sheet. */
const underTitle = 0.88;

const daysElsewhere = "The days of this chart stand with the targets of this goal.";

/** What of an initiative is told, whether or not it has a section of its own. */
interface InitiativePart {
  readonly id: string;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

interface InitiativeOf {
  readonly key: GoalKey;
  readonly initiative: string | null;
  readonly id: string;
  /** Whether what is to be looked up and not to be read is kept for the screen. */
  readonly isBrief: boolean;
}

function initiativePart(
  request: BundleRequest,
  rows: readonly AttainmentRow[],
  targets: Targets,
  {key, initiative, id, isBrief}: InitiativeOf
): InitiativePart & {readonly initiative: string | null} {
  const {project} = request;
  const isOwnLine = (row: AttainmentRow) => isLine(request, row, targets.get(row.target)!, isBrief);
  const lines = rows.filter(isOwnLine);
  const name = initiative === null ? goalTitle(project, key) : `Initiative ${initiative}`;
  const kinds = [
    "deliverables",
    "counted pieces of work",
    ...(lines.some(({target}) => isSeldom(targets.get(target)!, project)) ? ["what is asked a few times"] : []),
    ...(lines.some(({status}) => status === "no_data") ? ["what nothing is known of"] : [])
  ];
  const caption = `${name}: ${joinWords(kinds)}`;
  return {
    initiative,
    id,
    blocks: lines.length === 0 ? [] : [plainTable(request, lines, targets, {id: `plain-${id}`, caption})],
    sections: rows
      .filter((row) => !isOwnLine(row))
      .map((row) => targetPage(request, row, targets.get(row.target)!, isBrief))
  };
}

function initiativeSection(
  project: Project,
  key: GoalKey,
  initiative: string,
  {id, blocks, sections}: InitiativePart
): Section {
  return {id, title: initiativeTitle(project, key, initiative), new_page: false, status: null, blocks, sections};
}

function targetPage(request: BundleRequest, row: AttainmentRow, target: ProjectTarget, isBrief: boolean): Section {
  const {charts, project} = request;
  const chart = charts.targets.get(row.target);
  const segmentChart = charts.segments.get(row.target);
  const spoken = spokenRow(request, row, target);
  const blocks: Block[] = [
    {kind: "text", style: "quiet", text: citation(project, row, target, isBrief)},
    {kind: "text", style: "lead", text: row.status_reason},
    ...row.flags.map((flag): Block => ({kind: "text", style: "body", text: flagWords(flag)})),
    // A long report has them in its scorecard.
    {kind: "figures", items: targetFigures(spoken), ...(isBrief ? {screen_only: true} : {})},
    ...revisedGoals(spoken),
    ...(chart === undefined ? [] : [underTarget(row, isBrief ? briefBlock(chart) : chartBlock(chart))]),
    ...(segmentChart === undefined
      ? besideTable(request, row, isBrief)
      : [underTarget(row, segmentBlock(segmentChart, isBrief))]),
    // A long report has them on paper in tables, together.
    ...caveats(project, target).map((block) => (isBrief ? {...block, screen_only: true} : block))
  ];
  const id = targetSection(row.target);
  const compact = isBrief ? {compact: true} : {};
  return {id, title: row.title, new_page: false, status: row.status, blocks, sections: [], ...compact};
}

/** Under the target's own title a chart does not say it again: "Every month, each Area, Los Angeles". */
function underTarget({title}: AttainmentRow, block: ChartBlock): ChartBlock {
  const own = `${title}: `;
  return block.title.startsWith(own) ? {...block, title: capital(block.title.slice(own.length))} : block;
}

/** Of many segments the chart fills a sheet, which a long report has not. */
function segmentBlock(chart: PageChart, isBrief: boolean): ChartBlock {
  if (!isBrief) return chartBlock(chart);
  const block = briefBlock(chart);
  return {...block, screen_only: block.table.rows.length > mostSegmentsPrinted};
}

/**
 * A chart in a long report, its numbers kept for the screen: its narrow drawing alone, in half a sheet and beside the words,
 * where that is no tower.
 */
function briefBlock(chart: PageChart): ChartBlock {
  const {svg} = chart.narrow;
  const width = isCut(chart) ? 0 : halfSheet(svg);
  if (width > 0)
    return {...narrowBlock(chart.narrow, onTheScreen), paper_width: width, narrow_on_paper: true, tall: false};
  const block = chartBlock(chart);
  return {...block, elsewhere: onTheScreen, paper_width: Math.min(block.paper_width, briefWidth)};
}

/** Whether names are cut in the narrow drawing that the wide one has whole. Most are not, and spare us the wide one for now. */
function isCut(chart: PageChart): boolean {
  return chart.narrow.svg.includes("\u2026") && !chart.wide.svg.includes("\u2026");
}

/** Across both columns its smallest words are as small as those of a full one that is only just printed. */
const briefWidth = 0.76;

/** The city and its bureaus. */
const mostSegmentsPrinted = 6;

/** Segments that no chart can hold against each other: as many weeks or units as each has, a level that binds none of them. */
function besideTable(request: BundleRequest, {target, segment_name}: AttainmentRow, isBrief: boolean): Block[] {
  const rows = request.rows.filter((row) => row.target === target && !row.binding);
  if (rows.length === 0) return [];
  if (rows.every(({actual_value}) => actual_value === null)) return [note("By segment nothing is known.")];
  const readingOf = readingsOf(request.project);
  // The reason of each would say that it is not bound, over and over.
  const isBound = rows.some((row) => standingOf(row) !== "tracked");
  // What is the same of all is said of the target already.
  const isSame = rows.every(({status_reason}) => status_reason === rows[0]!.status_reason);
  const table: TableBlock = {
    kind: "table",
    id: `segments-${target}`,
    caption: "By segment",
    columns: [
      {title: "Where", numeric: false},
      {title: "Actual", numeric: true},
      isBound ? {title: "Where it stands", numeric: false} : {title: "Of", numeric: true}
    ],
    widths: isBound && !isSame ? [24, 22, 54] : [44, 22, 34],
    narrow: "cards",
    dense: !isBound || isSame,
    ...(isBrief && rows.length > mostSegmentsPrinted ? {screen_only: true} : {}),
    groups: [
      {
        title: null,
        rows: rows.map((row) => [
          plain(row.segment_name),
          actualCell(row, readingOf(row)),
          isBound
            ? {status: standingOf(row), text: "", note: isSame ? null : row.status_reason, section: null}
            : plain(formatValue(row.denominator))
        ])
      }
    ]
  };
  if (table.screen_only === true) return [table, note("Its segments stand in index.html.")];
  return isBound ? [table] : [table, note(`Shown only: what is asked, is asked of ${segment_name}.`)];
}

function citation(project: Project, row: AttainmentRow, target: ProjectTarget, isBrief: boolean): string {
  const segment = findSegment(project.roster, target.at)?.name ?? row.segment_name;
  // In half a sheet it is one line; the place stands over the chart.
  const isYear = isBrief && /^\d{4}(?:-\d{4})?$/.test(target.period.name);
  const span = isYear ? target.period.name : `${segment}, ${dayRange(row.period_from, row.period_to)}`;
  return [
    row.milestone === null ? `Target ${row.target}` : `Milestone ${row.milestone}`,
    row.owner === null ? null : `owner ${row.owner}`,
    span
  ]
    .filter((part) => part !== null)
    .join(" \u00b7 ");
}

/** What a careful reader must know beside the number: how the milestone was read, which columns are made up. */
function caveats(project: Project, target: ProjectTarget): TextBlock[] {
  const columns = syntheticColumns(project, target);
  return [
    ...(target.reading === undefined ? [] : [note(`How the milestone was read: ${target.reading}`)]),
    ...(columns.length === 0
      ? []
      : [
          note(
            `No real extract has the ${columns.length === 1 ? "column" : "columns"} ${joinWords(columns)} so far: ` +
              "this number exists for synthetic data only."
          )
        ])
  ];
}

function note(text: string): TextBlock {
  return {kind: "text", style: "quiet", text};
}
