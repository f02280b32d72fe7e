import type {Diagnostic, Severity} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {type CheckOutcome, failsAsWhole} from "./checks.ts";
import type {FoundPlace, UnreadCell} from "./places.ts";
import {shownValue} from "./rejects.ts";
import type {StageColumn} from "./stage.ts";

/** The first places of the checks that warn or refuse: gathered cell by cell, then told, a complaint a check. */
export class CheckPlaces {
  /** Whose places are wanted. */
  readonly cells: readonly UnreadCell[];
  readonly #failing: readonly {readonly outcome: CheckOutcome; readonly cells: readonly UnreadCell[]}[];
  readonly #found = new Map<UnreadCell, FoundPlace>();
  readonly #columns: readonly StageColumn[];
  readonly #file: string;

  /** @param file How messages name the extract. */
  constructor(outcomes: readonly CheckOutcome[], columns: readonly StageColumn[], file: string) {
    this.#columns = columns;
    this.#file = file;
    this.#failing = outcomes.filter(isToldHere).map((outcome) => ({outcome, cells: cellsOf(outcome, columns)}));
    this.cells = this.#failing.flatMap(({cells}) => cells);
  }

  /** @returns Whether the cell is one of a check's. */
  found(cell: UnreadCell, place: FoundPlace): boolean {
    if (!this.cells.includes(cell)) return false;
    this.#found.set(cell, place);
    return true;
  }

  /** In the order of the checks, when all places were found. */
  complaints(): Diagnostic[] {
    return this.#failing.map(({outcome, cells}) =>
      failsAsWhole(outcome) ? this.#ofFile(outcome) : this.#ofRecords(outcome, cells)
    );
  }

  #ofFile({check: {check, column, words}, failed, of}: CheckOutcome): Diagnostic {
    const filled = column === null ? null : of - failed;
    const severity = check.severity === "warn" ? "warning" : "error";
    return complain("too-few-values", {file: this.#file}, {check: words, column: check.column!, filled, of}, severity);
  }

  #ofRecords({check, failed, of, records}: CheckOutcome, cells: readonly UnreadCell[]): Diagnostic {
    const column = this.#columns[check.column!] as StageColumn;
    const places = cells.filter((cell) => cell.column === column).map((cell) => this.#found.get(cell));
    const [first, ...others] = places;
    const compared = cells.find((cell) => cell.column !== column);
    const place = {file: this.#file, line: first?.line ?? undefined, column: first?.column ?? undefined};
    const lines = others.flatMap((other) => other?.line ?? []);
    const where = lines.length > 0 ? {lines} : {records: records.slice(1)};
    const severity: Severity = check.check.severity === "refuse" ? "error" : "warning";
    const value = shownValue(first?.value ?? "", column);
    const other =
      compared === undefined
        ? null
        : {column: compared.column.column, value: shownValue(this.#found.get(compared)?.value ?? "", compared.column)};
    return complain("check-not-held", place, {check: check.words, failed, of, value, other, ...where}, severity);
  }
}

/** Records that a check rejects are told as rejects; a file that lacks the column has none to reject. */
function isToldHere(outcome: CheckOutcome): boolean {
  const {severity, present} = outcome.check.check;
  return failsAsWhole(outcome) || (present === undefined && outcome.failed > 0 && severity !== "reject");
}

/** The failing cells in order of record, then the cell that the first of them is compared with. */
function cellsOf(outcome: CheckOutcome, columns: readonly StageColumn[]): UnreadCell[] {
  const {check, failed, records} = outcome;
  if (failsAsWhole(outcome) || check.column === null) return [];
  const cell = (column: number, record: number) => ({column: columns[column] as StageColumn, count: failed, record});
  const [first] = records;
  const compared = check.other === null || first === undefined ? [] : [cell(check.other, first)];
  return [...records.map((record) => cell(check.column!, record)), ...compared];
}
