import type {ProjectSource} from "../config/project.ts";
import {quoteIdentifier} from "../warehouse/sql.ts";
import {displacingKey, isWithdrawn, loadOrder, type StandingLoad, standingRows} from "./standing.ts";

const staying = quoteIdentifier("staying rows");

// Names with blanks, which no column of a user has.
const was = quoteIdentifier("row was");
const isNow = quoteIdentifier("row is now");
const said = quoteIdentifier("row said");

/** The rows that stay decided and have a key of rows that come or go: `load order` and `record`. */
export const stayingRowsSql = {
  table: staying,
  /**
   * @param moving Loads with the rows that come or go.
   * @param others Loads with the rows that stay.
   */
  fill: (
    source: ProjectSource,
    moving: readonly StandingLoad[],
    others: readonly StandingLoad[],
    warehouse: string
  ): string => {
    const key = displacingKey(source) ?? [];
    const named = key.map(quoteIdentifier).join(", ");
    return `create or replace temp table ${staying} as
select ${loadOrder}, record
from (${standingRows(source, others, key, warehouse)})
semi join (${standingRows(source, moving, key, warehouse)}) using (${named})`;
  }
};

/** How many of these columns of a row are not empty. */
export function daysKnown(columns: readonly string[]): string {
  return columns.map((name) => `(${quoteIdentifier(name)} is not null)::tinyint`).join(" + ");
}

/**
 * What comes, changes and goes by key, where of each key the newest row counts, before and after: `month`, `added`,
 * `changed`, `gone`, `down`, `ended`, `moved`.
 *
 * @param sides Rows that are decided only before, only after, and on both sides; of the last those in the table of staying
 * rows.
 * @param looked.compared Columns in which a record may differ.
 * @param looked.sums Columns that measures add; those that are compared are looked at.
 * @param looked.days Columns compared of which more are known when a case has ended.
 */
export function keyedChangesSql(
  source: ProjectSource,
  {gone, come, stays}: Readonly<Record<"gone" | "come" | "stays", readonly StandingLoad[]>>,
  {compared, sums, days}: Readonly<Record<"compared" | "sums" | "days", readonly string[]>>,
  warehouse: string
): string {
  const key = displacingKey(source) ?? [];
  const partition = source.partition?.[0];
  const columns = [...new Set([...key, source.date, ...(partition === undefined ? [] : [partition]), ...compared])];
  const values = sums.filter((name) => compared.includes(name));
  const fields = [
    `day: ${quoteIdentifier(source.date)}`,
    `part: ${partition === undefined ? "null::varchar" : quoteIdentifier(partition)}`,
    `fingerprint: hash(${compared.map(quoteIdentifier).join(", ")})`,
    `withdrawn: ${isWithdrawn}`,
    `stays: ${was} and ${isNow}`,
    ...(days.length === 0 ? [] : [`days_known: ${daysKnown(days)}`]),
    ...values.map((name, at) => `value${at}: coalesce(${quoteIdentifier(name)}, 0)`)
  ];
  const side = (loads: readonly StandingLoad[], before: boolean, after: boolean) => {
    const rows = `select ${before} as ${was}, ${after} as ${isNow}, rows.* from (${standingRows(source, loads, columns, warehouse)}) as rows`;
    return before && after ? `${rows} semi join ${staying} using (${loadOrder}, record)` : rows;
  };
  const rows = [
    side(gone, true, false),
    side(come, false, true),
    ...(stays.length === 0 ? [] : [side(stays, true, true)])
  ];
  const named = key.map(quoteIdentifier).join(", ");
  const isDown = values.map((_, at) => `now.value${at} < before.value${at}`).join(" or ");
  const changed = "before is not null and now is not null and before.fingerprint <> now.fingerprint";
  return `select
    date_trunc('month', coalesce(now.day, before.day)) as month,
    count(*) filter (before is null and now is not null) as added,
    count(*) filter (${changed}) as changed,
    count(*) filter (before is not null and now is null) as gone,
    ${values.length === 0 ? "null" : `count(*) filter (${changed} and (${isDown}))`} as down,
    ${days.length === 0 ? "null" : `count(*) filter (${changed} and now.days_known > before.days_known)`} as ended,
    count(*) filter (before.stays and not now.stays and (before.day, before.part) is distinct from (now.day, now.part)) as moved
from (
    select
        case when before.withdrawn then null else before end as before,
        case when now.withdrawn then null else now end as now
    from (
        select
            arg_max(${said}, ${loadOrder}) filter (${was}) as before,
            arg_max(${said}, ${loadOrder}) filter (${isNow}) as now
        from (
            select ${named}, ${loadOrder}, ${was}, ${isNow}, {${fields.join(", ")}} as ${said}
            from (
${rows.join("\nunion all\n")}
            )
        )
        group by ${named}
    )
)
where before is not null or now is not null
group by month`;
}
