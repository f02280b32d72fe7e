import {type Status, statuses} from "../attainment/contract.ts";
import {changedParts, isFirstData} from "../changes/effects.ts";
import {statusMarks} from "../charts/theme.ts";
import type {Project} from "../config/project.ts";
import {findSegment} from "../config/roster.ts";
import {formatCount, formatCounted, formatDifference, formatValue} from "../format/numbers.ts";
import type {Effect} from "../ledger/contract.ts";
import {textTable} from "./text-table.ts";

/** Rows shown one by one; the others are counted. */
const shownRows = 15;

/** Targets that get their first data are named one by one up to here, then counted by status. */
const namedTargets = 3;

/**
 * What a load changes in the targets, for the one who must answer for published numbers: what has its first data in a
 * line or two, everything else as a table; where a target binds before what is shown beside it, a new status before a
 * restated value.
 */
export function effectLines(effects: readonly Effect[], project: Project): string[] {
  if (effects.length === 0) return ["none changes its status, or the value of days that were counted before"];
  const first = effects.filter(isFirstData);
  const others = effects.filter((effect) => !isFirstData(effect));
  return [...firstDataLines(first), ...tableLines(others, project)];
}

function firstDataLines(effects: readonly Effect[]): string[] {
  const binding = effects.filter((effect) => effect.binding);
  const beside = effects.filter((effect) => !effect.binding);
  const rows = `${formatCounted(beside.length, "row")} of segments`;
  return [
    ...(binding.length === 0
      ? []
      : [`first data for ${formatCounted(binding.length, "target")}: ${targetWords(binding)}`]),
    ...(beside.length === 0
      ? []
      : [`${binding.length === 0 ? `first data for ${rows}` : `and for ${rows} beside`}: ${countWords(beside)}`])
  ];
}

function targetWords(effects: readonly Effect[]): string {
  if (effects.length > namedTargets) return countWords(effects);
  return effects.map(({target, after}) => `${target} ${statusWord(after.status)}`).join(", ");
}

function countWords(effects: readonly Effect[]): string {
  return statuses
    .map((status) => ({status, count: effects.filter(({after}) => after.status === status).length}))
    .filter(({count}) => count > 0)
    .map(({status, count}) => `${formatCount(count)} ${statusWord(status)}`)
    .join(", ");
}

function tableLines(effects: readonly Effect[], project: Project): string[] {
  if (effects.length === 0) return [];
  const ordered = [...effects].sort((a, b) => urgency(a) - urgency(b));
  const rows = ordered.slice(0, shownRows).map((effect) => tableRow(effect, project));
  const head = ["target", "segment", "period", "status", "before", "now", "change", ""];
  const more = effects.length - rows.length;
  return [
    ...textTable(head, rows, [4, 5, 6]).trimEnd().split("\n"),
    ...(more === 0 ? [] : [`and ${formatCount(more)} more; --format json shows all`]),
    "before and now: the value over the days that were counted before"
  ];
}

function urgency(effect: Effect): number {
  return (effect.binding ? 0 : 2) + (changedParts(effect).status ? 0 : 1);
}

function tableRow(effect: Effect, {roster}: Project): string[] {
  const {target, segment_type: type, segment: code, period, unit, before, after} = effect;
  const [was, is] = [statusWord(before.status), statusWord(after.status)];
  const [old, restated] = [before.restated_value, after.restated_value];
  return [
    target,
    findSegment(roster, {type, code})?.name ?? code,
    period,
    was === is ? is : `${was} \u2192 ${is}`,
    formatValue(old, unit),
    formatValue(restated, unit),
    old === null || restated === null ? "" : formatDifference(restated - old, unit),
    besideWords(effect)
  ];
}

/** What moved beside status and value. */
function besideWords(effect: Effect): string {
  const {unit, before, after} = effect;
  const {baseline, days} = changedParts(effect);
  const part = before.baseline_value === after.baseline_value ? "baseline_to_date" : "baseline_value";
  const moved = `${formatValue(before[part], unit)} \u2192 ${formatValue(after[part], unit)}`;
  return [
    ...(baseline ? [`${part === "baseline_value" ? "baseline" : "baseline to date"} ${moved}`] : []),
    ...(days ? [`counted to ${after.through}, before to ${before.through}`] : [])
  ].join("; ");
}

function statusWord(status: string): string {
  const {glyph, word} = statusMarks[status as Status];
  return `${glyph} ${word}`;
}
