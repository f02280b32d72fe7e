import {z} from "zod";
import {type Check, checkWords, expectedWords, today as todayWord} from "../config/check.ts";
import {resolveSegment} from "../config/roster.ts";
import type {Column} from "../config/source.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {type Engine, QueryError} from "../warehouse/engine.ts";
import {parquetFile, quoteLiteral} from "../warehouse/sql.ts";
import type {CheckResult, ExtractRequest} from "./contract.ts";
import {faultCode, type Stage, withFaults} from "./stage.ts";

/** So many places are told of one check that failed; the rest are counted. */
const toldPlaces = 5;

/** A check as it is asked of the records of a stage. */
export interface StageCheck {
  readonly check: Check;
  readonly words: string;
  /** What should stand in the cell, for people. */
  readonly expected: string;
  /** Number of its column in the stage; null where the file does not hold the column. */
  readonly column: number | null;
  /** Number of the column that it is compared with; null where there is none. */
  readonly other: number | null;
  /** SQL, never null: whether the record has the values that are asked. */
  readonly asked: string;
  /** SQL, never null: whether it fails. */
  readonly failed: string;
}

/** What came of one check of the records. */
export interface CheckOutcome {
  readonly check: StageCheck;
  readonly failed: number;
  readonly of: number;
  /** Numbers of the first records that failed. */
  readonly records: readonly number[];
}

type Asked = Pick<ExtractRequest, "source" | "roster" | "codeLists" | "today">;

/** The checks of a source that look at nothing but the file; the others need what was loaded before. */
export function stageChecks({source, ...request}: Asked, {columns}: Pick<Stage, "columns">): StageCheck[] {
  const numberOf = (name: string | undefined) => {
    const index = columns.findIndex(({column}) => column === name);
    return index === -1 ? null : index;
  };
  return source.checks.flatMap((check): StageCheck[] => {
    const declared = check.column === undefined ? undefined : source.columns[check.column];
    if (declared === undefined) return [];
    const compared = [check.not_after, check.not_before].find((name) => name !== undefined && name !== todayWord);
    const column = numberOf(check.column);
    const other = numberOf(compared);
    const said = {check, words: checkWords(check), expected: expectedWords(check), column, other};
    if (column === null || (compared !== undefined && other === null))
      return [{...said, asked: "false", failed: "false"}];
    const value = `v${column}`;
    if (check.required === true || check.present !== undefined) {
      return [{...said, asked: "true", failed: `(${value} is null)`}];
    }
    const test = failure(check, value, other === null ? null : `v${other}`, {declared, ...request});
    const asked = other === null ? `(${value} is not null)` : `(${value} is not null and v${other} is not null)`;
    return [{...said, asked, failed: `coalesce(${test}, false)`}];
  });
}

/** SQL that is true of a value that fails; null where a value is. */
function failure(
  {in: list, between, matches, not_after, not_before}: Check,
  value: string,
  other: string | null,
  {declared, roster, codeLists, today}: Omit<Asked, "source"> & {readonly declared: Column}
): string {
  if (list !== undefined) {
    const {segment} = declared;
    const words = typeof list === "string" ? (codeLists.get(list) ?? []) : list;
    const values =
      segment === undefined ? words : words.map((word) => resolveSegment(roster, segment, String(word))!.code);
    return values.length === 0 ? "true" : `${value} not in (${values.map((one) => literal(declared, one)).join(", ")})`;
  }
  if (between !== undefined) {
    const [low, high] = between;
    const bounds = [
      ...(low === null ? [] : [`${value} < ${literal(declared, low)}`]),
      ...(high === null ? [] : [`${value} > ${literal(declared, high)}`])
    ];
    return `(${bounds.join(" or ")})`;
  }
  if (matches !== undefined) return `not regexp_full_match(${value}, ${quoteLiteral(matches)})`;
  const day = other ?? `date ${quoteLiteral(today)}`;
  if (not_after !== undefined) return `${value} > ${day}`;
  if (not_before !== undefined) return `${value} < ${day}`;
  throw new Error("a check must ask something");
}

/** A user's value in the type of the column; what does not fit the type is a fault that config refuses. */
function literal({type, segment}: Column, value: string | number | boolean): string {
  const text = String(value);
  if (segment !== undefined || type === "text") return quoteLiteral(text);
  if (type === "date") return `date ${quoteLiteral(text)}`;
  if (type === "boolean") return text === "true" ? "true" : "false";
  return type === "integer" ? `${text}::bigint` : text;
}

/**
 * Asks all checks of the records without an earlier fault in one pass.
 *
 * @param relation As the stage's.
 * @param file Where the records that a check rejects are written, when there are any.
 * @returns The outcomes in order, and the relation with their faults.
 * @throws RunFailure where the engine can't carry out a pattern.
 */
export async function askChecks(
  engine: Engine,
  relation: string,
  checks: readonly StageCheck[],
  {file, origin}: {readonly file: string; readonly origin: {readonly file: string; readonly line: number}}
): Promise<{relation: string; outcomes: CheckOutcome[]}> {
  if (checks.length === 0) return {relation, outcomes: []};
  await tryPatterns(engine, checks, origin);
  const [counts = {}] = await engine.rows(
    `select ${checks
      .map(
        ({asked, failed}, i) =>
          `count(*) filter (${asked})::double as a${i}, count(*) filter (${failed})::double as f${i}, ` +
          `min(record::double, ${toldPlaces}) filter (${failed}) as r${i}`
      )
      .join(", ")} from ${relation} where fault is null`,
    z.record(z.string(), z.union([z.number(), z.array(z.number()), z.null()]))
  );
  const outcomes = checks.map((check, i) => ({
    check,
    failed: counts[`f${i}`] as number,
    of: counts[`a${i}`] as number,
    records: (counts[`r${i}`] as number[] | null) ?? []
  }));
  const rejecting = outcomes.flatMap(({check, failed}, i) =>
    check.check.severity === "reject" && failed > 0 ? [{failed: check.failed, code: faultCode("check_failed", i)}] : []
  );
  if (rejecting.length === 0) return {relation, outcomes};
  const cases = rejecting.map(({failed, code}) => `when ${failed} then ${code}`).join(" ");
  await engine.run(
    `copy (select record, (case ${cases} end)::integer as fault from ${relation}
     where fault is null and (${rejecting.map(({failed}) => failed).join(" or ")})) to ${quoteLiteral(file)} (format parquet)`
  );
  return {
    relation: withFaults(relation, parquetFile(file)),
    outcomes
  };
}

/** `check` holds a pattern against the engine's dialect; what it would make of it, the engine alone can say. */
async function tryPatterns(
  engine: Engine,
  checks: readonly StageCheck[],
  origin: {readonly file: string; readonly line: number}
): Promise<void> {
  for (const {check} of checks) {
    if (check.matches === undefined) continue;
    try {
      await engine.run(`select regexp_full_match('', ${quoteLiteral(check.matches)})`);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      const problem = (error.cause as Error).message.split("\n")[0]!.replace(/^[A-Za-z ]*Error: /, "");
      throw new RunFailure([complain("bad-pattern", {file: origin.file, line: origin.line}, {problem})]);
    }
  }
}

/** Whether the file as a whole fails: too few values where a share is asked, or none at all where it lacks the column. */
export function failsAsWhole({check: {check, column}, failed, of}: CheckOutcome): boolean {
  if (check.required !== true && check.present === undefined) return false;
  if (column === null) return true;
  // A share as written, 29%, has no exact double: a hair of tolerance.
  return check.present !== undefined && of - failed < check.present * of - 1e-9;
}

/** As receipts tell it. */
export function checkResult(outcome: CheckOutcome): CheckResult {
  const {check, failed, of} = outcome;
  const {severity, present} = check.check;
  const ofFile = present !== undefined || failsAsWhole(outcome);
  return {
    check: check.words,
    severity,
    ...(ofFile ? {failed: failsAsWhole(outcome) ? 1 : 0, of: 1} : {failed, of})
  };
}
