import {join} from "node:path";
import {addDays, daysIn, earlier, type IsoDate, later} from "../calendar/iso-date.ts";
import {writeFileSafely} from "../warehouse/safe-files.ts";
import {type AreaSharesOf, areaShares} from "./area-shares.ts";
import {categories, crimeHeader, crimeRecords} from "./crime-incidents.ts";
import {type PendingExtract, writeExtract} from "./extract-file.ts";
import {realCrimeReports} from "./levels.ts";
import {type Chance, chances} from "./random.ts";
import {type DayRecords, type ReportNumbers, type Runs, reportNumbers, type Span} from "./report-lines.ts";
import {collisionHeader, collisionRecords} from "./traffic-collisions.ts";

export interface SampleOptions {
  /** Made when it is missing. */
  readonly directory: string;
  /** A whole number; the same again gives the same bytes. */
  readonly seed: number;
  /** Crime reports a year; collisions follow in the same proportion. Deaths and what is as rare keep their real level. */
  readonly rowsPerYear?: number;
  /** First and last day of occurrence. The extract is made ten days later. */
  readonly from?: IsoDate;
  readonly to?: IsoDate;
}

export interface SampleEffects {
  /** Called after each day that is written, with the share of the file that is done, 0 to 1. */
  readonly progress?: (file: string, done: number) => void;
  /** Called when a file is finished. */
  readonly wrote?: (file: SampleFile) => void;
}

export interface SampleFile {
  readonly file: string;
  /** SHA-256 of the file, lower-case hex: how `load` knows that it is synthetic. */
  readonly sha256: string;
  readonly rows: number;
  readonly bytes: number;
}

/** What stands in `milepost-sample.json`. */
export interface SampleRecord {
  readonly synthetic: true;
  readonly note: string;
  readonly seed: number;
  readonly rows_per_year: number;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly extracted: IsoDate;
  readonly files: readonly SampleFile[];
}

/** Beside the extracts; lists every file that `writeSample` made there. */
export const sampleRecordName = "milepost-sample.json";

export const sampleDefaults = {rowsPerYear: realCrimeReports, from: "2018-01-01", to: "2023-12-31"} as const;

/** Bytes of a year's files for each of its crime reports, measured; with the compressed collisions. */
const bytesPerReport = 251;

/** Roughly how much disk the files take, in bytes. */
export function sampleBytes({
  rowsPerYear = sampleDefaults.rowsPerYear,
  from = sampleDefaults.from,
  to = sampleDefaults.to
}: Partial<SampleOptions>): number {
  return (bytesPerReport * rowsPerYear * daysIn(from, to)) / 365.25;
}

/**
 * Writes synthetic extracts of crime incidents and traffic collisions, a file a year, and the record of them. Nobody in
 * them lives and no street is real; levels, shares, seasons and delays are those of Los Angeles. The same options give
 * the same bytes.
 */
export async function writeSample(
  options: SampleOptions,
  {wrote, progress}: SampleEffects = {}
): Promise<SampleRecord> {
  const {directory, seed, rowsPerYear, from, to} = {...sampleDefaults, ...options};
  const extracted = addDays(to, 10);
  const [ofAreas, ...ofFiles] = chances(seed, 5);
  const [crimes, rareCrimes, collisions, rareCollisions] = ofFiles as [Chance, Chance, Chance, Chance];
  const sharesOf = areaShares(ofAreas!, [...categories, "collisions"]);
  const kinds = [
    {
      name: crimeFile,
      header: crimeHeader,
      records: crimeRecords,
      runs: {usual: crimes, rare: rareCrimes},
      numberOf: reportNumbers(),
      sharesOf
    },
    {
      name: collisionFile,
      header: collisionHeader,
      records: collisionRecords,
      runs: {usual: collisions, rare: rareCollisions},
      numberOf: reportNumbers(),
      sharesOf
    }
  ];
  const files: SampleFile[] = [];
  const pending: PendingExtract[] = [];
  try {
    for (const {name, ...kind} of kinds) {
      for (const span of yearSpans({from, to, extracted, scale: rowsPerYear / realCrimeReports})) {
        const file = name(span);
        const {text, rows} = countedText(kind, span, (done) => progress?.(file, done));
        const written = await writeExtract(join(directory, file), text);
        pending.push(written);
        files.push({file, sha256: written.sha256, rows: rows(), bytes: written.bytes});
        wrote?.(files.at(-1)!);
      }
    }
    const record: SampleRecord = {
      synthetic: true,
      note: "Made by milepost sample: no person, place or event in these files is real.",
      ...{seed, rows_per_year: rowsPerYear, from, to, extracted, files}
    };
    await writeFileSafely(join(directory, sampleRecordName), `${JSON.stringify(record, null, 2)}\n`);
    // The record goes first: whoever stops this half way finds only files that it knows.
    for (const {publish} of pending) await publish();
    return record;
  } catch (error) {
    for (const {discard} of pending) await discard();
    throw error;
  }
}

/** Names of the files that `writeSample` makes for these days. */
export function sampleFileNames({
  from = sampleDefaults.from,
  to = sampleDefaults.to
}: Partial<SampleOptions>): string[] {
  const spans = yearSpans({from, to, extracted: to, scale: 1});
  return [crimeFile, collisionFile].flatMap((name) => spans.map(name));
}

function crimeFile({from}: Span): string {
  return `crime-incidents-synthetic-${from.slice(0, 4)}.csv`;
}

function collisionFile({from}: Span): string {
  return `traffic-collisions-synthetic-${from.slice(0, 4)}.csv.gz`;
}

function yearSpans(whole: Span): Span[] {
  const first = +whole.from.slice(0, 4);
  return Array.from({length: +whole.to.slice(0, 4) - first + 1}, (_, index) => {
    const [start, end] = [`${first + index}-01-01`, `${first + index}-12-31`];
    return {...whole, from: later(start, whole.from), to: earlier(end, whole.to)};
  });
}

interface Kind {
  readonly header: string;
  readonly records: (span: Span, runs: Runs, numberOf: ReportNumbers, sharesOf: AreaSharesOf) => Iterable<DayRecords>;
  readonly runs: Runs;
  readonly numberOf: ReportNumbers;
  readonly sharesOf: AreaSharesOf;
}

/** The file's text a day at a time, and after it was read to its end the number of its records. */
function countedText({header, records, runs, numberOf, sharesOf}: Kind, span: Span, told: (done: number) => void) {
  const days = daysIn(span.from, span.to);
  let count = 0;
  let day = 0;
  const text = (function* () {
    yield `${header}\n`;
    for (const {text, rows} of records(span, runs, numberOf, sharesOf)) {
      count += rows;
      day++;
      told(day / days);
      if (rows > 0) yield text;
    }
  })();
  return {text, rows: () => count};
}
