import {z} from "zod";
import type {ProjectMeasure, ProjectSource} from "../config/project.ts";
import {keptColumns} from "../facts/known.ts";
import {displacingKey} from "../facts/standing.ts";
import type {Engine} from "../warehouse/engine.ts";
import {quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";
import {type CountedMeasure, type CountedRows, columnsTelling, countedFrom} from "./counted-from.ts";
import {valueSql} from "./counted-value.ts";

/**
 * A query that gives the measure's value, written to be read: to be pasted into DuckDB, started in the warehouse's
 * folder. It counts straight from the loads, not from the rollup, so it is a second way to the same number; quotients
 * are those of doubles, which may differ from it in the sixteenth digit. Where the value is null because there is no
 * case it gives null or 0.
 *
 * @returns Null when no load decides any of the days.
 */
export function countSql(counted: CountedRows): string | null {
  const select = selectOf(counted);
  return select === null ? null : `${select};`;
}

function selectOf(counted: CountedRows): string | null {
  const measure = measureOf(counted);
  const {aggregate, cumulative} = measure;
  const within = (select: string) => `(\n${indented(select, "    ")}\n)`;
  if (aggregate.kind === "ratio") {
    const [of, by] = [aggregate.of, aggregate.to].map((name) => selectOf({...counted, measure: name}));
    if (of == null || by == null) return null;
    return `select ${within(of)} / nullif(${within(by)}, 0) as value`;
  }
  const [own] = measuresOf(counted);
  const select = own === undefined ? null : selectOfRows(own);
  if (select === null || cumulative === undefined) return select;
  return `select ${cumulative.opening} + ${within(select)} as value`;
}

function selectOfRows(counted: CountedMeasure): string | null {
  const {of, source, project} = counted;
  const deciding = [...(displacingKey(source) ?? []), ...Object.keys(source.withdrawn ?? {})];
  const read = new Set([...of.columns, ...deciding, source.date, ...columnsTelling(counted)]);
  const columns = Object.fromEntries(Object.entries(source.columns).filter(([name]) => read.has(name)));
  const from = countedFrom({...counted, source: {...source, columns}}, "");
  return from === null ? null : valueSql(of.aggregate, {source, codeLists: project.codeLists, counted}, from);
}

function indented(text: string, by: string): string {
  return text
    .split("\n")
    .map((line) => `${by}${line}`)
    .join("\n");
}

/** Names of the columns of `countedRows`, in order: of a ratio those of both measures, and which of them a row is of. */
export function countedColumns(counted: CountedRows): string[] {
  const measures = measuresOf(counted);
  const kept = [...new Set(measures.flatMap(({source}) => keptColumns(source)))];
  return [...(measures.length === 1 ? [] : ["counted for"]), "load", "file", "record", ...kept];
}

/**
 * The rows themselves, each with its load, its extract's name and its record number there; all values as text, null where
 * a column is empty or of another source.
 */
export async function countedRows(
  engine: Engine,
  counted: CountedRows,
  warehouse: string
): Promise<Record<string, string | null>[]> {
  const files = new Map(counted.knowledge.loads.map(({id, file}) => [id, file]));
  const measures = measuresOf(counted);
  // Of two sources a row has the columns of its own.
  const none = Object.fromEntries(countedColumns(counted).map((column) => [column, null]));
  const all: Record<string, string | null>[] = [];
  for (const one of measures) {
    const from = countedFrom(one, warehouse);
    if (from === null) continue;
    const columns = keptColumns(one.source).map((name) => `${textOf(name, one.source)} as ${quoteIdentifier(name)}`);
    const rows = await engine.rows(
      `select load, record::varchar as record, ${columns.join(", ")}\n${from}\norder by facts.load, facts.record`,
      z.record(z.string(), z.string().nullable())
    );
    for (const row of rows) {
      all.push({
        ...none,
        ...(measures.length === 1 ? {} : {"counted for": one.of.name}),
        ...row,
        file: files.get(row.load ?? "") ?? ""
      });
    }
  }
  return all;
}

/** The measures whose rows make the value: itself, or those of a ratio, of which each is counted by its own rule. */
function measuresOf(counted: CountedRows): CountedMeasure[] {
  const of = measureOf(counted);
  if (of.aggregate.kind === "ratio") {
    return [of.aggregate.of, of.aggregate.to].flatMap((name) => measuresOf({...counted, measure: name}));
  }
  const source = counted.project.sources.get(of.source);
  if (source === undefined) throw new Error(`no source "${of.source}"`);
  return [{...counted, of, source}];
}

function measureOf({project, measure: name}: CountedRows): ProjectMeasure {
  const measure = project.measures.get(name);
  if (measure === undefined) throw new Error(`no measure "${name}"`);
  return measure;
}

function textOf(name: string, source: ProjectSource): string {
  const column = quoteIdentifier(name);
  const {type, separator} = source.columns[name]!;
  return type === "list" ? `array_to_string(${column}, ${quoteLiteral(separator ?? " ")})` : `${column}::varchar`;
}
