import {resolve} from "node:path";
import {baseMeasures} from "../actuals/measure-parts.ts";
import type {Measured} from "../attainment/contract.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {explain as explainRow} from "../explanation/explain.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import {formatCounted} from "../format/numbers.ts";
import {type Answer, answer, type Question} from "../run/answer.ts";
import {checkRowsAreWhole} from "../run/check-rows.ts";
import type {CountedRows} from "../run/counted-from.ts";
import {countedColumns, countedRows, countSql} from "../run/counted-rows.ts";
import {tellingDiskFaults} from "../run/disk-faults.ts";
import {withEngine} from "../run/scratch.ts";
import {verdictOn} from "../status/judge.ts";
import {csvText} from "../warehouse/csv.ts";
import {writeFileSafely} from "../warehouse/safe-files.ts";
import type {Command, Given} from "./context.ts";
import {explanationText} from "./explanation-text.ts";
import {watching} from "./progress.ts";
import {openProject} from "./project.ts";
import {questionOf} from "./question.ts";

/** `milepost explain TARGET`: the whole way of one number; with --rows also the rows that were counted, as CSV. */
export const explain: Command = async (given, context) => {
  const project = await openProject(given, context);
  const {segments, ...question} = questionOf(given, project);
  const answered = await watching(context, (tell) =>
    answer(project, {...question, target: given.positionals[0] ?? ""}, tell)
  );
  onlyOne(answered, given.positionals[0] ?? "");
  const index = rowAsked(answered, segments ?? null, given);
  const [measured, row] = [answered.measured[index]!, answered.rows[index]!];
  const counted = countedBy(answered, measured);
  const explanation = explainRow({
    ...answered,
    coverage: coverageOf(answered, measured),
    coverages: [...counted.coverages.values()],
    measured,
    row,
    rule: verdictOn(measured).rule,
    sqlOver: (window) => countSql({...counted, ...window})
  });
  const out = given.text("rows");
  if (out !== undefined) {
    const count = await writeRows(resolve(context.cwd, out), counted, answered.warehouse);
    context.err(`${out}: ${formatCounted(count, "row")}\n`);
  }
  if (given.text("format") === "json") context.out(`${JSON.stringify(explanation, null, 2)}\n`);
  else context.out(explanationText(explanation, project.settings.time_zone));
  return 0;
};

/** A milestone may have several targets: one number is explained at a time. */
function onlyOne({rows}: Answer, name: string): void {
  const targets = [...new Set(rows.map(({target}) => target))];
  if (targets.length > 1) throw new RunFailure([complain("several-targets", null, {milestone: name, targets})], 2);
}

/** The binding row, or that of the segment asked for: exactly one. */
function rowAsked({rows, project}: Answer, segments: Question["segments"] | null, given: Given): number {
  const target = given.positionals[0] ?? "";
  if (rows.length === 0) {
    const own = project.targets.find((one) => one.target === target)?.period.name ?? "";
    throw new RunFailure([complain("period-apart", null, {target, own, asked: given.text("period") ?? ""})], 2);
  }
  if (segments === null || segments === undefined) return rows.findIndex(({binding}) => binding);
  const fitting = rows.filter((row) =>
    segments.some(({type, code}) => type === row.segment_type && code === row.segment)
  );
  const segment = given.text("segment") ?? "";
  if (fitting.length > 1) {
    const choices = fitting.map((row) => `${row.segment_type}:${row.segment_name}`);
    throw new RunFailure([complain("segment-ambiguous", null, {segment, choices})], 2);
  }
  if (fitting.length === 0) {
    const shown = rows.map(({segment_name}) => segment_name);
    throw new RunFailure([complain("segment-not-shown", null, {target, segment, shown})], 2);
  }
  return rows.indexOf(fitting[0]!);
}

function coverageOf({project, coverages}: Answer, {row}: Measured): SourceCoverage {
  const source = project.measures.get(row.measure)?.source ?? "";
  const coverage = coverages.get(source);
  if (coverage === undefined) throw new Error(`nothing is known of source "${source}"`);
  return coverage;
}

function countedBy({project, knowledge, coverages}: Answer, {row, counted_to}: Measured): CountedRows {
  const read = new Set(baseMeasures(project.measures, row.measure).map(({source}) => source));
  return {
    project,
    knowledge,
    coverages: new Map([...coverages].filter(([source]) => read.has(source))),
    measure: row.measure,
    segment: {type: row.segment_type, code: row.segment},
    from: row.period_from,
    to: counted_to
  };
}

/** Rows of cases may tell of people, so the file is its owner's alone. */
async function writeRows(path: string, counted: CountedRows, warehouse: string): Promise<number> {
  return tellingDiskFaults(async () => {
    // The number may stand in the cache: its rows were not looked at for it.
    const deciding = new Set([...counted.coverages.values()].flatMap(({ownership}) => ownership.map(({load}) => load)));
    await checkRowsAreWhole(
      counted.knowledge.loads.filter(({id}) => deciding.has(id)),
      warehouse
    );
    const rows = await withEngine(warehouse, (engine) => countedRows(engine, counted, warehouse));
    const columns = countedColumns(counted);
    await writeFileSafely(path, csvText(columns, rows as Record<string, string | null>[]), 0o600);
    return rows.length;
  });
}
