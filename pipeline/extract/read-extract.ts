import {mkdir, rm, stat} from "node:fs/promises";
import {join} from "node:path";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Engine} from "../warehouse/engine.ts";
import type {ExtractOutcome, ExtractRequest} from "./contract.ts";
import {readFileName} from "./coverage.ts";
import {readCsvExtract} from "./csv-extract.ts";
import {extractKind, hashFile} from "./file-bytes.ts";
import {readParquetExtract} from "./parquet-extract.ts";
import {noColumns, refuse} from "./refusal.ts";

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
  } finally {
    await rm(stageFolder, {recursive: true, force: true});
  }
  const after = await identify(path, name);
  if (before.size === after.size && before.mtimeMs === after.mtimeMs) return outcome;
  const {sha256, bytes, records, columns} = outcome;
  return refuse({sha256, bytes, records, columns}, [complain("file-changed", {file: name}, {})]);
}

async function dispatch(
  engine: Engine,
  request: ExtractRequest,
  stageFolder: string,
  size: number
): Promise<ExtractOutcome> {
  const named = readFileName(request);
  switch (extractKind(request.path)) {
    case "csv":
    case "csv.gz":
      return readCsvExtract(engine, request, {named, stageFolder, size});
    case "parquet":
      return readParquetExtract(engine, request, {named, stageFolder});
    case null: {
      const known = {...(await hashFile(request.path)), records: 0, columns: noColumns};
      return refuse(known, [complain("unknown-file-kind", {file: request.name}, {name: request.name})]);
    }
  }
}

async function identify(path: string, name: string): Promise<{size: number; mtimeMs: number}> {
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
