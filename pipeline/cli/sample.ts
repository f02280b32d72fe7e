import {relative, resolve} from "node:path";
import {type IsoDate, isIsoDate} from "../calendar/iso-date.ts";
import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {formatCount, formatCounted} from "../format/numbers.ts";
import {tellingDiskFaults} from "../run/disk-faults.ts";
import {projectPaths} from "../run/paths.ts";
import {foreignFiles} from "../sample/foreign-files.ts";
import type {SampleRecord} from "../sample/sample-record.ts";
import {sampleBytes, sampleDefaults, sampleFileNames, writeSample} from "../sample/write-sample.ts";
import type {Command, Context, Given} from "./context.ts";
import {progressOf} from "./progress.ts";
import {nearestProject, openProject} from "./project.ts";

/** The extracts of what is counted for a plan begin with the year before it: an earlier last day would leave them empty. */
const firstThrough = "2022-07-31";

/** `milepost sample`: writes synthetic extracts into the inbox, never over a file of somebody else. */
export const sample: Command = async (given, context) => {
  const rowsPerYear = wholeNumber(given, "rows", 100) ?? sampleDefaults.rowsPerYear;
  const seed = wholeNumber(given, "seed", 0) ?? 1;
  const to = lastDay(given) ?? sampleDefaults.to;
  const out = given.text("out");
  const project =
    out === undefined || nearestProject(given, context) !== null ? await openProject(given, context) : null;
  const directory = out === undefined ? projectPaths(project as Project).inbox : resolve(context.cwd, out);
  const options = {directory, seed, rowsPerYear, to, project};
  const foreign = await foreignFiles(directory, sampleFileNames(options));
  if (foreign.length > 0) {
    throw new RunFailure(foreign.map((file) => complain("not-a-sample", {file: shown(context, directory, file)}, {})));
  }
  context.err(`About ${formatCount(sampleBytes(options) / 1e6)} MB in ${shown(context, directory, "")}\n`);
  const progress = progressOf(context);
  const record = await tellingDiskFaults(() =>
    writeSample(options, {
      progress: (file, share) => progress.tell({file, what: "writing", done: null, of: null, share}),
      wrote: ({file, rows}) => {
        progress.clear();
        context.err(`${file}: ${formatCounted(rows, "row")}\n`);
      }
    })
  );
  if (given.text("format") === "json") context.out(`${JSON.stringify({directory, ...record}, null, 2)}\n`);
  else context.out(summary(record, shown(context, directory, "")));
  return 0;
};

function lastDay(given: Given): IsoDate | undefined {
  const text = given.text("through");
  if (text === undefined || (isIsoDate(text) && text >= firstThrough)) return text;
  throw badOption("through", `must be a day from ${firstThrough} on, and it is "${text}"`, "D");
}

function wholeNumber(given: Given, option: string, least: number): number | undefined {
  const text = given.text(option);
  if (text === undefined || (/^\d{1,9}$/.test(text) && Number(text) >= least)) {
    return text === undefined ? undefined : Number(text);
  }
  throw badOption(option, `must be a whole number from ${formatCount(least)}, and it is "${text}"`, "N");
}

function badOption(option: string, rule: string, value: string): RunFailure {
  const parameters = {command: "sample", problem: `--${option} ${rule}`, usage: `milepost sample --${option} ${value}`};
  return new RunFailure([complain("bad-arguments", null, parameters)], 2);
}

function summary({files, from, to, seed}: SampleRecord, folder: string): string {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return `${files.length} synthetic extracts with ${formatCount(rows)} rows, ${from} to ${to}, seed ${seed}: ${folder}
Nobody and no place in them is real. Next: milepost load\n`;
}

function shown(context: Context, directory: string, file: string): string {
  return relative(context.cwd, resolve(directory, file)).replaceAll("\\", "/") || ".";
}
