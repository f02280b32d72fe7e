import type {AttainmentRow} from "../attainment/contract.ts";
import {standingOf} from "../charts/contract.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {findSegment} from "../config/roster.ts";
import {formatValue} from "../format/numbers.ts";
import {chartBlock, onTheScreen} from "./chart-block.ts";
import type {BundleRequest, PageChart} from "./contract.ts";
import {type Block, type ChartBlock, plain, type Section, type TableBlock} from "./page-model.ts";
import {isLine, plainTable, syntheticColumns} from "./plain-targets.ts";
import {
  type GoalKey,
  goalKeyOf,
  goalSection,
  goalTitle,
  groupByGoal,
  groupByInitiative,
  initiativeTitle,
  isLong
} from "./plan-order.ts";
import {revisedGoals} from "./revised-goals.ts";
import {targetFigures} from "./target-figures.ts";
import {actualCell, readingsOf, spokenRow} from "./target-words.ts";
import {dayRange, flagWords, joinWords, targetSection} from "./words.ts";

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
    const loose = parts.filter(({initiative}) => initiative === null);
    return {
      id,
      title: goalTitle(project, key),
      // A sheet for each of a dozen small goals would be a dozen empty ones.
      new_page: !isBrief || rows.length >= fewestOfSheet,
      status: null,
      blocks: [...goalCharts(request, key, isBrief), ...loose.flatMap(({blocks}) => blocks)],
      sections: parts.flatMap(({initiative, ...part}) =>
        initiative === null ? part.sections : [initiativeSection(project, key, initiative, part)]
      )
    };
  });
}

/** A goal of fewer targets begins no sheet of its own in a long report. */
const fewestOfSheet = 5;

/** How far the goal's targets have come, where the first page has no room for them, and what of it is due when. */
function goalCharts({charts, report}: BundleRequest, key: GoalKey, isBrief: boolean): Block[] {
  const numbersIn = report.sections.includes("scorecard") ? "scorecard" : null;
  const gaps = charts.gaps.get(goalKeyOf(key)) ?? [];
  const timelines = charts.timelines.get(goalKeyOf(key)) ?? [];
  // One alone is short enough to be read in words too; of several the tables of the goal say the same.
  const elsewhere = timelines.length > 1 || isBrief ? {section: null, text: daysElsewhere} : null;
  return [
    ...gaps.map((chart) => chartBlock(chart, numbersIn)),
    ...timelines.map((chart) => ({...chartBlock(chart), elsewhere}))
  ];
}

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
  const what = lines.some(({status}) => status === "no_data") ? ", and what nothing is known of" : "";
  const caption = `${name}: deliverables and counted pieces of work${what}`;
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
    {kind: "text", style: "quiet", text: citation(project, row, target)},
    {kind: "text", style: "lead", text: row.status_reason},
    ...row.flags.map((flag): Block => ({kind: "text", style: "body", text: flagWords(flag)})),
    // A long report has them in its scorecard.
    {kind: "figures", items: targetFigures(spoken), ...(isBrief ? {screen_only: true} : {})},
    ...revisedGoals(spoken),
    ...(chart === undefined ? [] : [isBrief ? briefBlock(chart) : chartBlock(chart)]),
    ...(segmentChart === undefined ? besideTable(request, row, isBrief) : [segmentBlock(segmentChart, isBrief)]),
    ...caveats(project, target)
  ];
  return {id: targetSection(row.target), title: row.title, new_page: false, status: row.status, blocks, sections: []};
}

/** Of many segments the chart fills a sheet, which a long report has not. */
function segmentBlock(chart: PageChart, isBrief: boolean): ChartBlock {
  if (!isBrief) return chartBlock(chart);
  const block = briefBlock(chart);
  return {...block, screen_only: block.table.rows.length > mostSegmentsPrinted};
}

/** A chart in a long report: two to a sheet of paper, its numbers kept for the screen. */
function briefBlock(chart: PageChart): ChartBlock {
  const block = chartBlock(chart);
  return {...block, elsewhere: onTheScreen, paper_width: Math.min(block.paper_width, briefWidth)};
}

/** Its smallest words are then as small as those of a full one that is only just printed. */
const briefWidth = 0.76;

/** The city and its bureaus. */
const mostSegmentsPrinted = 6;

/** Segments that no chart can hold against each other: as many weeks or units as each has, a level that binds none of them. */
function besideTable(request: BundleRequest, {target, title, segment_name}: AttainmentRow, isBrief: boolean): Block[] {
  const rows = request.rows.filter((row) => row.target === target && !row.binding);
  if (rows.length === 0) return [];
  if (rows.every(({actual_value}) => actual_value === null)) return [note(`${title}, by segment: nothing is known.`)];
  const readingOf = readingsOf(request.project);
  // The reason of each would say that it is not bound, over and over.
  const isBound = rows.some((row) => standingOf(row) !== "tracked");
  const table: TableBlock = {
    kind: "table",
    id: `segments-${target}`,
    caption: `${title}: by segment`,
    columns: [
      {title: "Where", numeric: false},
      {title: "Actual", numeric: true},
      isBound ? {title: "Where it stands", numeric: false} : {title: "Of", numeric: true}
    ],
    widths: isBound ? [24, 22, 54] : [50, 25, 25],
    narrow: "cards",
    dense: !isBound,
    ...(isBrief && rows.length > mostSegmentsPrinted ? {screen_only: true} : {}),
    groups: [
      {
        title: null,
        rows: rows.map((row) => [
          plain(row.segment_name),
          actualCell(row, readingOf(row)),
          isBound
            ? {status: standingOf(row), text: "", note: row.status_reason, section: null}
            : plain(formatValue(row.denominator))
        ])
      }
    ]
  };
  if (table.screen_only === true) return [table, note(`${title}: its segments stand in index.html.`)];
  return isBound ? [table] : [table, note(`Shown only: what is asked, is asked of ${segment_name}.`)];
}

function citation(project: Project, row: AttainmentRow, target: ProjectTarget): string {
  const segment = findSegment(project.roster, target.at)?.name ?? row.segment_name;
  return [
    row.milestone === null ? `Target ${row.target}` : `Milestone ${row.milestone}`,
    row.owner === null ? null : `owner ${row.owner}`,
    `${segment}, ${dayRange(row.period_from, row.period_to)}`
  ]
    .filter((part) => part !== null)
    .join(" \u00b7 ");
}

/** What a careful reader must know beside the number: how the milestone was read, which columns are made up. */
function caveats(project: Project, target: ProjectTarget): Block[] {
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

function note(text: string): Block {
  return {kind: "text", style: "quiet", text};
}
