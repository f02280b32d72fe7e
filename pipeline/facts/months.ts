import {z} from "zod";
import type {Project, ProjectSource} from "../config/project.ts";
import type {Engine} from "../warehouse/engine.ts";
import {quoteIdentifier} from "../warehouse/sql.ts";
import {daysKnown, keyedChangesSql, stayingRowsSql} from "./changed-keys-sql.ts";
import type {Ownership} from "./contract.ts";
import {partitionsOf} from "./coverage.ts";
import {keptColumns, ownedRows, type StoredLoad} from "./known.ts";
import {changedOwnership, ownershipOf} from "./ownership.ts";
import {displacingKey, loadOrder, placesOf, type StandingLoad, standingLoads} from "./standing.ts";

/** Rows that came, changed and went in a month of the source's date. */
export interface ChangedMonth {
  readonly month: string;
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  /**
   * Of those that changed, the rows in which a column that a measure adds is lower than it was. Left out where the source
   * has no key, or no measure adds anything.
   */
  readonly down?: number;
  /**
   * Of those that changed, the rows in which a day that was empty is known now: a case that has ended since, not one that is
   * told otherwise. Left out where the source has no key, or no day beside its date.
   */
  readonly ended?: number;
}

/** What a load, or taking one away, does to what is known. */
export interface ChangedRows {
  /** In order; months in which nothing changed are left out. */
  readonly months: ChangedMonth[];
  /** Rows of which the key is said anew by another load, on another day or in another partition, and that stay decided. */
  readonly moved_keys: number;
}

// Names with blanks, which no column of a user has.
const monthOf = quoteIdentifier("month of the row");
const sideOf = quoteIdentifier("side of the row");
const saidOf = quoteIdentifier("what the row says");
const daysOf = quoteIdentifier("days known");
const addedOf = (at: number) => quoteIdentifier(`value ${at}`);

const monthSchema = z.strictObject({
  month: z.string(),
  added: z.int(),
  changed: z.int(),
  gone: z.int(),
  down: z.int().nullable(),
  ended: z.int().nullable(),
  moved: z.int()
});

/**
 * What the difference between two sets of known loads does to the rows that count, by month.
 *
 * With a `key` a record that has it on both sides and differs in any column is `changed`, in the month of its new
 * date. Without one, a record has no name: the difference of the two multisets is told, and a corrected record is
 * one `gone` and one `added`. Only the days that other loads decide now are read, and elsewhere the keys that stand
 * there; and only columns that all loads on them hold are compared, so that a column declared later does not make
 * every row new. Nor are the columns that say which days a file covers: they tell of the delivery, not of the record.
 */
export async function changedRows(
  engine: Engine,
  {roster, settings: {time_zone}}: Pick<Project, "roster" | "settings">,
  source: ProjectSource,
  before: readonly StoredLoad[],
  after: readonly StoredLoad[],
  warehouse: string
): Promise<ChangedRows> {
  const partitions = partitionsOf(roster, source);
  const was = ownershipOf(source.delivery, before, partitions, time_zone);
  const changed = changedOwnership(was, ownershipOf(source.delivery, after, partitions, time_zone));
  if (changed.before.length === 0 && changed.after.length === 0) return {months: [], moved_keys: 0};
  const loads = [...new Map([...before, ...after].map((load) => [load.id, load])).values()];
  const places = placesOf(loads, time_zone);
  const standing = (owned: readonly Ownership[]) => standingLoads(source, loads, owned, places);
  const [gone, come] = [standing(changed.before), standing(changed.after)];
  const stays = await stayingLoads(engine, source, {gone, come}, standing(without(was, changed.before)), warehouse);
  const isPlain = stays.length === 0 && gone.length <= 1 && come.length <= 1 && source.withdrawn === undefined;
  const select =
    displacingKey(source) === null || isPlain
      ? monthsSql(source, loads, changed.before, changed.after, warehouse)
      : keyedMonthsSql(source, loads, {gone, come, stays}, changed, warehouse);
  const months = await engine.rows(select, monthSchema);
  return {
    months: months.map(({month, added, changed: other, gone: went, down, ended}) => {
      const of = {...(down === null ? {} : {down}), ...(ended === null ? {} : {ended})};
      return {month, added, changed: other, gone: went, ...of};
    }),
    moved_keys: months.reduce((sum, {moved}) => sum + moved, 0)
  };
}

/** The months of `changedRows`. */
export async function changedMonths(...given: Parameters<typeof changedRows>): Promise<ChangedMonth[]> {
  return (await changedRows(...given)).months;
}

/**
 * The loads whose rows stay decided and have a key of the rows that come or go; `stayingRowsSql` names the table in which
 * these rows are told.
 */
async function stayingLoads(
  engine: Engine,
  source: ProjectSource,
  {gone, come}: Readonly<Record<"gone" | "come", readonly StandingLoad[]>>,
  others: readonly StandingLoad[],
  warehouse: string
): Promise<StandingLoad[]> {
  if (others.length === 0 || gone.length + come.length === 0) return [];
  await engine.run(stayingRowsSql.fill(source, [...gone, ...come], others, warehouse));
  const found = await engine.rows(
    `select distinct ${loadOrder} as place from ${stayingRowsSql.table}`,
    z.strictObject({place: z.int()})
  );
  return others.filter((one) => found.some(({place}) => place === one.place));
}

function without(owned: readonly Ownership[], taken: readonly Ownership[]): readonly Ownership[] {
  return changedOwnership(owned, taken).before;
}

const counts = `    added::integer as added,
    changed::integer as changed,
    gone::integer as gone,
    down::integer as down,
    ended::integer as ended,
    moved::integer as moved`;

function orderedMonths(select: string): string {
  return `counted as (${select})
select
    strftime(month, '%Y-%m') as month,
${counts}
from counted
where added + changed + gone > 0
order by counted.month`;
}

/**
 * The statement of `changedRows` where no key of a row that comes or goes stands twice on a side: `month` (yyyy-MM),
 * `added`, `changed`, `gone`, `down`, `ended`, `moved`.
 */
export function monthsSql(
  source: ProjectSource,
  loads: readonly StoredLoad[],
  before: readonly Ownership[],
  after: readonly Ownership[],
  warehouse: string
): string {
  const sides = `with old_rows as (${ownedRows(source, loads, before, warehouse)}),
new_rows as (${ownedRows(source, loads, after, warehouse)})`;
  const reading = loads.filter(({id}) => [...before, ...after].some(({load}) => load === id));
  const select = before.length === 0 ? onlyNew(source) : comparison(source, comparedColumns(source, reading));
  return `${sides},\n${orderedMonths(select)}`;
}

/** The same where keys displace one another: of each key the newest row of a side counts. */
export function keyedMonthsSql(
  source: ProjectSource,
  loads: readonly StoredLoad[],
  sides: Readonly<Record<"gone" | "come" | "stays", readonly StandingLoad[]>>,
  changed: Readonly<Record<"before" | "after", readonly Ownership[]>>,
  warehouse: string
): string {
  const standing = [...sides.gone, ...sides.come, ...sides.stays].map(({load}) => load);
  const keyless = loads.filter(({id}) => !standing.some((load) => load.id === id));
  const compared = comparedColumns(source, standing);
  const looked = {compared, sums: addedColumns(source), days: endColumns(source, compared)};
  const select = keyedChangesSql(source, sides, looked, warehouse);
  const plain = (owned: readonly Ownership[], added: string, gone: string) =>
    `select ${month(source)} as month, ${added} as added, 0 as changed, ${gone} as gone, null as down, null as ended, 0 as moved
from (${ownedRows(source, keyless, owned, warehouse)}) group by all`;
  return `with ${orderedMonths(`select month, sum(added) as added, sum(changed) as changed, sum(gone) as gone, sum(down) as down, sum(ended) as ended, sum(moved) as moved
from (
${select}
union all
${plain(changed.before, "0", "count(*)")}
union all
${plain(changed.after, "count(*)", "0")}
)
group by month`)}`;
}

/** Columns in which a record may differ: those that all these loads hold, and that are its own. */
function comparedColumns(source: ProjectSource, reading: readonly StoredLoad[]): string[] {
  const ofDelivery = source.covers.from === "columns" ? [source.covers.first, source.covers.last] : [];
  return keptColumns(source).filter(
    (name) => !ofDelivery.includes(name) && reading.every((load) => load.columns.includes(name))
  );
}

/** Columns that measures add, sorted. */
function addedColumns({measures}: ProjectSource): string[] {
  return [...new Set(Object.values(measures).flatMap(({sum}) => sum ?? []))].sort();
}

/** Days beside those of the source itself that may be empty, of these columns: when a case ended, or a deed was done. */
function endColumns({key = [], date, reported, columns}: ProjectSource, among: readonly string[]): string[] {
  return among.filter((name) => {
    const {type, required} = columns[name] ?? {};
    return type === "date" && required !== true && name !== date && name !== reported && !key.includes(name);
  });
}

function onlyNew(source: ProjectSource): string {
  const none = (looked: readonly string[]) => (source.key === undefined || looked.length === 0 ? "null" : "0");
  const ended = none(endColumns(source, keptColumns(source)));
  return `select ${month(source)} as month, count(*) as added, 0 as changed, 0 as gone, ${none(addedColumns(source))} as down, ${ended} as ended, 0 as moved
from new_rows group by all`;
}

function comparison(source: ProjectSource, columns: readonly string[]): string {
  return source.key === undefined ? byMultiset(source, columns) : byKey(source, source.key, columns);
}

/** Equal rows stand for each other: of each distinct row, as many came or went as its counts differ by. */
function byMultiset(source: ProjectSource, columns: readonly string[]): string {
  const row = columns.map(quoteIdentifier).join(", ");
  return `select
    ${monthOf} as month,
    sum(greatest(difference, 0)) as added,
    0 as changed,
    sum(greatest(-difference, 0)) as gone,
    null as down,
    null as ended,
    0 as moved
from (
    select ${month(source)} as ${monthOf}, sum(${sideOf}) as difference
    from (select ${row}, 1 as ${sideOf} from new_rows union all select ${row}, -1 as ${sideOf} from old_rows)
    group by ${row}
    having sum(${sideOf}) <> 0
)
group by ${monthOf}`;
}

/** One pass, no join: a key that several records share counts as often as it stands on each side. */
function byKey(source: ProjectSource, key: readonly string[], columns: readonly string[]): string {
  const named = key.map(quoteIdentifier).join(", ");
  const row = columns.map(quoteIdentifier).join(", ");
  const sums = addedColumns(source);
  const values = sums.map((name, at) => `, coalesce(${quoteIdentifier(name)}, 0) as ${addedOf(at)}`).join("");
  const days = endColumns(source, columns);
  const known = days.length === 0 ? "" : `, ${daysKnown(days)} as ${daysOf}`;
  const side = (relation: string, sign: number) =>
    `select ${named}, ${sign} as ${sideOf}, ${month(source)} as ${monthOf}, hash(${row})::hugeint * ${sign} as ${saidOf}${values}${known} from ${relation}`;
  const isDown = sums.map((_, at) => `rise${at} < 0`).join(" or ");
  const isChanged = "difference = 0 and fingerprint <> 0";
  return `select
    month,
    sum(greatest(difference, 0)) as added,
    count(*) filter (${isChanged}) as changed,
    sum(greatest(-difference, 0)) as gone,
    ${sums.length === 0 ? "null" : `count(*) filter (${isChanged} and (${isDown}))`} as down,
    ${days.length === 0 ? "null" : `count(*) filter (${isChanged} and days_more > 0)`} as ended,
    0 as moved
from (
    select
        coalesce(max(${monthOf}) filter (${sideOf} = 1), max(${monthOf})) as month,
        sum(${sideOf}) as difference,
        sum(${saidOf}) as fingerprint${sums.map((_, at) => `,\n        sum(${addedOf(at)} * ${sideOf}) as rise${at}`).join("")}${days.length === 0 ? "" : `,\n        sum(${daysOf} * ${sideOf}) as days_more`}
    from (${side("new_rows", 1)} union all ${side("old_rows", -1)})
    group by ${named}
)
group by month`;
}

/** A month by its first day: text is made of it at the end, of a hundred rows and not of each. */
function month({date}: ProjectSource): string {
  return `date_trunc('month', ${quoteIdentifier(date)})`;
}
