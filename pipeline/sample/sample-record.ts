import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import type {IsoDate} from "../calendar/iso-date.ts";

/** Beside the extracts; lists every file that `writeSample` made there. */
export const sampleRecordName = "milepost-sample.json";

export interface SampleFile {
  readonly file: string;
  /** SHA-256 of the file, lower-case hex: how `load` knows that it is synthetic. */
  readonly sha256: string;
  readonly rows: number;
  readonly bytes: number;
}

/** What stands in `milepost-sample.json`: of the last call, and the files of earlier ones that still lie there. */
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

const recordSchema = z.object({
  files: z.array(z.object({file: z.string(), sha256: z.string(), rows: z.number(), bytes: z.number()}))
});

/** The files that the record of a folder lists; none without a record that can be read: nothing there is known to be ours. */
export async function recordedFiles(directory: string): Promise<readonly SampleFile[]> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(join(directory, sampleRecordName), "utf8"))).files;
  } catch {
    return [];
  }
}
