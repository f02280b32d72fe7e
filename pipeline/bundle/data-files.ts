import type {DrawnChart} from "../charts/contract.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {relationCsv} from "../warehouse/csv.ts";
import {type Relation, relationOf} from "../warehouse/relation.ts";
import type {BundleCharts, BundleFile, BundleRequest} from "./contract.ts";
import {actualsKinds, attainmentKinds, comparisonsKinds, type RejectsRow, rejectsKinds} from "./data-columns.ts";

/** Draws a finished chart as PNG. */
export type RenderPng = (drawn: DrawnChart) => Promise<Uint8Array>;

/**
 * The numbers of the report as files: what the pages print, unrounded, and each chart with its specification.
 *
 * @param renderPng Needed where the request asks for PNG.
 */
export async function dataFiles(
  request: BundleRequest,
  loads: Knowledge["loads"],
  renderPng: RenderPng | null
): Promise<BundleFile[]> {
  const {rows, actuals, comparisons} = request;
  const relations = {
    attainment: relationOf(attainmentKinds, rows),
    actuals: relationOf(actualsKinds, actuals),
    ...(comparisons === null ? {} : {comparisons: relationOf(comparisonsKinds, comparisons.rows)})
  };
  return [
    ...(await inAllFormats(relations)),
    {path: "data/rejects-by-reason.csv", contents: relationCsv(relationOf(rejectsKinds, rejects(loads)))},
    ...(await chartFiles(request, renderPng))
  ];
}

async function inAllFormats(relations: Readonly<Record<string, Relation>>): Promise<BundleFile[]> {
  // Both parts are slow to load and wanted nowhere else.
  const [{arrowBytes}, {parquetBytes}] = await Promise.all([
    import("../warehouse/arrow.ts"),
    import("../warehouse/parquet.ts")
  ]);
  const parquet = await parquetBytes(Object.values(relations));
  return Object.entries(relations).flatMap(([name, relation], at) => [
    {path: `data/${name}.csv`, contents: relationCsv(relation)},
    {path: `data/${name}.parquet`, contents: parquet[at]!},
    {path: `data/${name}.arrow`, contents: arrowBytes(relation)}
  ]);
}

/** A load without rejects has no row. No value of a record is told. */
function rejects(loads: Knowledge["loads"]): RejectsRow[] {
  return loads.flatMap(({source, id, file, sha256, receipt}) =>
    Object.entries(receipt.rejects_by_reason)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([reason, records]) => ({source, load: id, file, sha256, reason, records}))
  );
}

async function chartFiles({charts, png}: BundleRequest, renderPng: RenderPng | null): Promise<BundleFile[]> {
  const files: BundleFile[] = [];
  const ids = new Set<string>();
  for (const drawn of drawnCharts(charts)) {
    const {id, svg, spec} = drawn;
    if (ids.has(id)) throw new Error(`two charts of one bundle are called ${id}`);
    ids.add(id);
    files.push({path: `charts/${id}.svg`, contents: svg});
    files.push({path: `charts/${id}.vl.json`, contents: `${JSON.stringify(spec, null, 2)}\n`});
    if (!png) continue;
    if (renderPng === null) throw new Error("PNG is asked for, and nothing given that draws it");
    files.push({path: `charts/${id}.png`, contents: await renderPng(drawn)});
  }
  return files;
}

/** Every chart of the report once, as it is drawn for a page. */
function drawnCharts({cumulative, segments, gap, matrix, multiples, pages}: BundleCharts): DrawnChart[] {
  const pairs = [
    ...cumulative.values(),
    ...segments.values(),
    ...(gap === null ? [] : [gap]),
    ...(matrix === null ? [] : [matrix]),
    ...multiples
  ];
  const ofPages = [...pages.values()].flatMap(({trends, gap: own}) => [...trends, ...(own === null ? [] : [own.wide])]);
  return [...pairs.map(({wide}) => wide), ...ofPages];
}
