import type {AttainmentRow} from "../attainment/contract.ts";
import {standingOf} from "../charts/contract.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {findSegment} from "../config/roster.ts";
import {chartBlock} from "./chart-block.ts";
import type {BundleRequest} from "./contract.ts";
import {type Block, plain, type Section, type TableBlock} from "./page-model.ts";
import {isPlain, plainTable, syntheticColumns} from "./plain-targets.ts";
import {
  type GoalKey,
  goalKeyOf,
  goalSection,
  goalTitle,
  groupByGoal,
  groupByInitiative,
  initiativeTitle
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
  return groupByGoal(binding).map(([key, rows], index) => {
    const id = goalSection(index);
    const parts = groupByInitiative(rows).map(([initiative, own], part) =>
      initiativePart(request, own, targets, {key, initiative, id: `${id}-${part + 1}`})
    );
    const loose = parts.filter(({initiative}) => initiative === null);
    return {
      id,
      title: goalTitle(project, key),
      new_page: true,
      status: null,
      blocks: [...goalCharts(request, key), ...loose.flatMap(({blocks}) => blocks)],
      sections: parts.flatMap(({initiative, ...part}) =>
        initiative === null ? part.sections : [initiativeSection(project, key, initiative, part)]
      )
    };
  });
}

/** How far the goal's targets have come, where the first page has no room for them, and what of it is due when. */
function goalCharts({charts, report}: BundleRequest, key: GoalKey): Block[] {
  const numbersIn = report.sections.includes("scorecard") ? "scorecard" : null;
  const gaps = charts.gaps.get(goalKeyOf(key)) ?? [];
  const timelines = charts.timelines.get(goalKeyOf(key)) ?? [];
  // One alone is short enough to be read in words too; of several the tables of the goal say the same.
  const elsewhere = timelines.length > 1 ? {section: null, text: daysElsewhere} : null;
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

function initiativePart(
  request: BundleRequest,
  rows: readonly AttainmentRow[],
  targets: Targets,
  {key, initiative, id}: {readonly key: GoalKey; readonly initiative: string | null; readonly id: string}
): InitiativePart & {readonly initiative: string | null} {
  const {project} = request;
  const isLine = (row: AttainmentRow) => isPlain(row, targets.get(row.target)!, project);
  const lines = rows.filter(isLine);
  const name = initiative === null ? goalTitle(project, key) : `Initiative ${initiative}`;
  const caption = `${name}: deliverables and counted pieces of work`;
  return {
    initiative,
    id,
    blocks: lines.length === 0 ? [] : [plainTable(request, lines, targets, {id: `plain-${id}`, caption})],
    sections: rows.filter((row) => !isLine(row)).map((row) => targetPage(request, row, targets.get(row.target)!))
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

function targetPage(request: BundleRequest, row: AttainmentRow, target: ProjectTarget): Section {
  const {charts, project} = request;
  const chart = charts.targets.get(row.target);
  const segmentChart = charts.segments.get(row.target);
  const spoken = spokenRow(request, row, target);
  const blocks: Block[] = [
    {kind: "text", style: "quiet", text: citation(project, row, target)},
    {kind: "text", style: "lead", text: row.status_reason},
    ...row.flags.map((flag): Block => ({kind: "text", style: "body", text: flagWords(flag)})),
    {kind: "figures", items: targetFigures(spoken)},
    ...revisedGoals(spoken),
    ...(chart === undefined ? [] : [chartBlock(chart)]),
    ...(segmentChart === undefined ? besideTable(request, row) : [chartBlock(segmentChart)]),
    ...caveats(project, target)
  ];
  return {id: targetSection(row.target), title: row.title, new_page: false, status: row.status, blocks, sections: []};
}

/** Segments that no chart can hold against each other: as many weeks or units as each has, a level that binds none of them. */
function besideTable(request: BundleRequest, {target, title}: AttainmentRow): Block[] {
  const rows = request.rows.filter((row) => row.target === target && !row.binding);
  if (rows.length === 0) return [];
  const readingOf = readingsOf(request.project);
  const table: TableBlock = {
    kind: "table",
    id: `segments-${target}`,
    caption: `${title}: by segment`,
    columns: [
      {title: "Where", numeric: false},
      {title: "Actual", numeric: true},
      {title: "Where it stands", numeric: false}
    ],
    widths: [24, 22, 54],
    narrow: "cards",
    groups: [
      {
        title: null,
        rows: rows.map((row) => [
          plain(row.segment_name),
          actualCell(row, readingOf(row)),
          {status: standingOf(row), text: "", note: row.status_reason, section: null}
        ])
      }
    ]
  };
  return [table];
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
