import type {Diagnostic, Place} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Engine} from "../warehouse/engine.ts";
import type {ExtractOutcome, ExtractRequest} from "./contract.ts";
import type {NamedDays} from "./coverage.ts";
import {csvPlaces} from "./csv-places.ts";
import {type CsvFile, stageCsv} from "./csv-stage.ts";
import {type CsvText, headerNames, widthOf} from "./csv-text.ts";
import {matchHeader, mostColumns} from "./header.ts";
import {tellingReading} from "./reading-steps.ts";
import {placeInRecord, recordFields} from "./record-fields.ts";
import {longestRecord} from "./record-splitter.ts";
import {noColumns, refuse} from "./refusal.ts";
import {type ScanFault, scanCsv} from "./scan.ts";
import {stageColumns} from "./stage-columns.ts";
import {judgeExtract} from "./verdict.ts";

/** From so many columns on, a text that has as many delimiters to each line end as a record has is no chance. */
const certainWidth = 8;

/** A CSV file ready to be scanned. */
export interface CsvExtract {
  readonly named: NamedDays;
  readonly stageFolder: string;
  readonly text: CsvText;
  /** Of the text, as far as it is packed. */
  readonly size: number;
  /** SHA-256 and bytes of the file as delivered; null where the text is that file. */
  readonly delivered: {readonly sha256: string; readonly bytes: number} | null;
  /** What was said of the file on the way. */
  readonly warnings: readonly Diagnostic[];
}

/** Reads a CSV text, packed or not. The scan comes first: the engine is given nothing that it did not pass. */
export async function readCsvExtract(
  engine: Engine,
  request: ExtractRequest,
  {named, stageFolder, text, size, delivered, warnings}: CsvExtract
): Promise<ExtractOutcome> {
  const {source, name, progress} = request;
  const scan = await scanCsv(text, (read, records) =>
    progress?.({what: "checking", done: records, of: null, share: Math.min(1, read / size)})
  );
  const {sha256, bytes} = delivered ?? scan;
  const known = {sha256, bytes, records: scan.records, columns: noColumns};
  const said = [...named.diagnostics, ...warnings];
  if (scan.fault !== null || scan.header === null) {
    return refuse(known, [...said, faultOf(scan.fault, name, {bytes, banner: text.firstLine - 1})]);
  }
  const {line} = scan.header;
  const header = recordFields(scan.header.text, text.delimiter);
  const placeOf = (position: number | null): Place => ({
    file: name,
    ...placeInRecord(scan.header?.text ?? "", line, position === null ? 0 : (header.starts[position - 1] ?? 0))
  });
  const names = headerNames(text, header.fields);
  if (names.length > mostColumns) {
    const tooMany = complain("too-many-columns", placeOf(null), {columns: names.length, most: mostColumns});
    return refuse(known, [...said, tooMany]);
  }
  const match = matchHeader(source, names, placeOf);
  const columns = {mapped: match.mapped, missing: match.missing, unknown: match.unknown};
  const found = {...known, columns};
  const diagnostics: Diagnostic[] = [...said, ...match.diagnostics];
  if (scan.recordsInValue !== null) {
    const {line: at, column, lines} = scan.recordsInValue;
    const severity = header.fields.length < certainWidth ? "warning" : "error";
    diagnostics.push(complain("records-in-value", {file: name, line: at, column}, {lines}, severity));
  }
  if (scan.records === 0) diagnostics.push(complain("no-records", placeOf(null), {}));
  if (diagnostics.some(({severity}) => severity === "error")) return refuse(found, diagnostics);
  const file: CsvFile = {text, scan, width: widthOf(text, header.fields)};
  const typed = stageColumns(request, match, {plain: scan.plain, thousands: source.csv.thousands});
  const stage = await tellingReading(engine, request, {what: "reading", rows: scan.records}, () =>
    stageCsv(engine, file, typed, stageFolder)
  );
  if (stage.swallowing !== null) {
    const {line: at, column, to} = stage.swallowing;
    return refuse(found, [...diagnostics, complain("quote-over-records", {file: name, line: at, column}, {to})]);
  }
  if (stage.cutOff !== null) {
    const {line: at, column, fields} = stage.cutOff;
    const cut = complain("cut-off-line", {file: name, line: at, column}, {found: fields, expected: names.length});
    return refuse(found, [...diagnostics, cut]);
  }
  const hasMalformed = stage.malformed.wrong_field_count + stage.malformed.text_after_quote > 0;
  return judgeExtract(engine, request, {
    known: found,
    named,
    stageFolder,
    stage,
    malformed: stage.malformed,
    findPlaces: csvPlaces(file, hasMalformed),
    diagnostics
  });
}

function faultOf(
  fault: ScanFault | null,
  file: string,
  {bytes, banner}: {readonly bytes: number; readonly banner: number}
): Diagnostic {
  const place: Place =
    fault?.line == null || fault.column == null ? {file} : {file, line: fault.line, column: fault.column};
  switch (fault?.reason) {
    case "damaged_gzip":
      return complain("damaged-gzip", place, {});
    case "utf16":
      return complain("utf-16", place, {});
    case "not_utf8":
      return complain("not-utf-8", place, {});
    case "nul_byte":
      return complain("nul-byte", place, {});
    case "unclosed_quote":
      return complain("unclosed-quote", place, {bytes: longestRecord});
    case "record_too_long":
      return complain("record-too-long", place, {bytes: longestRecord});
    default:
      return complain("empty-file", place, {bytes, banner});
  }
}
