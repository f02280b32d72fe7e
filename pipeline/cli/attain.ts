import {extname, resolve} from "node:path";
import {type AttainmentRow, attainmentColumns} from "../attainment/contract.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import {formatCounted} from "../format/numbers.ts";
import {answer} from "../run/answer.ts";
import {tellingDiskFaults} from "../run/disk-faults.ts";
import {csvText} from "../warehouse/csv.ts";
import {writeFileSafely} from "../warehouse/safe-files.ts";
import {attainmentText} from "./attainment-text.ts";
import type {Command} from "./context.ts";
import {openProject} from "./project.ts";
import {questionOf} from "./question.ts";

/** `milepost attain`: holds the targets against what is known; prints a table or JSON, or writes the rows to a file. */
export const attain: Command = async (given, context) => {
  const out = given.text("out");
  const write = out === undefined ? null : writerFor(out);
  const project = await openProject(given, context);
  const asked = {...questionOf(given, project), target: given.text("target") ?? null};
  const {rows, knowledge} = await answer(project, asked);
  if (knowledge.loads.length === 0) {
    context.err(renderDiagnostics([complain("nothing-loaded", null, {asOf: given.text("as-of") ?? null}, "warning")]));
  }
  if (out !== undefined && write !== null) {
    await tellingDiskFaults(() => writeFileSafely(resolve(context.cwd, out), write(rows)));
    context.err(`${out}: ${formatCounted(rows.length, "row")}\n`);
  } else if (given.text("format") === "json") context.out(jsonOf(rows));
  else context.out(attainmentText(rows, knowledge.as_of));
  return 0;
};

type Writer = (rows: readonly AttainmentRow[]) => string;

const writers: Readonly<Record<string, Writer>> = {
  ".csv": (rows) => csvText(attainmentColumns, rows),
  ".json": jsonOf
};

function writerFor(out: string): Writer {
  const writer = writers[extname(out).toLowerCase()];
  if (writer !== undefined) return writer;
  const parameters = {out, kinds: Object.keys(writers), later: [".parquet", ".arrow"]};
  throw new RunFailure([complain("out-kind", null, parameters)], 2);
}

function jsonOf(rows: readonly AttainmentRow[]): string {
  return `${JSON.stringify(rows, null, 2)}\n`;
}
