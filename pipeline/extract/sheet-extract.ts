import {join} from "node:path";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Engine} from "../warehouse/engine.ts";
import type {ExtractOutcome, ExtractRequest} from "./contract.ts";
import type {NamedDays} from "./coverage.ts";
import {contentOf, fileBytes, hashFile, OtherContent} from "./file-bytes.ts";
import {tellingReading} from "./reading-steps.ts";
import {noColumns, refuse} from "./refusal.ts";
import {readRows} from "./sheet-rows.ts";
import {sheetPlaces, stageSheet} from "./sheet-stage.ts";
import {SheetTable} from "./sheet-table.ts";
import {UnpackedBytes} from "./unpacked-bytes.ts";
import {judgeExtract} from "./verdict.ts";
import {openSheet} from "./workbook.ts";
import {openZip} from "./zip-archive.ts";

/**
 * Reads a sheet of an Excel workbook (.xlsx): the one that the source names, else the first that is shown.
 *
 * The archive and its XML are read by libraries (yauzl, sax), what the cells mean by `sheet-rows.ts` and its
 * neighbours. The libraries that read whole workbooks were looked at in November 2026 and left: read-excel-file
 * answers an error cell (#N/A) as an empty one, exceljs has had no release since 2023, SheetJS publishes elsewhere than
 * npm and holds every cell of the workbook in memory, and hucre does not tell an error from a text. Here rows pass by
 * one at a time, so that a sheet of a million rows takes no more memory than its different texts.
 */
export async function readSheetExtract(
  engine: Engine,
  request: ExtractRequest,
  {named, stageFolder, size}: {readonly named: NamedDays; readonly stageFolder: string; readonly size: number}
): Promise<ExtractOutcome> {
  const {source, path, name, progress} = request;
  const {sheet = null, banner = 0} = source.excel ?? {};
  await refuseOtherContent(path);
  const staged = join(stageFolder, "sheet.csv");
  const table = new SheetTable(request, banner, staged);
  const zip = await openZip(path, new UnpackedBytes(size));
  try {
    const parts = await openSheet(zip, sheet, name);
    table.from1904 = parts.from1904;
    const bytes = counted(zip.read(parts.sheet), zip.size(parts.sheet), (share) =>
      progress?.({what: "unpacking", done: table.records, of: null, share})
    );
    await readRows(
      parts,
      bytes,
      (row) => table.add(row),
      (merged) => table.addMerged(merged)
    );
    table.flush();
  } finally {
    table.close();
    zip.close();
  }
  const identity = await hashFile(path);
  const {match, records} = table;
  if (match === null) {
    return refuse({...identity, records, columns: noColumns}, [
      ...named.diagnostics,
      ...(table.fault === null
        ? [complain("empty-file", {file: name}, {bytes: identity.bytes, banner})]
        : [table.fault])
    ]);
  }
  const {mapped, missing, unknown} = match;
  const known = {...identity, records, columns: {mapped, missing, unknown}};
  const diagnostics: Diagnostic[] = [...named.diagnostics, ...match.diagnostics, ...table.warnings()];
  if (records === 0) diagnostics.push(complain("no-records", {file: name, line: table.headerRow}, {}));
  if (diagnostics.some(({severity}) => severity === "error")) return refuse(known, diagnostics);
  const stage = await tellingReading(engine, request, {what: "reading", rows: records}, () =>
    stageSheet(engine, {source, staged, columns: table.columns, stageFolder})
  );
  if (stage.records !== records) {
    throw new Error(`${records} rows were written out for the engine and ${stage.records} read back`);
  }
  return judgeExtract(engine, request, {
    known,
    named,
    stageFolder,
    stage,
    malformed: {},
    findPlaces: sheetPlaces(staged, table.columns),
    diagnostics
  });
}

/** What is no archive at all is called by its name: an old workbook, one with a password, a table saved as a web page. */
async function refuseOtherContent(path: string): Promise<void> {
  for await (const head of fileBytes(path)) {
    const start = head.toString("latin1", 0, 256).trimStart();
    if (start.startsWith("PK")) return;
    throw new OtherContent(
      contentOf(head) ?? (/^<(!doctype|html|table|\?xml)/i.test(start) ? "a web page or XML" : "no Excel workbook")
    );
  }
}

async function* counted(
  bytes: AsyncIterable<Buffer>,
  size: number,
  onShare: (share: number) => void
): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of bytes) {
    read += chunk.length;
    onShare(size === 0 ? 1 : Math.min(1, read / size));
    yield chunk;
  }
}
