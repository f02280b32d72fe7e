import {existsSync} from "node:fs";
import {join} from "node:path";
import {type DaySet, subtract} from "../calendar/day-set.ts";
import type {ProjectSource} from "../config/project.ts";
import type {Column} from "../config/source.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {parquetFile, quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";
import type {Ownership} from "./contract.ts";
import type {CoveringLoad} from "./coverage.ts";

/** What the relation of what is known reads of a load. */
export interface StoredLoad extends CoveringLoad {
  /** The extract's name, without its folder; for messages. */
  readonly file: string;
  /** Relative to the warehouse. */
  readonly rows_file: string;
}

/**
 * Refuses to go on where the rows of a load that decides any day are not in the warehouse any more.
 *
 * @throws RunFailure with one complaint a load.
 */
export function checkRowsAreThere(loads: readonly StoredLoad[], owned: readonly Ownership[], warehouse: string): void {
  const deciding = new Set(owned.map(({load}) => load));
  const lost = loads.filter(({id, rows_file}) => deciding.has(id) && !existsSync(join(warehouse, rows_file)));
  if (lost.length === 0) return;
  throw new RunFailure(
    lost.map(({id, file, rows_file}) =>
      complain("rows-lost", {file: join(warehouse, rows_file)}, {load: id, extract: file})
    )
  );
}

/**
 * The rows of one load that may count, as a select of the columns named; a column that the load does not hold is null.
 * They are all of its rows but those of an upsert that take their key away.
 */
export function loadRows(
  source: ProjectSource,
  load: StoredLoad,
  columns: readonly string[],
  warehouse: string
): string {
  const withdrawn = withdrawnSql(source, load);
  const filter = withdrawn === "false" ? "" : ` where not ${withdrawn}`;
  return `select ${typedColumns(source, load, columns).join(", ")} from ${parquetFile(join(warehouse, load.rows_file))}${filter}`;
}

/** Whether a row of a load takes its key away, as SQL that is never null. */
export function withdrawnSql({withdrawn = {}, columns}: ProjectSource, held: Pick<StoredLoad, "columns">): string {
  const tests = Object.entries(withdrawn)
    .filter(([name]) => held.columns.includes(name))
    .map(([name, values]) => {
      const literals = values.map((value) => quoteLiteral(String(value)));
      return `coalesce(${quoteIdentifier(name)} in (${literals.map((one) => `${one}::${sqlType(columns[name]!)}`).join(", ")}), false)`;
    });
  if (tests.length === 0) return "false";
  return tests.length === 1 ? tests[0]! : `(${tests.join(" or ")})`;
}

/**
 * What is known of a source: the rows of the loads on the days and partitions that they own, as one select. Columns:
 * `load` (id), `record` (number in its extract), then every declared column that is not personal, in the source's
 * order. A column that a load does not hold is null in its rows. With no loads the relation is empty and typed.
 */
export function ownedRows(
  source: ProjectSource,
  loads: readonly StoredLoad[],
  owned: readonly Ownership[],
  warehouse: string
): string {
  const parts = loads.flatMap((load) => {
    const own = owned.filter((one) => one.load === load.id);
    return own.length === 0 ? [] : [rowsOf(source, load, own, warehouse)];
  });
  return parts.length === 0 ? emptyRows(source) : parts.join("\nunion all\n");
}

/** Names of a source's columns that reach the warehouse, in its order. */
export function keptColumns(source: ProjectSource): string[] {
  return Object.entries(source.columns)
    .filter(([, column]) => column.personal === undefined)
    .map(([name]) => name);
}

function rowsOf(source: ProjectSource, load: StoredLoad, own: readonly Ownership[], warehouse: string): string {
  const columns = typedColumns(source, load, keptColumns(source));
  return `select ${[`${quoteLiteral(load.id)} as load`, "record", ...columns].join(", ")}
from ${parquetFile(join(warehouse, load.rows_file))}${decidedFilter(source, load, own)}`;
}

export function typedColumns(
  source: ProjectSource,
  load: Pick<StoredLoad, "columns">,
  names: readonly string[]
): string[] {
  const held = new Set(load.columns);
  return names.map((name) => {
    const column = quoteIdentifier(name);
    return `${held.has(name) ? column : "null"}::${sqlType(source.columns[name]!)} as ${column}`;
  });
}

/**
 * The condition of the rows that a load decides. Nothing to filter where it decides all that it covers: its rows lie
 * within its coverage. Those of an upsert count wherever they lie: a file of changes speaks of older days too.
 */
export function decidedFilter(source: ProjectSource, load: StoredLoad, own: readonly Ownership[]): string {
  const whole = load.covered.every(({partition, days}) =>
    own.some((one) => one.partition === partition && subtract(days, one.days).length === 0)
  );
  if (whole || source.delivery === "upsert") return "";
  const byDays = new Map<string, {days: DaySet; partitions: string[]}>();
  for (const {partition, days} of own) {
    const key = JSON.stringify(days);
    const group = byDays.get(key) ?? {days, partitions: []};
    if (partition !== null) group.partitions.push(partition);
    byDays.set(key, group);
  }
  const conditions = [...byDays.values()].map(({days, partitions}) => {
    const within = days.map(
      ([from, to]) => `${quoteIdentifier(source.date)} between date ${quoteLiteral(from)} and date ${quoteLiteral(to)}`
    );
    const column = source.partition?.[0];
    const of =
      column === undefined ? "" : `${quoteIdentifier(column)} in (${partitions.map(quoteLiteral).join(", ")}) and `;
    return `${of}(${within.join(" or ")})`;
  });
  return `\nwhere ${conditions.join("\n   or ")}`;
}

function emptyRows(source: ProjectSource): string {
  const columns = keptColumns(source).map(
    (name) => `null::${sqlType(source.columns[name]!)} as ${quoteIdentifier(name)}`
  );
  return `select ${["null::varchar as load", "null::bigint as record", ...columns].join(", ")} where false`;
}

const sqlTypes = {
  text: "varchar",
  integer: "bigint",
  decimal: "decimal(18,4)",
  date: "date",
  boolean: "boolean",
  list: "varchar[]"
} as const;

/** The type in which a column's values stand in a rows file and in what is known; a segment's code is text. */
export function sqlType({type}: Column): string {
  return type === undefined ? "varchar" : sqlTypes[type];
}
