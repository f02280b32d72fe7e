import {readFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {z} from "zod";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";

/** What `sample` leaves beside the extracts that it made up; read for the hashes alone. */
const sampleRecordSchema = z.object({files: z.array(z.object({file: z.string(), sha256: z.string()}))});

/**
 * Whether an extract was made up by `sample`: its hash stands in the record beside it.
 *
 * @throws RunFailure when there is a record that can't be read: what is made up must never pass for real.
 */
export async function isSynthetic(path: string, sha256: string): Promise<boolean> {
  const record = join(dirname(path), "milepost-sample.json");
  let text: string;
  try {
    text = await readFile(record, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  const read = sampleRecordSchema.safeParse(jsonOf(text));
  if (!read.success) throw new RunFailure([complain("sample-record", {file: record}, {})]);
  return read.data.files.some((file) => file.sha256 === sha256);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
