import {z} from "zod";
import type {Engine} from "../warehouse/engine.ts";
import {parquetFile, quoteLiteral} from "../warehouse/sql.ts";
import {type Typing, trimmed} from "./column-typing.ts";
import type {MappedColumn, RejectReason} from "./contract.ts";

/** In the order in which one is chosen when several hold of a record. */
export const rejectReasons = [
  "wrong_field_count",
  "text_after_quote",
  "missing_value",
  "unreadable_value",
  "unknown_segment",
  "date_in_future",
  "outside_coverage",
  "check_failed",
  "repeated_key"
] as const satisfies readonly RejectReason[];

/** One wanted column, in the source's order; its number names it in the stage: `v3`, and `w3` where not read. */
export interface StageColumn extends MappedColumn {
  readonly typing: Typing;
  readonly required: boolean;
  readonly isSegment: boolean;
  /** Rejects a record whose date lies after this day. */
  readonly notAfter: string | null;
  /** Values must not be shown: the same header is personal or ignored. */
  readonly withheld: boolean;
}

/**
 * The typed records of an extract before they are judged as a whole: a relation of `record`, `v<i>` (values),
 * `w<i>` (a cell of a column that is not required could not be read) and `fault` (see `faultCode`; null when good).
 */
export interface Stage {
  /** SQL in place of a table. */
  readonly relation: string;
  readonly columns: readonly StageColumn[];
  readonly records: number;
}

/**
 * Reason and column in one number, so that the stage carries a single narrow column; read back by `readFault`.
 *
 * @param index Of the column in the stage; of `check_failed`, of the check among those that are asked.
 */
export function faultCode(reason: RejectReason, index: number): number {
  return (rejectReasons.indexOf(reason) + 1) * 10_000 + index;
}

export function readFault(code: number): {reason: RejectReason; index: number} {
  return {reason: rejectReasons[Math.floor(code / 10_000) - 1] as RejectReason, index: code % 10_000};
}

/** A relation like the stage's with faults that were found later; an earlier one stays. */
export function withFaults(relation: string, later: string): string {
  return `(select s.* replace (coalesce(s.fault, l.fault) as fault) from ${relation} s left join ${later} l using (record))`;
}

/** How the raw cells of a relation are told in SQL. */
export interface StageCells {
  /** SQL in place of a table. */
  readonly from: string;
  readonly text: (column: StageColumn) => string;
  /** The value where the file has types of its own and no text need be read; null where it has not. */
  readonly native: (column: StageColumn) => string | null;
  /** SQL of the record number where the relation knows it; else records are numbered as they come. */
  readonly record: string | null;
  readonly plain: boolean;
}

/**
 * Types a relation into a Parquet file in one parallel pass. Numbering records in that pass would make it run on one
 * thread (measured: 4.0 s against 1.7 s), so the number comes from the place in the file that was written: the engine
 * keeps the order of what it reads (`preserve_insertion_order`).
 */
export async function writeStage(
  engine: Engine,
  cells: StageCells,
  columns: readonly StageColumn[],
  file: string
): Promise<Stage> {
  const texts: string[] = cells.record === null ? [] : [`${cells.record} as record`];
  const values: string[] = [];
  const kept: string[] = [];
  columns.forEach((column, i) => {
    const native = cells.native(column);
    texts.push(`${trimmed(cells.text(column), cells.plain)} as t${i}`);
    if (native !== null) texts.push(`${native} as n${i}`);
    values.push(`${native === null ? column.typing.value(`t${i}`) : `n${i}`} as v${i}`);
    kept.push(`v${i}`);
    if (!column.required) kept.push(`(t${i} is not null and v${i} is null) as w${i}`);
  });
  const record = cells.record === null ? [] : ["record"];
  await engine.run(`copy (
with texts as (select ${texts.join(", ")} from ${cells.from}),
typed as (select *, ${values.join(", ")} from texts)
select ${[...record, ...kept, `${faults(columns)} as fault`].join(", ")} from typed
) to ${quoteLiteral(file)} (format parquet, compression uncompressed)`);
  const relation =
    cells.record === null
      ? `(select file_row_number + 1 as record, * exclude (file_row_number) from ${parquetFile(file, {numbered: true})})`
      : parquetFile(file);
  const [{count} = {count: 0}] = await engine.rows(
    `select count(*)::double as count from ${parquetFile(file)}`,
    z.object({count: z.number()})
  );
  return {relation, columns, records: count};
}

/** The first reason in order, of the first column in order; null for a good record. */
function faults(columns: readonly StageColumn[]): string {
  const when = (reason: RejectReason, test: (column: StageColumn, i: number) => string | null) =>
    columns.flatMap((column, i) => {
      const condition = test(column, i);
      return condition === null ? [] : [`when ${condition} then ${faultCode(reason, i)}`];
    });
  const cases = [
    ...when("missing_value", ({required}, i) => (required ? `t${i} is null` : null)),
    ...when("unreadable_value", ({required, isSegment}, i) => (required && !isSegment ? `v${i} is null` : null)),
    ...when("unknown_segment", ({required, isSegment}, i) => (required && isSegment ? `v${i} is null` : null)),
    ...when("date_in_future", ({notAfter}, i) => (notAfter === null ? null : `v${i} > date ${quoteLiteral(notAfter)}`))
  ];
  return cases.length === 0 ? "null::integer" : `(case ${cases.join(" ")} end)::integer`;
}
