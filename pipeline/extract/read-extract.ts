import {mkdir, rm, stat, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Engine} from "../warehouse/engine.ts";
import type {ExtractOutcome, ExtractRequest} from "./contract.ts";
import {type NamedDays, readFileName} from "./coverage.ts";
import {readCsvExtract} from "./csv-extract.ts";
import type {CsvText} from "./csv-text.ts";
import {deliveredBytes, extractKind, hashFile} from "./file-bytes.ts";
import {readParquetExtract} from "./parquet-extract.ts";
import {writePlainText} from "./plain-text.ts";
import {noColumns, refuse} from "./refusal.ts";
import {readSheetExtract} from "./sheet-extract.ts";
import {complaintOf} from "./unreadable.ts";
import {openMember} from "./zip-member.ts";

/**
 * One extract -> checked, typed rows and rejects. Every record is accounted for: `records = kept + rejected`, and a
 * refused file keeps none. Same file, source, roster and day give the same bytes.
 *
 * @throws RunFailure when there is no such file or it can't be opened.
 */
export async function readExtract(engine: Engine, request: ExtractRequest): Promise<ExtractOutcome> {
  const {path, name} = request;
  const before = await identify(path, name);
  const stageFolder = join(request.scratch, "stage");
  await mkdir(stageFolder, {recursive: true});
  let outcome: ExtractOutcome;
  try {
    outcome = await dispatch(engine, request, stageFolder, before.size);
  } catch (error) {
    // Two passes over a file that changes between them read two files: that is what they stumbled over.
    if (isSame(before, await identify(path, name))) throw error;
    outcome = refuse({...(await hashFile(path)), records: 0, columns: noColumns}, []);
  } finally {
    await rm(stageFolder, {recursive: true, force: true});
  }
  if (isSame(before, await identify(path, name))) return outcome;
  const {sha256, bytes, records, columns} = outcome;
  return refuse({sha256, bytes, records, columns}, [complain("file-changed", {file: name}, {})]);
}

/** A file that can't be unpacked or decoded is refused here: nothing of it was counted. */
async function dispatch(
  engine: Engine,
  request: ExtractRequest,
  stageFolder: string,
  size: number
): Promise<ExtractOutcome> {
  const given = {named: readFileName(request), stageFolder, size};
  try {
    return await read(engine, request, given);
  } catch (error) {
    const complaint = complaintOf(error, request.name);
    if (complaint === null) throw error;
    const known = {...(await hashFile(request.path)), records: 0, columns: noColumns};
    const empty = complain("empty-file", {file: request.name}, {bytes: 0});
    return refuse(known, [...given.named.diagnostics, known.bytes === 0 ? empty : complaint]);
  }
}

interface Given {
  readonly named: NamedDays;
  readonly stageFolder: string;
  /** Bytes of the file as delivered. */
  readonly size: number;
}

async function read(engine: Engine, request: ExtractRequest, given: Given): Promise<ExtractOutcome> {
  const {path, name, source} = request;
  const {encoding, banner = 0} = source.csv;
  switch (extractKind(path)) {
    case "csv":
    case "csv.gz":
      return encoding === "utf-8" && banner === 0
        ? readCsvExtract(engine, request, {...given, text: csvText(request, path), delivered: null, warnings: []})
        : readAsPlainText(engine, request, given, deliveredBytes(path));
    case "zip": {
      const member = await openMember(path, name);
      const {named} = given;
      const noted = {...given, named: {...named, diagnostics: [...named.diagnostics, ...member.notes]}};
      try {
        if (member.kind === "csv") return await readAsPlainText(engine, request, noted, member.bytes);
        const unpacked = join(given.stageFolder, "member.parquet");
        await writeFile(unpacked, member.bytes, {mode: 0o600});
        return await readParquetExtract(engine, request, {...noted, path: unpacked});
      } finally {
        member.close();
      }
    }
    case "parquet":
      return readParquetExtract(engine, request, {...given, path});
    case "xlsx":
      return readSheetExtract(engine, request, given);
    case null: {
      const known = {...(await hashFile(path)), records: 0, columns: noColumns};
      return refuse(known, [complain("unknown-file-kind", {file: name}, {name})]);
    }
  }
}

/** A text in another shape than the plainest is written anew in that, once. */
async function readAsPlainText(
  engine: Engine,
  request: ExtractRequest,
  given: Given,
  bytes: AsyncIterable<Buffer>
): Promise<ExtractOutcome> {
  const {encoding, banner = 0} = request.source.csv;
  const plain = join(given.stageFolder, "plain.csv");
  const told = telling(bytes, extractKind(request.path) === "csv" ? given.size : null, request);
  const warnings = await writePlainText(told, {encoding, banner}, plain, request.name);
  const delivered = await hashFile(request.path);
  const {size} = await stat(plain);
  const text = csvText(request, plain);
  return readCsvExtract(engine, request, {...given, text, size, delivered, warnings});
}

/** @param size Of all the bytes; null where it is not known before they are unpacked. */
async function* telling(
  bytes: AsyncIterable<Buffer>,
  size: number | null,
  {progress}: ExtractRequest
): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of bytes) {
    read += chunk.length;
    progress?.({what: "unpacking", done: null, of: null, share: size === null ? null : Math.min(1, read / size)});
    yield chunk;
  }
}

function csvText({source}: ExtractRequest, path: string): CsvText {
  const {delimiter, banner = 0, trailing_delimiter: trailing = false} = source.csv;
  return {path, delimiter, firstLine: banner + 1, trailing};
}

/** A file as it was found. */
interface Found {
  readonly size: number;
  readonly mtimeMs: number;
}

function isSame(a: Found, b: Found): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs;
}

async function identify(path: string, name: string): Promise<Found> {
  const problems: Record<string, string> = {
    ENOENT: "there is no such file",
    EACCES: "it may not be read by this user",
    EISDIR: "it is a folder"
  };
  try {
    const found = await stat(path);
    if (!found.isFile()) throw Object.assign(new Error("not a file"), {code: "EISDIR"});
    return {size: found.size, mtimeMs: found.mtimeMs};
  } catch (error) {
    const {code = "", message} = error as NodeJS.ErrnoException;
    throw new RunFailure([complain("file-unreadable", {file: name}, {problem: problems[code] ?? message})]);
  }
}
