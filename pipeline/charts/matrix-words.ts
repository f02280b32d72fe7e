import {statuses} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {countedSegments} from "../config/segment-plural.ts";
import {formatCounted} from "../format/numbers.ts";
import type {ChartTable, MatrixInput} from "./contract.ts";
import type {MatrixCell, MatrixCells} from "./matrix-cells.ts";
import {type Mark, standingMarks, statusMarks} from "./theme.ts";

/** A type with more members than this is told target by target, never one by one. */
const fewEnoughToName = 6;

/** More targets than this are told together. */
const fewTargets = 10;

/** Where marks come in a legend and in sentences: standings, then statuses as reports list them. */
const order: readonly Mark[] = [
  standingMarks.ahead,
  standingMarks.behind,
  ...statuses.map((status) => statusMarks[status])
];

/** The marks that occur, each once, with the word that is said of it. */
export function marksIn(cells: readonly MatrixCell[]): {readonly mark: Mark; readonly word: string}[] {
  return order.flatMap((mark) => {
    const cell = cells.find((other) => other.mark === mark);
    return cell === undefined ? [] : [{mark, word: cell.word}];
  });
}

/** The finding in words: how many stand where, small types by name, large ones by target; nobody is ranked. */
export function matrixAltText(
  {segments, targets}: Pick<MatrixInput, "segments" | "targets">,
  cells: MatrixCells
): string {
  const through = cells.flat().flatMap((cell) => (cell === null ? [] : [cell.row.through]));
  const latest = through.sort().at(-1);
  const types = [...new Set(segments.map(({type}) => type))];
  return [
    `Matrix of ${segmentsCounted(segments)} by ${formatCounted(targets.length, "target")}` +
      `${latest === undefined ? "" : `, through ${longDate(latest)}`}.`,
    ...types.flatMap((type) => typeSentence(type, {segments, targets}, cells))
  ].join(" ");
}

/** "1 city, 4 bureaus and 21 Areas" */
function segmentsCounted(segments: MatrixInput["segments"]): string {
  const types = [...new Set(segments.map(({type}) => type))];
  const parts = types.map((type) => countedSegments(segments.filter((one) => one.type === type).length, type));
  return parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function typeSentence(
  type: string,
  {segments, targets}: Pick<MatrixInput, "segments" | "targets">,
  cells: MatrixCells
): string[] {
  const indexes = segments.flatMap((segment, index) => (segment.type === type ? [index] : []));
  const isNamed = indexes.length <= fewEnoughToName;
  const column = (target: number) => indexes.map((index) => cells[index]![target]!);
  const told = isNamed
    ? indexes.map((index) => ({name: `${segments[index]!.name}: `, found: cells[index]!}))
    : targets.length <= fewTargets
      ? targets.map(({title}, target) => ({name: `${title}: `, found: column(target)}))
      : [{name: "", found: indexes.flatMap((index) => cells[index]!)}];
  const phrases = told.map(({name, found}) => ({name, counts: countsOf(found)})).filter(({counts}) => counts !== "");
  if (phrases.length === 0) return [];
  const joined = phrases.map(({name, counts}) => `${name}${counts}`).join("; ");
  const of = countedSegments(indexes.length, type);
  if (isNamed) return [`${joined}.`];
  return [targets.length <= fewTargets ? `Of ${of}, ${joined}.` : `${of} by ${targets.length} targets: ${joined}.`];
}

/** "5 ahead, 2 off track" */
function countsOf(found: readonly (MatrixCell | null)[]): string {
  const cells = found.filter((cell) => cell !== null);
  return marksIn(cells)
    .map(({mark, word}) => `${cells.filter((cell) => cell.mark === mark).length} ${word}`)
    .join(", ");
}

/** A row a segment, a column a target: word and figure; a pair without a row is empty. */
export function matrixTable({segments, targets}: MatrixInput, cells: MatrixCells): ChartTable {
  return {
    columns: [{title: "Where", numeric: false}, ...targets.map(({title}) => ({title, numeric: false}))],
    rows: segments.map(({name}, index) => [
      name,
      ...cells[index]!.map((cell) =>
        cell === null ? "" : [cell.word, cell.figure].filter((part) => part !== "").join(", ")
      )
    ])
  };
}
