import type {Column, Source} from "../config/source.ts";
import type {Diagnostic, Place} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {MappedColumn} from "./contract.ts";

/** More columns than any extract has: a file with more is another kind of file, or made to take memory. */
export const mostColumns = 2000;

export interface HeaderMatch {
  /** Declared columns that were found and are wanted, in the source's order. */
  readonly mapped: readonly MappedColumn[];
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  /** Positions whose cells are shown to nobody: personal, ignored or not declared. */
  readonly withheld: ReadonlySet<number>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Columns are found by name, exact after trimming, whatever their order. A column that says a position stands there,
 * under one of its names or none.
 *
 * @param headers As they stand in the file.
 * @param placeOf Of a header by its position from 1; of the whole header by null.
 */
export function matchHeader(
  source: Source,
  headers: readonly string[],
  placeOf: (position: number | null) => Place
): HeaderMatch {
  const names = headers.map((header) => header.trim());
  const diagnostics: Diagnostic[] = [];
  const mapped: MappedColumn[] = [];
  const missing: string[] = [];
  const shown = new Set<number>();
  const personal = new Set<number>();
  for (const [column, declared] of Object.entries(source.columns)) {
    const found = findColumn(column, declared, names, placeOf);
    if (typeof found === "object" && found !== null) {
      diagnostics.push(found);
      continue;
    }
    if (declared.personal !== undefined) {
      if (found !== null) personal.add(found);
      continue;
    }
    if (found !== null) {
      mapped.push({column, header: headers[found - 1] ?? "", position: found});
      shown.add(found);
    } else if (isRequired(source, column)) {
      diagnostics.push(
        complain("column-not-found", placeOf(null), {
          column,
          from: declared.from,
          headers: names.filter((name) => name !== "")
        })
      );
    } else missing.push(column);
  }
  const unknown = unknownHeaders(source, names, shown);
  if (unknown.length > 0) diagnostics.push(complain("unknown-columns", placeOf(null), {headers: unknown}, "warning"));
  const ignored = new Set(source.ignore);
  const withheld = new Set(
    names.flatMap((name, i) => (!shown.has(i + 1) || personal.has(i + 1) || ignored.has(name) ? [i + 1] : []))
  );
  return {mapped, missing, unknown, withheld, diagnostics};
}

/**
 * A record without its day, its key or its partition could neither be counted nor replaced: these columns are required
 * whether they say so or not.
 */
export function isRequired(source: Source, column: string): boolean {
  return (
    source.columns[column]?.required === true ||
    source.date === column ||
    source.key?.includes(column) === true ||
    source.partition?.includes(column) === true
  );
}

/** The column's position from 1, null when it is not in the file, or what is wrong with it. */
function findColumn(
  column: string,
  {from, position}: Column,
  names: readonly string[],
  placeOf: (position: number | null) => Place
): number | null | Diagnostic {
  const wanted = from.map((name) => name.trim());
  if (position !== undefined) {
    const there = names[position - 1];
    if (there === undefined) {
      return complain("position-beyond", placeOf(null), {column, position, columns: names.length});
    }
    if (there === "" || wanted.includes(there)) return position;
    return complain("position-mismatch", placeOf(position), {column, position, found: there, from: wanted});
  }
  for (const name of wanted) {
    const positions = names.flatMap((header, i) => (header === name ? [i + 1] : []));
    if (positions.length > 1) {
      return complain("header-repeated", placeOf(positions[1] ?? null), {column, header: name, positions});
    }
    if (positions[0] !== undefined) return positions[0];
  }
  return null;
}

function unknownHeaders(source: Source, names: readonly string[], shown: ReadonlySet<number>): string[] {
  const known = new Set(
    [...source.ignore, ...Object.values(source.columns).flatMap(({from}) => from)].map((name) => name.trim())
  );
  return names.flatMap((name, i) =>
    known.has(name) || shown.has(i + 1) ? [] : [name === "" ? `(no name, column ${i + 1})` : name]
  );
}
