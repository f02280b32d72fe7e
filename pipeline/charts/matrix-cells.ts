import type {AttainmentRow} from "../attainment/contract.ts";
import {formatPercentChange, formatShare, formatValue, notCalculable} from "../format/numbers.ts";
import type {MatrixInput} from "./contract.ts";
import {isLevelGoal, segmentRows} from "./segment-rows.ts";
import {isComparable, markOf, tooFew} from "./standing.ts";
import type {Mark} from "./theme.ts";

/** What is said of one segment and target. */
export interface MatrixCell {
  readonly row: AttainmentRow;
  readonly mark: Mark;
  /** Of the mark, as people read it; never empty. */
  readonly word: string;
  /** "\u22123.9%", "39%", "4 vs 6", "N.C."; empty where nothing may be compared. */
  readonly figure: string;
  readonly kind: FigureKind;
}

/** What a figure is: a change against the base, a share of the level, two counts too few for a percentage. */
export type FigureKind = "change" | "level" | "counts" | "not_calculable" | "none";

/** A segment or null by target or null: rows of the matrix in the order of the segments. */
export type MatrixCells = readonly (readonly (MatrixCell | null)[])[];

/**
 * Whole rows as cells; a pair without one is null. Rows of segments or targets that are not asked for are left out.
 *
 * @throws Error when a pair has two rows.
 */
export function matrixCells({id, segments, targets, rows}: MatrixInput): MatrixCells {
  const byPair = new Map<string, AttainmentRow>();
  for (const row of rows) {
    if (row.part !== "whole") continue;
    const pair = `${row.segment_type} ${row.segment}, ${row.target}`;
    if (byPair.has(pair)) throw new Error(`chart "${id}": two rows of ${pair}`);
    byPair.set(pair, row);
  }
  return segments.map(({type, code}) =>
    targets.map(({target}) => {
      const row = byPair.get(`${type} ${code}, ${target}`);
      return row === undefined ? null : cellOf(row);
    })
  );
}

function cellOf(row: AttainmentRow): MatrixCell {
  const [segment] = segmentRows([row]);
  const mark = markOf(row);
  return {row, mark, word: mark.word, ...figureOf(row, segment!)};
}

function figureOf(
  row: AttainmentRow,
  {position, figure}: {readonly position: number | null; readonly figure: string}
): Pick<MatrixCell, "figure" | "kind"> {
  if (position !== null) {
    // From twofold on a tenth of a percent says nothing, and takes the room of all other figures.
    const isWide = Math.abs(position) >= 1 && !isLevelGoal(row);
    const shown = isWide ? `${position > 0 ? "+" : ""}${formatShare(position, 0)}` : figure;
    return {figure: shown, kind: isLevelGoal(row) ? "level" : "change"};
  }
  const {actual_value, baseline_to_date, unit} = row;
  const isFew = isComparable(row) && !isLevelGoal(row) && tooFew(row) !== null;
  if (!isFew || actual_value === null || baseline_to_date === null) return {figure: "", kind: "none"};
  if (formatPercentChange(actual_value, baseline_to_date) === notCalculable)
    return {figure: notCalculable, kind: "not_calculable"};
  return {figure: `${formatValue(actual_value, unit)} vs ${formatValue(baseline_to_date, unit)}`, kind: "counts"};
}

/** What the figures are, in words; only kinds that occur. */
export function figureNotes(cells: MatrixCells): string[] {
  const kinds = new Set(cells.flat().map((cell) => cell?.kind));
  return [
    ...(kinds.has("change") ? ["\u22125.0%: change against the baseline"] : []),
    ...(kinds.has("level") ? ["97%: share of the level asked for"] : []),
    ...(kinds.has("counts") ? ["4 vs 6: now and before, too few for a percentage"] : []),
    ...(kinds.has("not_calculable") ? [`${notCalculable}: none before`] : [])
  ];
}
