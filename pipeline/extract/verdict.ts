import {join} from "node:path";
import type {DayRange} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Engine} from "../warehouse/engine.ts";
import {CheckPlaces} from "./check-places.ts";
import {checkResult, stageChecks} from "./checks.ts";
import type {ExtractOutcome, ExtractRequest, RejectReason} from "./contract.ts";
import {
  admittedDays,
  admittedWords,
  coverageOf,
  declaredDays,
  type NamedDays,
  sinceDeclared,
  warnOfGaps
} from "./coverage.ts";
import {type Judgement, judge, writeRows} from "./judgement.ts";
import type {CellFaults, FindPlaces} from "./places.ts";
import {tellingReading} from "./reading-steps.ts";
import {type Known, refuse} from "./refusal.ts";
import {RejectsFile, shownValue} from "./rejects.ts";
import {readFault, rejectReasons, type Stage, type StageColumn} from "./stage.ts";

/** A file whose records were typed, with what was said of it on the way. */
export interface StagedExtract {
  readonly known: Known;
  readonly named: NamedDays;
  /** For what is needed only while the extract is read. */
  readonly stageFolder: string;
  readonly stage: Stage;
  /** Records that are no rows and so not in the stage's relation. */
  readonly malformed: Readonly<Partial<Record<RejectReason, number>>>;
  readonly findPlaces: FindPlaces;
  readonly diagnostics: readonly Diagnostic[];
}

/** Decides which records are kept, what the file covers, and whether it is accepted at all. */
export async function judgeExtract(
  engine: Engine,
  request: ExtractRequest,
  {known, named, stageFolder, stage, malformed, findPlaces, diagnostics}: StagedExtract
): Promise<ExtractOutcome> {
  const {source, name, scratch} = request;
  request.progress?.({what: "judging", done: null, of: known.records, share: null});
  const declared = await declaredDays(engine, stage, request, named.covered);
  const judgement = await judge(engine, stage, {
    date: source.date,
    key: source.key ?? [],
    covered: admittedDays(request, declared.days),
    checks: stageChecks(request, stage),
    origin: source.origin,
    stageFolder
  });
  const checks = judgement.checks.map(checkResult);
  const byReason = countByReason(malformed, judgement.faults);
  const rejected = Object.values(byReason).reduce((sum, count) => sum + count, 0);
  if (judgement.kept + rejected !== known.records) {
    throw new Error(`${known.records} records, but ${judgement.kept} kept and ${rejected} rejected`);
  }
  // A share as written, 29%, has no exact double: a hair of tolerance.
  const tooMany = rejected / known.records - source.rejects.at_most > 1e-12;
  const places = new CheckPlaces(judgement.checks, stage.columns, name);
  const {rejectsFile, complaints} = await describe(
    judgement.unread,
    places,
    rejected === 0
      ? noFaults
      : await cellFaults(engine, stage, judgement, request.today, admittedDays(request, declared.days)),
    findPlaces,
    {name, file: rejected === 0 ? null : join(scratch, "rejects.csv"), severity: tooMany ? "error" : "warning"}
  );
  const failedChecks = places.complaints();
  const refusing = failedChecks.filter(({severity}) => severity === "error");
  const warnings = failedChecks.filter(({severity}) => severity !== "error");
  const said = [...diagnostics, ...declared.diagnostics, ...complaints, ...warnings];
  const refused = (...reasons: Diagnostic[]) =>
    refuse(known, [...reasons, ...said], {byReason, file: rejectsFile, checks});
  if (tooMany) {
    const parameters = {rejected, records: known.records, at_most: source.rejects.at_most};
    return refused(complain("too-many-rejects", {file: name}, parameters), ...refusing);
  }
  if (refusing.length > 0) return refused(...refusing);
  const days = declared.days ?? sinceDeclared(source, judgement.days);
  if (days === null) return refused(complain("no-coverage", {file: name}, {}));
  const rowsFile = join(scratch, "rows.parquet");
  await tellingReading(engine, request, {what: "sorting", rows: judgement.kept, sorts: true}, () =>
    writeRows(engine, stage, judgement, rowsFile)
  );
  const {sha256, bytes, records, columns} = known;
  return {
    outcome: "read",
    sha256,
    bytes,
    records,
    kept: judgement.kept,
    rejected,
    rejects_by_reason: byReason,
    columns,
    checks,
    diagnostics: [...said, ...(declared.days === null ? await warnOfGaps(engine, stage, judgement, request) : [])],
    rejectsFile,
    rowsFile,
    covered: await coverageOf(engine, stage, judgement, request, days),
    extracted: named.extracted
  };
}

/** Reasons in their own order, so that receipts read alike. */
function countByReason(
  ...counts: readonly Readonly<Partial<Record<RejectReason, number>>>[]
): Partial<Record<RejectReason, number>> {
  return Object.fromEntries(
    rejectReasons
      .map((reason) => [reason, counts.reduce((sum, count) => sum + (count[reason] ?? 0), 0)] as const)
      .filter(([, count]) => count > 0)
  );
}

/** All faults of cells, in order of record. */
async function cellFaults(
  engine: Engine,
  stage: Stage,
  {relation, checks}: Judgement,
  today: IsoDate,
  covered: DayRange | null
): Promise<CellFaults> {
  const {record = [], fault = []} = await engine.columns(
    `select record::double as record, fault from ${relation} where fault is not null order by record`
  );
  return {
    length: record.length,
    record: (index) => (record[index] as number | undefined) ?? null,
    at: (index) => {
      const {reason, index: at} = readFault(fault[index] as number);
      const check = reason === "check_failed" ? (checks[at]?.check ?? null) : null;
      const of = stage.columns[check?.column ?? at] as StageColumn;
      const expected = check?.expected ?? expectedOf(reason, of, today, covered);
      return {record: record[index] as number, reason, of, expected};
    }
  };
}

const noFaults: CellFaults = {
  length: 0,
  record: () => null,
  at: (index) => {
    throw new RangeError(`there is no fault ${index}`);
  }
};

function expectedOf(reason: RejectReason, of: StageColumn, today: IsoDate, covered: DayRange | null): string {
  if (reason === "missing_value") return "a value";
  if (reason === "date_in_future") return `not after ${today}`;
  if (reason === "outside_coverage") return covered === null ? "" : admittedWords(covered);
  if (reason === "repeated_key") return "each key once in a file";
  return of.typing.expected;
}

/** Writes the rejects file where there is one, and words rejects and values that were not read. */
async function describe(
  unread: Judgement["unread"],
  checks: CheckPlaces,
  faults: CellFaults,
  findPlaces: FindPlaces,
  {name, file, severity}: {readonly name: string; readonly file: string | null; readonly severity: "error" | "warning"}
): Promise<{rejectsFile: string | null; complaints: Diagnostic[]}> {
  const told = [...unread, ...checks.cells];
  if (file === null && told.length === 0) return {rejectsFile: null, complaints: []};
  const rejects = file === null ? null : new RejectsFile(file, name);
  const warnings: Diagnostic[] = [];
  try {
    await findPlaces(faults, told, {
      onReject: (fault, place) => rejects?.add(fault, place),
      onUnread: (cell, found) => {
        if (checks.found(cell, found)) return;
        const {column, count} = cell;
        const {line, column: at, value} = found;
        const place = {file: name, line: line ?? undefined, column: at ?? undefined};
        const {expected} = column.typing;
        warnings.push(
          complain(
            "value-not-read",
            place,
            {column: column.column, count, value: shownValue(value, column), expected},
            "warning"
          )
        );
      }
    });
  } finally {
    rejects?.close();
  }
  return {rejectsFile: file, complaints: [...(rejects?.diagnostics(severity) ?? []), ...warnings]};
}
