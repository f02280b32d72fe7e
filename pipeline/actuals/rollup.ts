import type {Project, ProjectMeasure, ProjectSource} from "../config/project.ts";
import type {Condition} from "../config/where.ts";
import {quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";
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

/** One leaf segment as a part of a segment above it (or of itself), on the days on which both are valid. */
export interface Branch {
  /** Null: rows without a leaf, which belong to the root alone. */
  readonly leaf: string | null;
  readonly type: string;
  readonly code: string;
  /** Null: since ever, for ever. */
  readonly from: string | null;
  readonly to: string | null;
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
 * One family's rollup as a select of `measure`, `segment_type`, `segment`, `day`, `value`, `rows_counted`; one row for
 * each measure, segment and day on which a row was counted, in that order.
 *
 * Rows are narrowed before they are filtered. Conditions on a column of few values are asked of its distinct values
 * and shrink to a class number; the others become true or false a row. The cube by day, leaf and these is small, and
 * each measure is the sum of the cells in which its conditions hold. (Filters evaluated a measure a row cost 50 times
 * as much at 150 measures.)
 *
 * @param relation What is known of the source, quoted; see `defineKnown`.
 */
export function rollupSql(
  {source, leaf}: Rollup,
  family: Family,
  relation: string,
  branches: readonly Branch[],
  codeLists: Project["codeLists"]
): string {
  const tests = testsOf(source, family, codeLists);
  const classed = [...new Set(tests.filter(({inline}) => !inline).map(({column}) => column))];
  const inline = tests.filter((test) => test.inline);
  const sums = [...new Set(family.measures.flatMap(({sum}) => sum ?? []))].sort();
  const narrow = [...classed.map((column) => className(column)), ...inline.map(({name}) => name)];
  const leafValue = leaf === null ? "null::varchar" : `facts.${quoteIdentifier(leaf.column)}`;
  const cube = `cube as (
    select
        ${[
          `facts.${quoteIdentifier(source.date)} as day`,
          `${leafValue} as leaf`,
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
      .join("")}
    group by all
)`;
  return `with ${[
    ...classed.map((column) => classesSql(column, tests, relation)),
    cube,
    `cells as (select distinct ${narrow.length === 0 ? "1 as every" : narrow.join(", ")} from cube)`,
    `counted as (${family.measures.map((measure) => cellsOf(measure, tests, narrow)).join("\n    union all\n    ")})`,
    `tree (leaf, segment_type, segment, valid_from, valid_to) as (values
    ${branches.map(branchRow).join(",\n    ")}
)`
  ].join(",\n")}
select
    counted.measure,
    tree.segment_type,
    tree.segment,
    cube.day,
    sum(${cellValue(family.measures)})::double as value,
    sum(cube.rows_counted)::integer as rows_counted
from cube
join counted on ${narrow.length === 0 ? "true" : narrow.map((name) => `counted.${name} = cube.${name}`).join(" and ")}
join tree
    on tree.leaf is not distinct from cube.leaf
    and cube.day between coalesce(tree.valid_from, cube.day) and coalesce(tree.valid_to, cube.day)
group by all
order by counted.measure, tree.segment_type, tree.segment, cube.day`;
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

/** Each distinct value of a column with its truths, and one number for all values that share them. */
function classesSql(column: string, tests: readonly Test[], relation: string): string {
  const asked = tests.filter((test) => !test.inline && test.column === column);
  const truths = asked.map(({name}) => name).join(", ");
  return `${className(column)} as (
    select *, dense_rank() over (order by ${truths}) as class
    from (
        select value, ${asked.map(({name, sql}) => `${sql} as ${name}`).join(", ")}
        from (select distinct ${quoteIdentifier(column)} as value, ${quoteIdentifier(column)} from ${relation})
    )
)`;
}

/** The cells of the cube in which all conditions of a measure hold. */
function cellsOf({name, where}: ProjectMeasure, tests: readonly Test[], narrow: readonly string[]): string {
  const keys = new Set(Object.entries(where).map(([column, condition]) => testKey(column, condition)));
  const asked = tests.filter(({column, condition}) => keys.has(testKey(column, condition)));
  const conditions = asked.map((test) =>
    test.inline
      ? `cells.${test.name}`
      : `cells.${className(test.column)} in (select class from ${className(test.column)} where ${test.name})`
  );
  const columns = [`${quoteLiteral(name)} as measure`, ...narrow.map((one) => `cells.${one}`)];
  return `select ${columns.join(", ")} from cells${conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`}`;
}

/** Each counted row is 1, save for the measures that add a column. */
function cellValue(measures: readonly ProjectMeasure[]): string {
  const cases = measures.flatMap(({name, sum}) =>
    sum === undefined ? [] : [`when ${quoteLiteral(name)} then coalesce(cube.${sumName(sum)}, 0)`]
  );
  return cases.length === 0
    ? "cube.rows_counted"
    : `case counted.measure ${cases.join(" ")} else cube.rows_counted end`;
}

function branchRow({leaf, type, code, from, to}: Branch): string {
  const day = (value: string | null) => (value === null ? "null::date" : `date ${quoteLiteral(value)}`);
  const text = leaf === null ? "null::varchar" : quoteLiteral(leaf);
  return `(${[text, quoteLiteral(type), quoteLiteral(code), day(from), day(to)].join(", ")})`;
}
