import {parse} from "csv-parse/sync";
import {actualsKinds, attainmentKinds, comparisonsKinds} from "../bundle/data-columns.ts";

/** A number, day, status or flag of a bundle's data that is another one in another bundle. */
export interface ChangedCell {
  /** `data/attainment.csv`. */
  readonly file: string;
  /** What names the row: target, segment and period of attainment; measure, segment and days of actuals. */
  readonly row: string;
  /** Null where the whole row is in one bundle only. */
  readonly column: string | null;
  /** As it is written, `""` for what is not known; null where the row is not there. */
  readonly bundle: string | null;
  readonly again: string | null;
}

interface DataTable {
  readonly path: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

/** Words that say as much as a number: another one is another answer. */
const verdicts = ["status", "original_status", "reason_code", "flags", "verdict"];

const tables: readonly DataTable[] = [
  {
    path: "data/attainment.csv",
    key: ["target", "segment_type", "segment", "period", "part"],
    columns: [...countedColumns(attainmentKinds), ...verdicts]
  },
  {
    path: "data/actuals.csv",
    key: ["measure", "segment_type", "segment", "grain", "period_from", "period_to"],
    columns: countedColumns(actualsKinds)
  },
  {
    path: "data/comparisons.csv",
    key: ["measure", "segment_type", "segment"],
    columns: [...countedColumns(comparisonsKinds), "reason_code"]
  }
];

function countedColumns(kinds: Readonly<Record<string, string>>): string[] {
  return Object.keys(kinds).filter((name) => /^(number|whole|boolean|day)/.test(kinds[name]!));
}

/**
 * The cells of data files that differ between two bundles; text that only words them is not compared. A column that one
 * of them does not have (another version of milepost wrote it) can't differ.
 *
 * @param then Contents of a file by its path; null where there is none.
 */
export function changedCells(
  then: (path: string) => string | null,
  now: (path: string) => string | null
): ChangedCell[] {
  return tables.flatMap((table) => {
    const [before, after] = [then(table.path), now(table.path)].map((text) => rowsOf(table, text));
    const rows = [...new Set([...before!.keys(), ...after!.keys()])];
    return rows.flatMap((row) => cellsOf(table, row, before!.get(row), after!.get(row)));
  });
}

type Row = Readonly<Record<string, string>>;

function rowsOf({key}: DataTable, text: string | null): ReadonlyMap<string, Row> {
  if (text === null) return new Map();
  const rows = parse(text, {columns: true, bom: true}) as Row[];
  return new Map(rows.map((row) => [key.map((name) => row[name] ?? "").join(" "), row]));
}

function cellsOf({path: file, columns}: DataTable, row: string, then: Row | undefined, now: Row | undefined) {
  if (then === undefined || now === undefined) {
    return [{file, row, column: null, bundle: then === undefined ? null : "", again: now === undefined ? null : ""}];
  }
  return columns.flatMap((column): ChangedCell[] => {
    const [before, after] = [then[column], now[column]];
    const same = before === undefined || after === undefined || before === after;
    return same ? [] : [{file, row, column, bundle: before, again: after}];
  });
}
