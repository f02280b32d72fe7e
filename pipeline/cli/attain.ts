import {extname, resolve} from "node:path";
import type {AttainmentDataRow} from "../attainment/contract.ts";
import {attainmentKinds} from "../bundle/data-columns.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import {formatCounted} from "../format/numbers.ts";
import {answer} from "../run/answer.ts";
import {tellingDiskFaults} from "../run/disk-faults.ts";
import {projectPaths} from "../run/paths.ts";
import {withScratch} from "../run/scratch.ts";
import {dataRows} from "../status/data-rows.ts";
import {relationCsv} from "../warehouse/csv.ts";
import {relationOf} from "../warehouse/relation.ts";
import {writeFileSafely} from "../warehouse/safe-files.ts";
import {attainmentText} from "./attainment-text.ts";
import type {Command} from "./context.ts";
import {nothingFits} from "./nothing-fits.ts";
import {optimizeLate} from "./optimize-late.ts";
import {watching} from "./progress.ts";
import {openProject} from "./project.ts";
import {questionOf} from "./question.ts";

/** `milepost attain`: holds the targets against what is known; prints a table or JSON, or writes the rows to a file. */
export const attain: Command = async (given, context) => {
  optimizeLate();
  const out = given.text("out");
  const write = out === undefined ? null : writerFor(out);
  const project = await openProject(given, context);
  const {warehouse} = projectPaths(project);
  const asked = {...questionOf(given, project), target: given.text("target") ?? null};
  const {rows, measured, knowledge, project: used} = await watching(context, (tell) => answer(project, asked, tell));
  if (knowledge.loads.length === 0) {
    context.err(renderDiagnostics([complain("nothing-loaded", null, {asOf: given.text("as-of") ?? null}, "warning")]));
  }
  const data = dataRows(measured, rows);
  if (out !== undefined && write !== null) {
    await tellingDiskFaults(async () => writeFileSafely(resolve(context.cwd, out), await write(data, warehouse)));
    context.err(`${out}: ${formatCounted(data.length, "row")}\n`);
  } else if (given.text("format") === "json") context.out(jsonOf(data));
  else if (rows.length === 0) context.out(nothingFits(used, asked));
  else context.out(attainmentText(rows, knowledge.as_of, project.settings.time_zone));
  return 0;
};

type Writer = (rows: readonly AttainmentDataRow[], warehouse: string) => Promise<string | Uint8Array>;

/** By the file's ending. What writes Arrow and Parquet is slow to load, so only where it is wanted. */
const writers: Readonly<Record<string, Writer>> = {
  ".csv": async (rows) => relationCsv(relationOf(attainmentKinds, rows)),
  ".parquet": async (rows, warehouse) => {
    const {parquetBytes} = await import("../warehouse/parquet.ts");
    const relations = [relationOf(attainmentKinds, rows)];
    const [bytes] = await withScratch(warehouse, (scratch) => parquetBytes(relations, scratch));
    return bytes!;
  },
  ".arrow": async (rows) => {
    const {arrowBytes} = await import("../warehouse/arrow.ts");
    return arrowBytes(relationOf(attainmentKinds, rows));
  },
  ".json": async (rows) => jsonOf(rows)
};

function writerFor(out: string): Writer {
  const writer = writers[extname(out).toLowerCase()];
  if (writer !== undefined) return writer;
  throw new RunFailure([complain("out-kind", null, {out, kinds: Object.keys(writers)})], 2);
}

function jsonOf(rows: readonly AttainmentDataRow[]): string {
  return `${JSON.stringify(rows, null, 2)}\n`;
}
