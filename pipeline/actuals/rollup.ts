import type {Project, ProjectMeasure, ProjectSource} from "../config/project.ts";
import type {Condition} from "../config/where.ts";
import {quoteIdentifier} from "../warehouse/sql.ts";
import {conditionSql, isOfFewValues} from "./where-sql.ts";

/**
 * What to roll up of one source: additive aggregates by day and segment. It says nothing of an engine; `rollupSql`
 * is DuckDB's emitter of it.
 */
export interface Rollup {
  readonly source: ProjectSource;
  /** Column that holds the leaf segment; null: rows belong to the root alone. */
  readonly leaf: {readonly column: string; readonly type: string} | null;
  /** Measures that filter by the same columns: each family is one pass over these columns alone. */
  readonly families: readonly Family[];
}

export interface Family {
  /** Sorted. */
  readonly columns: readonly string[];
  /** In order of name. */
  readonly measures: readonly ProjectMeasure[];
}

/** The rollup of the measures of one source. */
export function rollupOf(source: ProjectSource, measures: readonly ProjectMeasure[]): Rollup {
  const families = new Map<string, ProjectMeasure[]>();
  for (const measure of [...measures].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = JSON.stringify(filterColumns(measure));
    families.set(key, [...(families.get(key) ?? []), measure]);
  }
  return {
    source,
    leaf: leafColumn(source),
    families: [...families.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, members]) => ({columns: JSON.parse(key) as string[], measures: members}))
  };
}

/** The column that tells the leaf segment: the partition's, else the first that holds a segment; null without one. */
export function leafColumn(source: ProjectSource): Rollup["leaf"] {
  const column =
    source.partition?.[0] ?? Object.entries(source.columns).find(([, {segment}]) => segment !== undefined)?.[0];
  const type = column === undefined ? undefined : source.columns[column]?.segment;
  return column === undefined || type === undefined ? null : {column, type};
}

/**
 * One family's rollup as a select of `measure` (its place in the family, from 0), `leaf` (code; null where a row tells
 * none), `day` (day number), `value`, `rows_counted`; one row for each measure, leaf and day on which a row was counted.
 *
 * Rows are narrowed before they are filtered. Conditions on a column of few values are asked of its distinct values
 * and shrink to a class number; the others become true or false a row; rows that can meet no condition on a column are
 * left out. The cube by day, leaf and these is small, and each measure is the sum of the cells in which its conditions
 * hold. (Filters evaluated a measure a row cost 50 times as much at 150 measures.)
 *
 * @param relation What is known of the source, quoted; see `defineKnown`.
 */
export function rollupSql(
  {source, leaf}: Rollup,
  family: Family,
  relation: string,
  codeLists: Project["codeLists"]
): string {
  const tests = testsOf(source, family, codeLists);
  const classed = [...new Set(tests.filter(({inline}) => !inline).map(({column}) => column))];
  const inline = tests.filter((test) => test.inline);
  const sums = [...new Set(family.measures.flatMap(({sum}) => sum ?? []))].sort();
  const narrow = [...classed.map((column) => className(column)), ...inline.map(({name}) => name)];
  const cube = `cube as (
    select
        ${[
          `facts.${quoteIdentifier(source.date)} as day`,
          `${leaf === null ? "null::varchar" : `facts.${quoteIdentifier(leaf.column)}`} as leaf`,
          ...classed.map((column) => `${className(column)}.class as ${className(column)}`),
          ...inline.map(({name, sql}) => `${sql} as ${name}`),
          "count(*) as rows_counted",
          ...sums.map((column) => `sum(facts.${quoteIdentifier(column)}) as ${sumName(column)}`)
        ].join(",\n        ")}
    from ${relation} as facts${classed
      .map(
        (column) =>
          `\n    join ${className(column)} on ${className(column)}.value is not distinct from facts.${quoteIdentifier(column)}`
      )
      .join("")}${possible(family.columns, tests)}
    group by all
)`;
  return `with ${[
    ...classed.map((column) => classesSql(column, tests, relation)),
    cube,
    `cells as (select distinct ${narrow.length === 0 ? "1 as every" : narrow.join(", ")} from cube)`,
    `counted as (${family.measures.map((measure, place) => cellsOf(measure, place, tests, narrow)).join("\n    union all\n    ")})`
  ].join(",\n")}
select
    counted.measure::integer as measure,
    cube.leaf,
    (cube.day - date '1970-01-01')::integer as day,
    sum(${cellValue(family.measures)})::double as value,
    sum(cube.rows_counted)::integer as rows_counted
from cube
join counted on ${narrow.length === 0 ? "true" : narrow.map((name) => `counted.${name} = cube.${name}`).join(" and ")}
group by all`;
}

/** One condition of one or more measures, as a column of truth. */
interface Test {
  readonly column: string;
  readonly condition: Condition;
  /** Name of its column of truth, quoted. */
  readonly name: string;
  readonly sql: string;
  /** Asked of every row, instead of every distinct value. */
  readonly inline: boolean;
}

function testsOf(source: ProjectSource, family: Family, codeLists: Project["codeLists"]): Test[] {
  const tests = new Map<string, Test>();
  for (const {where} of family.measures) {
    for (const [column, condition] of Object.entries(where)) {
      const key = testKey(column, condition);
      if (tests.has(key)) continue;
      const declared = source.columns[column]!;
      tests.set(key, {
        column,
        condition,
        name: `holds_${tests.size + 1}`,
        sql: conditionSql(column, declared, condition, codeLists),
        inline: !isOfFewValues(declared, condition)
      });
    }
  }
  return [...tests.values()];
}

function testKey(column: string, condition: Condition): string {
  return JSON.stringify([column, condition]);
}

function filterColumns({where}: ProjectMeasure): string[] {
  return Object.keys(where).sort();
}

function className(column: string): string {
  return quoteIdentifier(`class of ${column}`);
}

function sumName(column: string): string {
  return quoteIdentifier(`sum of ${column}`);
}

/**
 * Each distinct value of a column with its truths, and one number for all values that share them. A value for which
 * none holds is left out, and its rows with it, unless other conditions on the column are asked of every row.
 */
function classesSql(column: string, tests: readonly Test[], relation: string): string {
  const onColumn = tests.filter((test) => test.column === column);
  const asked = onColumn.filter(({inline}) => !inline);
  const names = asked.map(({name}) => name);
  return `${className(column)} as (
    select *, dense_rank() over (order by ${names.join(", ")}) as class
    from (
        select value, ${asked.map(({name, sql}) => `${sql} as ${name}`).join(", ")}
        from (select distinct ${quoteIdentifier(column)} as value, ${quoteIdentifier(column)} from ${relation})
    )${asked.length === onColumn.length ? `\n    where ${names.join(" or ")}` : ""}
)`;
}

/** Every measure of a family has a condition on each of its columns, so a row that meets none of a column counts nowhere. */
function possible(columns: readonly string[], tests: readonly Test[]): string {
  const conditions = columns.flatMap((column) => {
    const onColumn = tests.filter((test) => test.column === column);
    return onColumn.every(({inline}) => inline) ? [`(${onColumn.map(({sql}) => sql).join(" or ")})`] : [];
  });
  return conditions.length === 0 ? "" : `\n    where ${conditions.join("\n        and ")}`;
}

/** The cells of the cube in which all conditions of a measure hold. */
function cellsOf({where}: ProjectMeasure, place: number, tests: readonly Test[], narrow: readonly string[]): string {
  const keys = new Set(Object.entries(where).map(([column, condition]) => testKey(column, condition)));
  const asked = tests.filter(({column, condition}) => keys.has(testKey(column, condition)));
  const conditions = asked.map((test) =>
    test.inline
      ? `cells.${test.name}`
      : `cells.${className(test.column)} in (select class from ${className(test.column)} where ${test.name})`
  );
  const columns = [`${place} as measure`, ...narrow.map((one) => `cells.${one}`)];
  return `select ${columns.join(", ")} from cells${conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`}`;
}

/** Each counted row is 1, save for the measures that add a column. */
function cellValue(measures: readonly ProjectMeasure[]): string {
  const cases = measures.flatMap(({sum}, place) =>
    sum === undefined ? [] : [`when ${place} then coalesce(cube.${sumName(sum)}, 0)`]
  );
  return cases.length === 0
    ? "cube.rows_counted"
    : `case counted.measure ${cases.join(" ")} else cube.rows_counted end`;
}
