import {complain} from "../diagnostics/messages.ts";
import type {Engine} from "../warehouse/engine.ts";
import type {ExtractOutcome, ExtractRequest} from "./contract.ts";
import type {NamedDays} from "./coverage.ts";
import {hashFile} from "./file-bytes.ts";
import {matchHeader, mostColumns} from "./header.ts";
import {footerProblem} from "./parquet-footer.ts";
import {isDamagedParquet, parquetColumns, parquetPlaces, stageParquet, unfitType} from "./parquet-stage.ts";
import {tellingReading} from "./reading-steps.ts";
import {noColumns, refuse} from "./refusal.ts";
import {stageColumns} from "./stage-columns.ts";
import {judgeExtract} from "./verdict.ts";

/**
 * Reads a Parquet file: columns by name, types as they are where they fit, else through their text.
 *
 * @param path Of the Parquet file itself, where the extract as delivered is packed.
 */
export async function readParquetExtract(
  engine: Engine,
  request: ExtractRequest,
  {named, stageFolder, path}: {readonly named: NamedDays; readonly stageFolder: string; readonly path: string}
): Promise<ExtractOutcome> {
  const {source, name} = request;
  const place = {file: name};
  const identity = {...(await hashFile(request.path)), records: 0, columns: noColumns};
  if (identity.bytes === 0) return refuse(identity, [...named.diagnostics, complain("empty-file", place, {bytes: 0})]);
  const problem = await footerProblem(path);
  if (problem !== null) return refuse(identity, [...named.diagnostics, complain("damaged-parquet", place, {problem})]);
  try {
    const found = await parquetColumns(engine, path);
    if (found.length > mostColumns) {
      const tooMany = complain("too-many-columns", place, {columns: found.length, most: mostColumns});
      return refuse(identity, [...named.diagnostics, tooMany]);
    }
    const match = matchHeader(
      source,
      found.map((column) => column.name),
      () => place
    );
    const known = {...identity, columns: {mapped: match.mapped, missing: match.missing, unknown: match.unknown}};
    const columns = stageColumns(request, match, {plain: false});
    const unfit = columns.flatMap((column) => {
      const type = unfitType(source, found, column);
      return type === null ? [] : [complain("unfit-type", place, {column: column.column, type})];
    });
    const diagnostics = [...named.diagnostics, ...match.diagnostics, ...unfit];
    if (diagnostics.some(({severity}) => severity === "error")) return refuse(known, diagnostics);
    const stage = await tellingReading(engine, request, {what: "reading", rows: null}, () =>
      stageParquet(engine, {path, source, found}, columns, stageFolder)
    );
    if (stage.records === 0) return refuse(known, [...diagnostics, complain("no-records", place, {})]);
    return await judgeExtract(engine, request, {
      known: {...known, records: stage.records},
      named,
      stageFolder,
      stage,
      malformed: {},
      findPlaces: parquetPlaces(engine, {path, source, found}, columns),
      diagnostics
    });
  } catch (error) {
    const problem = isDamagedParquet(error);
    if (problem === null) throw error;
    return refuse(identity, [...named.diagnostics, complain("damaged-parquet", place, {problem})]);
  }
}
