import type {Project, ProjectMeasure, ProjectSource} from "../config/project.ts";
import type {Condition, SimpleCondition} from "../config/where.ts";

/**
 * What to roll up of one source: rows counted and columns added by day and leaf segment, for every measure that it
 * declares. It says nothing of an engine; `rollup-sql.ts` is DuckDB's emitter of it.
 */
export interface Rollup {
  readonly source: ProjectSource;
  /** Column that holds the leaf segment; null: rows belong to the root alone. */
  readonly leaf: {readonly column: string; readonly type: string} | null;
  /** In order of name. */
  readonly measures: readonly RolledMeasure[];
  /** Each condition that stands in a measure, once. */
  readonly tests: readonly Test[];
  /** The code lists that the tests name. */
  readonly codeLists: Project["codeLists"];
}

export interface RolledMeasure {
  readonly name: string;
  /** Column that is added; null: rows are counted. */
  readonly sum: string | null;
  /** All of which a row must meet; at most one a column. */
  readonly conditions: readonly {readonly test: Test; readonly holds: boolean}[];
}

/** A column's condition that is asked as it is; a measure wants it to hold, or not to. */
export interface Test {
  /** Its place among the rollup's tests, from 0. */
  readonly number: number;
  readonly column: string;
  readonly condition: SimpleCondition;
}

/** The rollup of a source: of all its measures, whichever are asked for, so that they are counted once for all. */
export function rollupOf({measures, codeLists}: Project, source: ProjectSource): Rollup {
  const tests = new Map<string, Test>();
  const testOf = (column: string, condition: SimpleCondition): Test => {
    const key = JSON.stringify([column, condition]);
    const test = tests.get(key) ?? {number: tests.size, column, condition};
    tests.set(key, test);
    return test;
  };
  const rolled = [...measures.values()]
    .filter((measure) => measure.source === source.source)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({name, sum, where}: ProjectMeasure): RolledMeasure => {
      const conditions = Object.entries(where).map(([column, condition]) => {
        const [asked, holds] = affirmed(condition);
        return {test: testOf(column, asked), holds};
      });
      return {name, sum: sum ?? null, conditions};
    });
  const named = [...tests.values()].flatMap(({condition}) =>
    typeof condition === "object" && "in" in condition ? [condition.in] : []
  );
  return {
    source,
    leaf: leafColumn(source),
    measures: rolled,
    tests: [...tests.values()],
    codeLists: new Map([...codeLists].filter(([name]) => named.includes(name)))
  };
}

/** A condition as one that is asked and whether it must hold: a column is asked once for what is so and what is not. */
function affirmed(condition: Condition): [SimpleCondition, holds: boolean] {
  if (typeof condition !== "object" || Array.isArray(condition)) return [condition, true];
  if ("absent" in condition) return [{present: true}, false];
  if (!("not" in condition)) return [condition, true];
  const [asked, holds] = affirmed(condition.not);
  return [asked, !holds];
}

/** The column that tells the leaf segment: the partition's, else the first that holds a segment; null without one. */
export function leafColumn(source: ProjectSource): Rollup["leaf"] {
  const column =
    source.partition?.[0] ?? Object.entries(source.columns).find(([, {segment}]) => segment !== undefined)?.[0];
  const type = column === undefined ? undefined : source.columns[column]?.segment;
  return column === undefined || type === undefined ? null : {column, type};
}

/** Names of the columns that a rollup reads, sorted. */
export function columnsRead({source, leaf, measures, tests}: Rollup): string[] {
  const sums = measures.flatMap(({sum}) => sum ?? []);
  return [
    ...new Set([source.date, ...(leaf === null ? [] : [leaf.column]), ...tests.map(({column}) => column), ...sums])
  ].sort();
}

/** All that decides what the cells of given rows are, as text: two rollups of the same text count alike. */
export function rollupText(rollup: Rollup): string {
  const {source, leaf, measures, codeLists} = rollup;
  return JSON.stringify({
    date: source.date,
    // Left out of the text, as all that is undefined, where no row takes a key away.
    withdrawn: source.withdrawn,
    leaf: leaf?.column ?? null,
    columns: columnsRead(rollup).map((name) => [name, source.columns[name]?.type ?? "segment"]),
    measures: measures.map(({name, sum, conditions}) => [
      name,
      sum,
      conditions.map(({test, holds}) => [test.column, test.condition, holds])
    ]),
    code_lists: [...codeLists].sort(([a], [b]) => (a < b ? -1 : 1))
  });
}
