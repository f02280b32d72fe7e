import {z} from "zod";
import type {Project, ProjectSource} from "../config/project.ts";
import type {Engine} from "../warehouse/engine.ts";
import {quoteIdentifier} from "../warehouse/sql.ts";
import type {Ownership} from "./contract.ts";
import {partitionsOf} from "./coverage.ts";
import {keptColumns, ownedRows, type StoredLoad} from "./known.ts";
import {changedOwnership, ownershipOf} from "./ownership.ts";

const monthSchema = z.strictObject({month: z.string(), added: z.int(), changed: z.int(), gone: z.int()});

/** Rows that came, changed and went in a month of the source's date. */
export type ChangedMonth = z.output<typeof monthSchema>;

/**
 * What a load does to what is known, by month; months in which nothing changed are left out.
 *
 * With a `key` a record that has it on both sides and differs in any column is `changed`, in the month of its new
 * date. Without one, a record has no name: the difference of the two multisets is told, and a corrected record is
 * one `gone` and one `added`. Only the days that other loads decide now are read, and only columns that all loads
 * on them hold are compared, so that a column declared later does not make every row new. Nor are the columns that
 * say which days a file covers: they tell of the delivery, not of the record.
 */
export async function changedMonths(
  engine: Engine,
  {roster, settings: {time_zone}}: Pick<Project, "roster" | "settings">,
  source: ProjectSource,
  before: readonly StoredLoad[],
  after: readonly StoredLoad[],
  warehouse: string
): Promise<ChangedMonth[]> {
  const partitions = partitionsOf(roster, source);
  const changed = changedOwnership(
    ownershipOf(source.delivery, before, partitions, time_zone),
    ownershipOf(source.delivery, after, partitions, time_zone)
  );
  if (changed.before.length === 0 && changed.after.length === 0) return [];
  const loads = [...new Map([...before, ...after].map((load) => [load.id, load])).values()];
  return engine.rows(monthsSql(source, loads, changed.before, changed.after, warehouse), monthSchema);
}

/** The statement of `changedMonths`: `month` (yyyy-MM), `added`, `changed`, `gone`. */
export function monthsSql(
  source: ProjectSource,
  loads: readonly StoredLoad[],
  before: readonly Ownership[],
  after: readonly Ownership[],
  warehouse: string
): string {
  const sides = `with old_rows as (${ownedRows(source, loads, before, warehouse)}),
new_rows as (${ownedRows(source, loads, after, warehouse)})`;
  const select = before.length === 0 ? onlyNew(source) : comparison(source, loads, [...before, ...after]);
  return `${sides},
counted as (${select})
select
    strftime(month, '%Y-%m') as month,
    added::integer as added,
    changed::integer as changed,
    gone::integer as gone
from counted
where added + changed + gone > 0
order by counted.month`;
}

function onlyNew(source: ProjectSource): string {
  return `select ${month(source)} as month, count(*) as added, 0 as changed, 0 as gone from new_rows group by all`;
}

function comparison(source: ProjectSource, loads: readonly StoredLoad[], owned: readonly Ownership[]): string {
  const reading = loads.filter(({id}) => owned.some(({load}) => load === id));
  const ofDelivery = source.covers.from === "columns" ? [source.covers.first, source.covers.last] : [];
  const columns = keptColumns(source).filter(
    (name) => !ofDelivery.includes(name) && reading.every((load) => load.columns.includes(name))
  );
  return source.key === undefined ? byMultiset(source, columns) : byKey(source, source.key, columns);
}

/** Equal rows stand for each other: of each distinct row, as many came or went as its counts differ by. */
function byMultiset(source: ProjectSource, columns: readonly string[]): string {
  const row = columns.map(quoteIdentifier).join(", ");
  return `select
    month,
    sum(greatest(difference, 0)) as added,
    0 as changed,
    sum(greatest(-difference, 0)) as gone
from (
    select ${month(source)} as month, sum(side) as difference
    from (select ${row}, 1 as side from new_rows union all select ${row}, -1 as side from old_rows)
    group by ${row}
    having sum(side) <> 0
)
group by month`;
}

/** One pass, no join: a key that several records share counts as often as it stands on each side. */
function byKey(source: ProjectSource, key: readonly string[], columns: readonly string[]): string {
  const named = key.map(quoteIdentifier).join(", ");
  const row = columns.map(quoteIdentifier).join(", ");
  const side = (relation: string, sign: number) =>
    `select ${named}, ${sign} as side, ${month(source)} as month, hash(${row})::hugeint * ${sign} as fingerprint from ${relation}`;
  return `select
    month,
    sum(greatest(difference, 0)) as added,
    count(*) filter (difference = 0 and fingerprint <> 0) as changed,
    sum(greatest(-difference, 0)) as gone
from (
    select
        coalesce(max(month) filter (side = 1), max(month)) as month,
        sum(side) as difference,
        sum(fingerprint) as fingerprint
    from (${side("new_rows", 1)} union all ${side("old_rows", -1)})
    group by ${named}
)
group by month`;
}

/** A month by its first day: text is made of it at the end, of a hundred rows and not of each. */
function month({date}: ProjectSource): string {
  return `date_trunc('month', ${quoteIdentifier(date)})`;
}
