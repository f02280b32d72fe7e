import {quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";
import type {SegmentColumn} from "./branches.ts";
import {never} from "./cells.ts";
import {type ClassedColumn, type Classes, type Cube, conditionsOn} from "./cubes.ts";
import type {ToldColumn} from "./measure-parts.ts";
import {addedBy, type RolledPart, type Rollup, type Test} from "./rollup.ts";
import {conditionSql} from "./where-sql.ts";

/*
 * DuckDB's way to a rollup. Rows are narrowed before they are counted: the leaf becomes a number, conditions on a column
 * of few values are asked of its distinct values and shrink to a class number, the others become true or false. All of
 * it, with the load and the day, is packed into one whole number a row: the place of the cell that it counts for. Where
 * there are few enough places the rows are counted as they come; else they are grouped by that number alone. (Of 10
 * million rows of 140 offenses, with two threads: 0.6 s and 1.5 s; grouped by the columns themselves 2.6 s; and 7.5 s
 * with a filter for each of six measures.)
 *
 * Tables are temporary; they and their columns are named with blanks, which no column of a user has.
 */

/** The rows of the loads that are rolled up: `load` (number, from 0), then the columns that are read. */
const rows = quoteIdentifier("rows to roll up");
const leaves = quoteIdentifier("leaves of rows");
const value = quoteIdentifier("the value");
const number = quoteIdentifier("the number");
const answers = quoteIdentifier("the answers");

/** @param relations The rows of each load, as a select of the columns that are read. */
export function rowsViewSql(relations: readonly string[]): string {
  const parts = relations.map((relation, load) => `select ${load}::integer as load, * from (${relation})`);
  return `create or replace temp view ${rows} as\n${parts.join("\nunion all\n")}`;
}

/** Each leaf in the rows with a number from 0. */
export function leavesTableSql(columns: readonly SegmentColumn[]): string {
  const codes = columns.map(({column}, at) => `${quoteIdentifier(column)} as ${leafName(at)}`);
  const order = columns.map((_, at) => leafName(at)).join(", ");
  return `create or replace temp table ${leaves} as
select *, (row_number() over (order by ${order}) - 1)::integer as ${number}
from (select distinct ${codes.join(", ")} from ${rows})`;
}

/** The leaves in order of their numbers: `leaf_0`, `leaf_1` ... */
export function leavesSql(columns: readonly SegmentColumn[]): string {
  const codes = columns.map((_, at) => `${leafName(at)} as leaf_${at}`);
  return `select ${codes.join(", ")} from ${leaves} order by ${number}`;
}

/** Each text that a column holds in rows which a part tells apart by it, with a number from 0. */
export function textsTableSql(rollup: Rollup, told: ToldColumn): string {
  const column = quoteIdentifier(told.column);
  return `create or replace temp table ${textsName(told.column)} as
select ${value}, (row_number() over (order by ${value}) - 1)::integer as ${number}
from (select distinct ${column} as ${value} from ${rows} where ${toldWhere(rollup, rollup.parts, told)})
where ${value} is not null`;
}

/** The texts in order of their numbers, as `text`. */
export function textsSql(column: string): string {
  return `select ${value}::varchar as text from ${textsName(column)} order by ${number}`;
}

/** Each distinct value of a column with what it answers to the tests; see `Answers`. */
export function valuesTableSql(rollup: Rollup, {column, tests}: ClassedColumn): string {
  const given = tests.map((test) => `${testSql(rollup, test)}::utinyint`);
  return `create or replace temp table ${valuesName(column)} as
select ${value}, concat(${given.join(", ")}) as ${answers}
from (select ${quoteIdentifier(column)} as ${value}, * from (select distinct ${quoteIdentifier(column)} from ${rows}))`;
}

/** The different answers of a column's values, as `answer`. */
export function answersSql(column: string): string {
  return `select distinct ${answers} as answer from ${valuesName(column)} order by answer`;
}

/** Each distinct value of a column that may count in a cube, with the number of its class. */
export function classesTableSql({column, byAnswer}: Classes): string {
  const numbers = [...byAnswer].map(([answer, of]) => `(${quoteLiteral(answer)}, ${of})`);
  const classes =
    numbers.length === 0
      ? `(select null::varchar as ${answers}, 0 as ${number} where false)`
      : `(values ${numbers.join(", ")}) as classes (${answers}, ${number})`;
  return `create or replace temp table ${classesName(column)} as
select ${value}, ${number}::integer as ${number}
from ${valuesName(column)} join ${classes} using (${answers})`;
}

/**
 * `load`, `first` and `last` day number, and how many `rows`, of each load that has any; days without a name lie at the
 * ends. The engine reads that from what a file says of itself, not from its rows.
 */
export function spansSql({source}: Rollup, relations: readonly string[]): string {
  const date = quoteIdentifier(source.date);
  const day = (of: string) =>
    `(greatest(least(${of}(${date}), date '9999-12-31'), date '1000-01-01') - date '1970-01-01')::integer`;
  return relations
    .map(
      (
        relation,
        load
      ) => `select ${load} as load, ${day("min")} as first, ${day("max")} as last, count(*)::double as rows
from (${relation})
having count(${date}) > 0`
    )
    .join("\nunion all\n");
}

/** How the place of a cell is packed into one whole number: load, leaf, classes, answers inline, day, in this order. */
export interface Places {
  readonly leaves: number;
  /** How many classes each classed column has, in the cube's order. */
  readonly classes: readonly number[];
  /** How many days there are, and the number of the first. */
  readonly days: number;
  readonly firstDay: number;
}

/** The place of each row's cell, one INTEGER a row: for places that are few enough to be counted in memory. */
export function placesSql(rollup: Rollup, cube: Cube, places: Places): string {
  return `select (${placeSql(rollup, cube, places, "facts.load")})::integer as place\n${fromSql(rollup, cube, [])}`;
}

/**
 * The cells of a cube, in one pass over its rows: `place`, as a double; `rows_counted`; what each of the columns adds
 * up to, in the order of `addedBy`; `told`, the place of the column among those told whose value the cell is of, or -1;
 * and that `value`. Cells are there once by place alone, and once more for each column told, by its values.
 */
export function cubeSql(rollup: Rollup, cube: Cube, places: Places, told: readonly ToldColumn[]): string {
  const {columns} = rollup.source;
  const added = addedBy(cube.parts).map(({column, entries}, at) => {
    const own = `facts.${quoteIdentifier(column)}`;
    const scaled = columns[column]?.type === "decimal" ? `(${own} * 10000)::bigint` : own;
    return {input: `${scaled} as added_${at}`, sum: `${entries ? "count" : "sum"}(added_${at})`};
  });
  const values = told.map((_, at) => `value_${at}`);
  const inputs = [
    `${placeSql(rollup, cube, places, "facts.load::bigint")} as place`,
    ...added.map(({input}) => input),
    ...told.map((one, at) => `${toldSql(rollup, cube, one)} as value_${at}`)
  ];
  const ofTold = (then: (at: number) => string, otherwise: string) =>
    told.length === 0
      ? otherwise
      : `case ${values.map((name, at) => `when grouping(${name}) = 0 then ${then(at)}`).join(" ")} else ${otherwise} end`;
  const outputs = [
    "place::double as place",
    "count(*)::double as rows_counted",
    ...added.map(({sum}, at) => `coalesce(${sum}, 0)::double as sum_${at}`),
    `(${ofTold(String, "-1")})::double as told`,
    `(${ofTold((at) => `value_${at}::double`, "0")})::double as value`
  ];
  const sets = ["(place)", ...values.map((name) => `(place, ${name})`)];
  return `select * from (
select ${outputs.join(", ")}
from (
select ${inputs.join(", ")}
${fromSql(rollup, cube, told)}
)
group by grouping sets (${sets.join(", ")})
)
where value is not null`;
}

/** The value by which a row is told apart; null where it holds none, or no part wants it: then it makes no cell. */
function toldSql(rollup: Rollup, cube: Cube, told: ToldColumn): string {
  const {column, as} = told;
  const own = `facts.${quoteIdentifier(column)}`;
  if (as === "text") return `${textsName(column)}.${number}`;
  const isDecimal = rollup.source.columns[column]?.type === "decimal";
  const day = `(greatest(least(${own}, date '9999-12-31'), date '1000-01-01') - date '1970-01-01')::integer`;
  const held = as === "day" ? `coalesce(${day}, ${never})` : isDecimal ? `(${own} * 10000)::bigint` : own;
  const wanted = toldWhere(rollup, cube.parts, told);
  return wanted === "true" ? held : `case when ${wanted} then ${held} end`;
}

/** The condition of the rows that any of these parts tells apart by the column. */
function toldWhere(rollup: Rollup, parts: readonly RolledPart[], {column, as}: ToldColumn): string {
  const own = parts.filter(({told}) => told?.column === column && told.as === as);
  if (own.some(({conditions}) => conditions.length === 0)) return "true";
  const each = own.map(({conditions}) =>
    conditions.map(({test, holds}) => `${holds ? "" : "not "}${testSql(rollup, test)}`).join(" and ")
  );
  return [...new Set(each)].map((one) => `(${one})`).join(" or ");
}

/** @param load Its number, in the type in which all is counted: that of eight bytes takes twice as long. */
function placeSql(
  rollup: Rollup,
  cube: Cube,
  {leaves: leafCount, classes, days, firstDay}: Places,
  load: string
): string {
  const {source} = rollup;
  const parts: [size: number, sql: string][] = [
    ...(rollup.leaves.length === 0 ? [] : [[leafCount, `${leaves}.${number}`] as [number, string]]),
    ...cube.classed.map(({column}, at): [number, string] => [classes[at]!, `${classesName(column)}.${number}`]),
    ...cube.inline.map((test): [number, string] => [2, `${testSql(rollup, test)}::integer`]),
    [days, `((facts.${quoteIdentifier(source.date)} - date '1970-01-01')::integer - ${firstDay})`]
  ];
  return parts.reduce((packed, [size, sql]) => `(${packed} * ${size} + ${sql})`, load);
}

function fromSql(rollup: Rollup, cube: Cube, told: readonly ToldColumn[]): string {
  const {source} = rollup;
  const same = (table: string, own: string, column: string) =>
    `${table}.${own} is not distinct from facts.${quoteIdentifier(column)}`;
  const ofLeaf = rollup.leaves.map(({column}, at) => same(leaves, leafName(at), column));
  const joins = [
    ...(ofLeaf.length === 0 ? [] : [`\njoin ${leaves} on ${ofLeaf.join(" and ")}`]),
    ...cube.classed.map(({column}) => `\njoin ${classesName(column)} on ${same(classesName(column), value, column)}`),
    ...told
      .filter(({as}) => as === "text")
      .map((one) => {
        const table = textsName(one.column);
        const wanted = toldWhere(rollup, cube.parts, one);
        const also = wanted === "true" ? "" : ` and (${wanted})`;
        return `\nleft join ${table} on ${table}.${value} = facts.${quoteIdentifier(one.column)}${also}`;
      })
  ];
  const conditions = [withName(`facts.${quoteIdentifier(source.date)}`), ...inlinePossible(rollup, cube)];
  return `from ${rows} as facts${joins.join("")}\nwhere ${conditions.join("\n    and ")}`;
}

/** Other days have no name. */
function withName(date: string): string {
  return `${date} between date '1000-01-01' and date '9999-12-31'`;
}

/** Rows are left out that meet no condition on a column on which every part of the cube has one. */
function inlinePossible(rollup: Rollup, cube: Cube): string[] {
  return [...new Set(cube.inline.map(({column}) => column))].flatMap((column) => {
    const conditions = conditionsOn(cube, column, cube.inline);
    if (conditions === null) return [];
    const asked = conditions.map(({test, holds}) => `${holds ? "" : "not "}${testSql(rollup, test)}`);
    return [`(${asked.join(" or ")})`];
  });
}

function testSql({source, codeLists}: Rollup, {column, condition}: Test): string {
  return conditionSql(column, source.columns[column]!, condition, codeLists);
}

function valuesName(column: string): string {
  return quoteIdentifier(`values of ${column}`);
}

function leafName(at: number): string {
  return quoteIdentifier(`leaf ${at}`);
}

function textsName(column: string): string {
  return quoteIdentifier(`texts of ${column}`);
}

function classesName(column: string): string {
  return quoteIdentifier(`classes of ${column}`);
}
