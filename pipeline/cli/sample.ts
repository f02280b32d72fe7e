import {relative, resolve} from "node:path";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {formatCount, formatCounted} from "../format/numbers.ts";
import {tellingDiskFaults} from "../run/disk-faults.ts";
import {projectPaths} from "../run/paths.ts";
import {foreignFiles} from "../sample/foreign-files.ts";
import {type SampleRecord, sampleBytes, sampleDefaults, sampleFileNames, writeSample} from "../sample/write-sample.ts";
import type {Command, Context, Given} from "./context.ts";
import {progressOf} from "./progress.ts";
import {openProject} from "./project.ts";

/** `milepost sample`: writes synthetic extracts into the inbox, never over a file of somebody else. */
export const sample: Command = async (given, context) => {
  const rowsPerYear = wholeNumber(given, "rows", 100) ?? sampleDefaults.rowsPerYear;
  const seed = wholeNumber(given, "seed", 0) ?? 1;
  const directory = await targetFolder(given, context);
  const foreign = await foreignFiles(directory, sampleFileNames({}));
  if (foreign.length > 0) {
    throw new RunFailure(foreign.map((file) => complain("not-a-sample", {file: shown(context, directory, file)}, {})));
  }
  context.err(`About ${formatCount(sampleBytes({rowsPerYear}) / 1e6)} MB in ${shown(context, directory, "")}\n`);
  const progress = progressOf(context);
  const record = await tellingDiskFaults(() =>
    writeSample(
      {directory, seed, rowsPerYear},
      {
        progress: (file, share) => progress.tell({file, what: "writing", done: null, of: null, share}),
        wrote: ({file, rows}) => {
          progress.clear();
          context.err(`${file}: ${formatCounted(rows, "row")}\n`);
        }
      }
    )
  );
  if (given.text("format") === "json") context.out(`${JSON.stringify({directory, ...record}, null, 2)}\n`);
  else context.out(summary(record, shown(context, directory, "")));
  return 0;
};

async function targetFolder(given: Given, context: Context): Promise<string> {
  const out = given.text("out");
  if (out !== undefined) return resolve(context.cwd, out);
  return projectPaths(await openProject(given, context)).inbox;
}

function wholeNumber(given: Given, option: string, least: number): number | undefined {
  const text = given.text(option);
  if (text === undefined || (/^\d{1,9}$/.test(text) && Number(text) >= least)) {
    return text === undefined ? undefined : Number(text);
  }
  const problem = `--${option} must be a whole number from ${formatCount(least)}, and it is "${text}"`;
  throw new RunFailure(
    [complain("bad-arguments", null, {command: "sample", problem, usage: `milepost sample --${option} N`})],
    2
  );
}

function summary({files, from, to, seed}: SampleRecord, folder: string): string {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return `${files.length} synthetic extracts with ${formatCount(rows)} rows, ${from} to ${to}, seed ${seed}: ${folder}
Nobody and no place in them is real. Next: milepost load\n`;
}

function shown(context: Context, directory: string, file: string): string {
  return relative(context.cwd, resolve(directory, file)).replaceAll("\\", "/") || ".";
}
