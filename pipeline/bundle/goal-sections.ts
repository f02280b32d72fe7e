import type {AttainmentRow} from "../attainment/contract.ts";
import {standingOf} from "../charts/contract.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {findSegment} from "../config/roster.ts";
import {chartBlock} from "./chart-block.ts";
import type {BundleRequest} from "./contract.ts";
import {type Block, plain, type Section, type TableBlock} from "./page-model.ts";
import {type GoalKey, goalKeyOf, goalTitle, groupByGoal, groupByInitiative, initiativeTitle} from "./plan-order.ts";
import {revisedGoals} from "./revised-goals.ts";
import {targetFigures} from "./target-figures.ts";
import {actualCell, readingsOf, spokenRow} from "./target-words.ts";
import {dayRange, flagWords, joinWords, targetSection} from "./words.ts";

/** A section a goal, one under it an initiative, one under that a target; each target with its charts and tables. */
export function goalSections(
  request: BundleRequest,
  binding: readonly AttainmentRow[],
  targets: ReadonlyMap<string, ProjectTarget>
): Section[] {
  return groupByGoal(binding).map(([key, rows], index) => {
    const byInitiative = groupByInitiative(rows);
    const id = `goal-${index + 1}`;
    return {
      id,
      title: goalTitle(request.project, key),
      new_page: true,
      status: null,
      blocks: deadlines(request, key),
      sections: byInitiative.flatMap(([initiative, ofInitiative], part) => {
        const sections = ofInitiative.map((row) => targetPage(request, row, targets.get(row.target)!));
        return initiative === null
          ? sections
          : [initiativeSection(request.project, key, initiative, `${id}-${part + 1}`, sections)];
      })
    };
  });
}

/** What of the goal is due when; nothing where it has no deadline. */
function deadlines({charts}: BundleRequest, key: GoalKey): Block[] {
  const chart = charts.timelines.get(goalKeyOf(key));
  return chart === undefined ? [] : [chartBlock(chart)];
}

function initiativeSection(
  project: Project,
  key: GoalKey,
  initiative: string,
  id: string,
  sections: readonly Section[]
): Section {
  return {id, title: initiativeTitle(project, key, initiative), new_page: false, status: null, blocks: [], sections};
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

/** Columns a target's measure reads that only synthetic extracts have. */
export function syntheticColumns({measures, sources}: Project, target: ProjectTarget): string[] {
  const measure = measures.get(target.measure);
  const columns = measure === undefined ? {} : (sources.get(measure.source)?.columns ?? {});
  return (measure?.columns ?? []).filter((name) => columns[name]?.synthetic === true);
}

function note(text: string): Block {
  return {kind: "text", style: "quiet", text};
}
