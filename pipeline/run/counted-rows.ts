import {z} from "zod";
import {type Branch, branchesOf, segmentColumns} from "../actuals/branches.ts";
import {conditionSql} from "../actuals/where-sql.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Project, ProjectMeasure, ProjectSource, SegmentKey} from "../config/project.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import {keptColumns} from "../facts/known.ts";
import {countedRowsSql, displacingKey} from "../facts/standing.ts";
import type {Knowledge} from "../ledger/contract.ts";
import type {Engine} from "../warehouse/engine.ts";
import {quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";

/** Rows that a measure counts for a segment over days, from the loads that decide them. */
export interface CountedRows {
  readonly project: Project;
  readonly knowledge: Knowledge;
  /** Of the measure's source. */
  readonly coverage: SourceCoverage;
  readonly measure: string;
  readonly segment: SegmentKey;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/**
 * A query that gives the measure's value, written to be read: to be pasted into DuckDB, started in the warehouse's
 * folder. It counts straight from the loads, not from the rollup, so it is a second way to the same number.
 *
 * @returns Null when no load decides any of the days.
 */
export function countSql(counted: CountedRows): string | null {
  const {measure, source} = partsOf(counted);
  const deciding = [...(displacingKey(source) ?? []), ...Object.keys(source.withdrawn ?? {})];
  const read = new Set([
    ...measure.columns,
    ...deciding,
    source.date,
    segmentColumns(counted.project.roster, source)[0]?.column
  ]);
  const columns = Object.fromEntries(Object.entries(source.columns).filter(([name]) => read.has(name)));
  const from = fromClause(counted, {...source, columns}, "");
  const value = measure.sum === undefined ? "count(*)" : `coalesce(sum(${quoteIdentifier(measure.sum)}), 0)`;
  return from === null ? null : `select ${value} as value\n${from};`;
}

/** Names of the columns of `countedRows`, in order. */
export function countedColumns(counted: CountedRows): string[] {
  return ["load", "file", "record", ...keptColumns(partsOf(counted).source)];
}

/** The rows themselves, each with its load, its extract's name and its record number there; all values as text. */
export async function countedRows(
  engine: Engine,
  counted: CountedRows,
  warehouse: string
): Promise<Record<string, string | null>[]> {
  const {source} = partsOf(counted);
  const from = fromClause(counted, source, warehouse);
  if (from === null) return [];
  const columns = keptColumns(source).map((name) => `${textOf(name, source)} as ${quoteIdentifier(name)}`);
  const rows = await engine.rows(
    `select load, record::varchar as record, ${columns.join(", ")}\n${from}\norder by facts.load, facts.record`,
    z.record(z.string(), z.string().nullable())
  );
  const files = new Map(counted.knowledge.loads.map(({id, file}) => [id, file]));
  return rows.map((row) => ({...row, file: files.get(row.load ?? "") ?? ""}));
}

function partsOf({project, measure: name}: CountedRows): {measure: ProjectMeasure; source: ProjectSource} {
  const measure = project.measures.get(name);
  const source = project.sources.get(measure?.source ?? "");
  if (measure === undefined || source === undefined) throw new Error(`no measure "${name}"`);
  return {measure, source};
}

function fromClause(counted: CountedRows, source: ProjectSource, warehouse: string): string | null {
  const {project, knowledge, coverage, segment, from, to} = counted;
  const {measure} = partsOf(counted);
  const leaf = segmentColumns(project.roster, source)[0] ?? null;
  const branches = branchesOf(project.roster, leaf?.type ?? null).filter(
    ({type, code}) => type === segment.type && code === segment.code
  );
  const leaves = new Set(branches.map((branch) => branch.leaf));
  const known = knowledge.loads.filter((load) => load.source === source.source);
  const deciding = new Set(
    coverage.spoken
      .filter(({partition}) => partition === null || leaves.has(partition))
      .filter(({days}) => days.some(([first, last]) => first <= to && last >= from))
      .map(({load}) => load)
  );
  const loads = known.filter(({id}) => deciding.has(id));
  if (loads.length === 0) return null;
  const conditions = [
    `${quoteIdentifier(source.date)} between date ${quoteLiteral(from)} and date ${quoteLiteral(to)}`,
    ...segmentCondition(branches, leaf?.column ?? null),
    ...Object.entries(measure.where).map(([column, condition]) =>
      conditionSql(column, source.columns[column]!, condition, project.codeLists)
    )
  ];
  const rows = countedRowsSql(source, known, loads, coverage.ownership, warehouse, project.settings.time_zone);
  return `from (\n${rows}\n) as facts\nwhere ${conditions.join("\n    and ")}`;
}

/** The leaves of the segment; nothing for the root, which holds all rows. */
function segmentCondition(branches: readonly Branch[], leaf: string | null): string[] {
  if (leaf === null || branches.some((branch) => branch.leaf === null)) return [];
  if (branches.length === 0) return ["false"];
  const codes = branches.map((branch) => quoteLiteral(branch.leaf ?? ""));
  return [`${quoteIdentifier(leaf)} in (${codes.join(", ")})`];
}

function textOf(name: string, source: ProjectSource): string {
  const column = quoteIdentifier(name);
  const {type, separator} = source.columns[name]!;
  return type === "list" ? `array_to_string(${column}, ${quoteLiteral(separator ?? " ")})` : `${column}::varchar`;
}
