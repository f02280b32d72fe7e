import type {AttainmentRow} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {findSegment} from "../config/roster.ts";
import {formatValue} from "../format/numbers.ts";
import {chartBlock} from "./chart-block.ts";
import type {BundleRequest} from "./contract.ts";
import type {Block, Section} from "./page-model.ts";
import {type GoalKey, goalTitle, groupByGoal, groupByInitiative, initiativeTitle} from "./plan-order.ts";
import {changeText, dayRange, flagWords, goalWords, joinWords, sameDays, targetSection} from "./words.ts";

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
      blocks: [],
      sections: byInitiative.flatMap(([initiative, ofInitiative], part) => {
        const sections = ofInitiative.map((row) => targetPage(request, row, targets.get(row.target)!));
        return initiative === null
          ? sections
          : [initiativeSection(request.project, key, initiative, `${id}-${part + 1}`, sections)];
      })
    };
  });
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
  const chart = charts.cumulative.get(row.target);
  const segmentChart = charts.segments.get(row.target);
  const blocks: Block[] = [
    {kind: "text", style: "quiet", text: citation(project, row, target)},
    {kind: "text", style: "lead", text: row.status_reason},
    ...row.flags.map((flag): Block => ({kind: "text", style: "body", text: flagWords(flag)})),
    {kind: "figures", items: figures(row, target)},
    ...(chart === undefined ? [] : [chartBlock(chart)]),
    ...(segmentChart === undefined ? [] : [chartBlock(segmentChart)]),
    ...caveats(project, target)
  ];
  return {id: targetSection(row.target), title: row.title, new_page: false, status: row.status, blocks, sections: []};
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

function figures(row: AttainmentRow, target: ProjectTarget) {
  const {unit} = row;
  const compared = row.baseline_to_date !== null && row.reason_code !== "series_break";
  return [
    {term: "Actual", value: formatValue(row.actual_value, unit), note: `${unit} through ${longDate(row.through)}`},
    ...(row.goal_kind === "track"
      ? []
      : [
          {term: "Expected to date", value: formatValue(row.expected_to_date, unit), note: "by the target's pace"},
          {
            term: "Goal",
            value: formatValue(row.target_value, unit),
            note: `${goalWords(target, row)} by ${longDate(row.period_to)}`
          }
        ]),
    ...(compared
      ? [
          {
            term: "Change",
            value: changeText(row),
            note: `from ${formatValue(row.baseline_to_date, unit)} on ${sameDays(target)}`
          }
        ]
      : [])
  ];
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
