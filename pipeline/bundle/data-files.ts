import type {DrawnChart} from "../charts/contract.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {relationCsv} from "../warehouse/csv.ts";
import {type Relation, relationOf} from "../warehouse/relation.ts";
import type {BundleCharts, BundleFile, BundleRequest} from "./contract.ts";
import {
  actualsKinds,
  attainmentKinds,
  comparisonsKinds,
  type RejectsRow,
  rejectsKinds,
  reportedKinds
} from "./data-columns.ts";
import type {PageModel} from "./page-model.ts";

/** Draws a finished chart as PNG, with what is said above and below it. */
export type RenderPng = (
  drawn: DrawnChart,
  words: {readonly above: string; readonly below: string}
) => Promise<Uint8Array>;

/** What draws pictures for slides, and what stands below each: a slide is shown without the page. */
export interface Slides {
  readonly renderPng: RenderPng;
  readonly below: string;
}

/** "COMPSTAT report, 3 December to 30 December 2023 \u00b7 DRAFT \u00b7 Made from synthetic extracts" */
export function slideWords({title, subtitle, draft, synthetic}: PageModel): string {
  return [`${title}, ${subtitle}`, draft ? "DRAFT" : null, synthetic].filter((part) => part !== null).join(" \u00b7 ");
}

/**
 * The numbers of the report as files: what the pages print, unrounded, and each chart with its specification.
 *
 * @param slides Needed where the request asks for PNG.
 */
export async function dataFiles(
  request: BundleRequest,
  loads: Knowledge["loads"],
  slides: Slides | null
): Promise<BundleFile[]> {
  const {data, actuals, comparisons, reported} = request;
  const relations = {
    attainment: relationOf(attainmentKinds, data()),
    actuals: relationOf(actualsKinds, actuals()),
    ...(comparisons === null ? {} : {comparisons: relationOf(comparisonsKinds, comparisons.rows)}),
    ...(reported.length === 0 ? {} : {reported: relationOf(reportedKinds, reported)})
  };
  return [
    ...(await inAllFormats(relations, request.scratch)),
    {path: "data/rejects-by-reason.csv", contents: relationCsv(relationOf(rejectsKinds, rejects(loads)))},
    ...(await chartFiles(request, slides))
  ];
}

async function inAllFormats(relations: Readonly<Record<string, Relation>>, scratch: string): Promise<BundleFile[]> {
  // Both parts are slow to load and wanted nowhere else.
  const [{arrowBytes}, {parquetBytes}] = await Promise.all([
    import("../warehouse/arrow.ts"),
    import("../warehouse/parquet.ts")
  ]);
  const parquet = await parquetBytes(Object.values(relations), scratch);
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

async function chartFiles({charts, png}: BundleRequest, slides: Slides | null): Promise<BundleFile[]> {
  const files: BundleFile[] = [];
  const ids = new Set<string>();
  for (const drawn of drawnCharts(charts)) {
    const {id, svg, spec} = drawn;
    if (ids.has(id)) throw new Error(`two charts of one bundle are called ${id}`);
    ids.add(id);
    files.push({path: `charts/${id}.svg`, contents: svg});
    files.push({path: `charts/${id}.vl.json`, contents: `${JSON.stringify(spec, null, 2)}\n`});
    if (!png) continue;
    if (slides === null) throw new Error("PNG is asked for, and nothing given that draws it");
    files.push({
      path: `charts/${id}.png`,
      contents: await slides.renderPng(drawn, {above: drawn.title, below: slides.below})
    });
  }
  return files;
}

/** Every chart of the report once, as it is drawn for a page. */
function drawnCharts({targets, timelines, gaps, segments, gap, matrix, multiples, pages}: BundleCharts): DrawnChart[] {
  const pairs = [
    ...targets.values(),
    ...[...gaps.values()].flat(),
    ...[...timelines.values()].flat(),
    ...segments.values(),
    ...(gap === null ? [] : [gap]),
    ...(matrix === null ? [] : [matrix]),
    ...multiples
  ];
  const ofPages = [...pages.values()].flatMap(({trends, gap: own}) => [...trends, ...(own === null ? [] : [own.wide])]);
  return [...pairs.map(({wide}) => wide), ...ofPages];
}
