import {join} from "node:path";
import {z} from "zod";
import type {DayRange} from "../calendar/day-set.ts";
import type {Engine} from "../warehouse/engine.ts";
import {parquetFile, quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";
import {askChecks, type CheckOutcome, type StageCheck} from "./checks.ts";
import type {RejectReason} from "./contract.ts";
import type {UnreadCell} from "./places.ts";
import {faultCode, readFault, type Stage, withFaults} from "./stage.ts";

/** The stage after the rules that look at more than one record. */
export interface Judgement {
  /** SQL in place of a table: as the stage's, with the later faults in `fault`. */
  readonly relation: string;
  readonly kept: number;
  readonly faults: Readonly<Partial<Record<RejectReason, number>>>;
  /** Of the checks asked, in their order. */
  readonly checks: readonly CheckOutcome[];
  /** Columns of which a cell could not be read although the record is kept, in order. */
  readonly unread: readonly UnreadCell[];
  /** Earliest and latest day of the kept records; null when there are none. */
  readonly days: DayRange | null;
}

export interface Rules {
  readonly date: string;
  readonly key: readonly string[];
  /** The only days that rows may have; null when the rows themselves decide. */
  readonly covered: DayRange | null;
  readonly checks: readonly StageCheck[];
  /** Of the source's definition. */
  readonly origin: {readonly file: string; readonly line: number};
  readonly stageFolder: string;
}

export async function judge(
  engine: Engine,
  stage: Stage,
  {covered, checks, origin, stageFolder, ...names}: Rules
): Promise<Judgement> {
  const date = indexOf(stage, names.date);
  const outside =
    covered === null
      ? "null"
      : `case when v${date} not between date ${quoteLiteral(covered[0])} and date ${quoteLiteral(covered[1])} ` +
        `then ${faultCode("outside_coverage", date)} end`;
  const single = `(select * replace (coalesce(fault, ${outside})::integer as fault) from ${stage.relation})`;
  const checked = await askChecks(engine, single, checks, {file: join(stageFolder, "failed.parquet"), origin});
  const key = names.key.map((column) => indexOf(stage, column));
  const repeated = await findRepeated(engine, checked.relation, key, join(stageFolder, "repeated.parquet"));
  const relation = repeated === null ? checked.relation : withFaults(checked.relation, repeated);
  const faults: Partial<Record<RejectReason, number>> = {};
  let kept = 0;
  for (const {fault, records} of await engine.rows(
    `select fault, count(*)::double as records from ${relation} group by fault order by fault`,
    z.object({fault: z.number().nullable(), records: z.number()})
  )) {
    if (fault === null) kept = records;
    else faults[readFault(fault).reason] = (faults[readFault(fault).reason] ?? 0) + records;
  }
  const [days] = await engine.rows(
    `select min(v${date})::varchar as first, max(v${date})::varchar as last from ${relation} where fault is null`,
    z.object({first: z.string().nullable(), last: z.string().nullable()})
  );
  return {
    relation,
    kept,
    faults,
    checks: checked.outcomes,
    unread: await countUnread(engine, stage, relation),
    days: days === undefined || days.first === null || days.last === null ? null : [days.first, days.last]
  };
}

/** Earliest day of one column and latest of another over the good records; null when there are none. */
export async function span(engine: Engine, stage: Stage, first: string, last: string): Promise<DayRange | null> {
  const [row] = await engine.rows(
    `select min(v${indexOf(stage, first)})::varchar as first, max(v${indexOf(stage, last)})::varchar as last
     from ${stage.relation} where fault is null`,
    z.object({first: z.string().nullable(), last: z.string().nullable()})
  );
  return row === undefined || row.first === null || row.last === null ? null : [row.first, row.last];
}

/**
 * Writes the kept records as the contract says. They come in order already; sorting them again is what gives the file
 * the same row groups, and so the same bytes, however many threads wrote the stage and in whatever turns: copying
 * without it cuts the row groups by what was ready first (seen once in some dozen runs).
 */
export async function writeRows(engine: Engine, stage: Stage, {relation}: Judgement, file: string): Promise<void> {
  const columns = stage.columns.map(
    ({column, typing}, i) => `, ${typing.finished(`v${i}`)} as ${quoteIdentifier(column)}`
  );
  await engine.run(
    `copy (select record::bigint as record${columns.join("")} from ${relation} where fault is null order by record) ` +
      `to ${quoteLiteral(file)} (format parquet, compression zstd)`
  );
}

/** Runs of at least `longest` days inside the days of the kept records that have none. */
export async function findGaps(
  engine: Engine,
  stage: Stage,
  {relation}: Judgement,
  date: string,
  longest: number
): Promise<{from: string; to: string; days: number}[]> {
  const day = `v${indexOf(stage, date)}`;
  return engine.rows(
    `select (day + 1)::varchar as "from", (next - 1)::varchar as "to", (next - day - 1)::double as days
     from (select day, lead(day) over (order by day) as next
           from (select distinct ${day} as day from ${relation} where fault is null))
     where next - day - 1 >= ${longest} order by day`,
    z.object({from: z.string(), to: z.string(), days: z.number()})
  );
}

/** Distinct values of a column of the kept records. */
export async function distinctValues(
  engine: Engine,
  stage: Stage,
  {relation}: Judgement,
  column: string
): Promise<string[]> {
  const value = `v${indexOf(stage, column)}`;
  const rows = await engine.rows(
    `select distinct ${value} as value from ${relation} where fault is null order by value`,
    z.object({value: z.string()})
  );
  return rows.map(({value: text}) => text);
}

/** Writes the records whose key stands in an earlier good one; answers them as a relation, null when there are none. */
async function findRepeated(
  engine: Engine,
  relation: string,
  key: readonly number[],
  file: string
): Promise<string | null> {
  if (key.length === 0) return null;
  const columns = key.map((i) => `v${i}`).join(", ");
  const [{repeated} = {repeated: 0}] = await engine.rows(
    `select count(*)::double as repeated
     from (select 1 from ${relation} where fault is null group by ${columns} having count(*) > 1)`,
    z.object({repeated: z.number()})
  );
  if (repeated === 0) return null;
  await engine.run(
    `copy (select record, ${faultCode("repeated_key", key[0] as number)}::integer as fault
     from (select record, row_number() over (partition by ${columns} order by record) as place
           from ${relation} where fault is null)
     where place > 1) to ${quoteLiteral(file)} (format parquet)`
  );
  return parquetFile(file);
}

async function countUnread(engine: Engine, stage: Stage, relation: string): Promise<Judgement["unread"]> {
  const optional = stage.columns.map((column, i) => ({column, i})).filter(({column}) => !column.required);
  if (optional.length === 0) return [];
  const [counts = {}] = await engine.rows(
    `select ${optional
      .map(
        ({i}) => `count(*) filter (w${i})::double as n${i}, coalesce(min(record) filter (w${i}), 0)::double as f${i}`
      )
      .join(", ")} from ${relation} where fault is null`,
    z.record(z.string(), z.number())
  );
  return optional
    .map(({column, i}) => ({column, count: counts[`n${i}`] ?? 0, record: counts[`f${i}`] ?? 0}))
    .filter(({count}) => count > 0);
}

function indexOf(stage: Stage, column: string): number {
  const index = stage.columns.findIndex((one) => one.column === column);
  if (index === -1) throw new Error(`the stage has no column ${column}`);
  return index;
}
