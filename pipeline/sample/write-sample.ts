import {existsSync} from "node:fs";
import {join} from "node:path";
import {daysIn, type IsoDate} from "../calendar/iso-date.ts";
import type {Project} from "../config/project.ts";
import {writeFileSafely} from "../warehouse/safe-files.ts";
import {csvText, type ExtractText} from "./csv-text.ts";
import {type PendingExtract, writeExtract} from "./extract-file.ts";
import {realCrimeReports} from "./levels.ts";
import {makers} from "./makers.ts";
import {recordedFiles, type SampleFile, type SampleRecord, sampleRecordName} from "./sample-record.ts";
import {type SampleExtract, worldOf} from "./world.ts";
import {extractedOn, yearlyExtracts, yearlyFileNames, yearlySources} from "./yearly-extracts.ts";

export interface SampleOptions {
  /** Made when it is missing. */
  readonly directory: string;
  /** A whole number; the same again gives the same bytes. */
  readonly seed: number;
  /** Crime reports a year; collisions follow in the same proportion. Deaths and what is as rare keep their real level. */
  readonly rowsPerYear?: number;
  /** First and last day of occurrence. Crime and collisions are extracted ten days later. */
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  /** Every source of it that has a maker gets an extract; without one there are crime incidents and traffic collisions. */
  readonly project?: Project | null;
}

export interface SampleEffects {
  /** Called now and then with the share of the file that is done, 0 to 1. */
  readonly progress?: (file: string, done: number) => void;
  /** Called when a file is finished. */
  readonly wrote?: (file: SampleFile) => void;
}

export const sampleDefaults = {
  rowsPerYear: realCrimeReports,
  from: "2018-01-01",
  to: "2024-03-31",
  project: null
} as const;

/** Bytes of a year's files for each of its crime reports, measured; with the compressed collisions. */
const bytesPerReport = 251;

/** Roughly how much disk the files of crime and collisions take, in bytes. */
export function sampleBytes({
  rowsPerYear = sampleDefaults.rowsPerYear,
  from = sampleDefaults.from,
  to = sampleDefaults.to
}: Partial<SampleOptions>): number {
  return (bytesPerReport * rowsPerYear * daysIn(from, to)) / 365.25;
}

/**
 * Writes synthetic extracts and the record of them. Nobody in them lives and no street is real; levels, shares, seasons
 * and delays are those of Los Angeles. The same options give the same bytes; a later `to` gives the same events as they
 * are known by then. Files of earlier calls stay, and stay in the record.
 */
export async function writeSample(
  options: SampleOptions,
  {wrote, progress}: SampleEffects = {}
): Promise<SampleRecord> {
  const {directory, seed, rowsPerYear, from, to, project} = {...sampleDefaults, ...options};
  const texts = function* (): Generator<ExtractText> {
    const told = (file: string, done: number) => progress?.(file, done);
    yield* yearlyExtracts({seed, rowsPerYear, from, to}, yearlyOf(project), told);
    for (const extract of madeExtracts({seed, rowsPerYear, to, project})) yield csvText(extract);
  };
  const files: SampleFile[] = [];
  const pending: PendingExtract[] = [];
  try {
    for (const {file, text, rows} of texts()) {
      const written = await writeExtract(join(directory, file), text);
      pending.push(written);
      files.push({file, sha256: written.sha256, rows: rows(), bytes: written.bytes});
      wrote?.(files.at(-1)!);
    }
    const record: SampleRecord = {
      synthetic: true,
      note: "Made by milepost sample: no person, place or event in these files is real.",
      ...{seed, rows_per_year: rowsPerYear, from, to, extracted: extractedOn(to), files}
    };
    const stored = {...record, files: [...files, ...(await earlierFiles(directory, files))]};
    await writeFileSafely(join(directory, sampleRecordName), `${JSON.stringify(stored, null, 2)}\n`);
    // The record goes first: whoever stops this half way finds only files that it knows.
    for (const {publish} of pending) await publish();
    return record;
  } catch (error) {
    for (const {discard} of pending) await discard();
    throw error;
  }
}

/** Names of the files that `writeSample` makes with these options. */
export function sampleFileNames(options: Partial<SampleOptions>): string[] {
  const {rowsPerYear, from, to, project, seed = 1} = {...sampleDefaults, ...options};
  return [
    ...yearlyFileNames({from, to}, yearlyOf(project)),
    ...madeExtracts({seed, rowsPerYear, to, project}).map(({file}) => file)
  ];
}

function yearlyOf(project: Project | null): readonly string[] {
  return project === null ? yearlySources : [...project.sources.keys()];
}

type MakerOptions = Required<Pick<SampleOptions, "seed" | "rowsPerYear" | "to">> & {readonly project: Project | null};

/** In order of the makers. */
function madeExtracts({seed, rowsPerYear, to, project}: MakerOptions): SampleExtract[] {
  if (project === null) return [];
  const world = worldOf({project, seed, scale: rowsPerYear / realCrimeReports, through: to});
  return Object.entries(makers).flatMap(([source, make]) => (project.sources.has(source) ? make(world) : []));
}

async function earlierFiles(directory: string, now: readonly SampleFile[]): Promise<SampleFile[]> {
  const recorded = await recordedFiles(directory);
  return recorded.filter(({file}) => now.every((one) => one.file !== file) && existsSync(join(directory, file)));
}
