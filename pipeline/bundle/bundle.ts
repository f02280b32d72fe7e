import type {IsoDate} from "../calendar/iso-date.ts";
import type {BundleAssets} from "./assets.ts";
import type {BundleFile, BundleRequest} from "./contract.ts";
import {dataFiles, type RenderPng, slideWords} from "./data-files.ts";
import {renderHtml} from "./html.ts";
import {manifestText, type Output, outputOf, sha256} from "./manifest.ts";
import {bindingRows, lastCounted, loadsUsed, pageModel} from "./page.ts";
import {type PaperBeside, paperHere} from "./paper-beside.ts";
import {summaryLines} from "./summary.ts";

export interface Bundle {
  /** Every file, the manifest last. */
  readonly files: readonly BundleFile[];
  readonly manifest_sha256: string;
  /** Of the request: what it was made from. */
  readonly knowledge_sha256: string;
  /** The latest day that a binding row counts. */
  readonly through: IsoDate;
  /** Time of the last ledger entry known; null when nothing was. */
  readonly as_of: string | null;
  /** SHA-256 of the definitions used. */
  readonly definitions: string;
  /** The report in two lines. */
  readonly summary: readonly string[];
  /** Characters of users' text that the PDF's font lacks, printed as question marks there. */
  readonly unprintable: readonly string[];
}

/** Who makes what takes long. */
export interface BundleMakers {
  /** Needed where the request asks for PNG. */
  readonly renderPng?: RenderPng | null;
  /** Made of the same assets. */
  readonly paper?: PaperBeside;
}

/** All files of one bundle, in memory: the same request and assets give the same bytes. */
export async function buildBundle(
  request: BundleRequest,
  assets: BundleAssets,
  {renderPng = null, paper = paperHere(assets, request.scratch)}: BundleMakers = {}
): Promise<Bundle> {
  const loads = loadsUsed(request);
  const {files, outputs, unprintable} = await contentsOf(request, loads, assets, {renderPng, paper});
  const counted = lastCounted(request);
  const summary = summaryLines(bindingRows(request.rows), counted);
  const manifest = manifestText(request, loads, counted, outputs, assets.versions, summary);
  return {
    files: [...files, {path: "manifest.json", contents: manifest}],
    manifest_sha256: sha256(manifest),
    knowledge_sha256: request.knowledge_sha256,
    through: counted,
    as_of: request.knowledge.as_of,
    definitions: request.project.definitions,
    summary,
    unprintable
  };
}

/** All but the manifest. What is not paper is made, and what the manifest says of it, while the paper is being set. */
async function contentsOf(
  request: BundleRequest,
  loads: ReturnType<typeof loadsUsed>,
  assets: BundleAssets,
  {renderPng, paper}: Required<BundleMakers>
): Promise<{readonly files: readonly BundleFile[]; readonly outputs: readonly Output[]} & Pick<Bundle, "unprintable">> {
  const model = pageModel(request);
  const slides = renderPng === null ? null : {renderPng, below: slideWords(model)};
  const beside = async () => {
    const files = [...renderHtml(model, assets), ...(await dataFiles(request, loads, slides))];
    return {files, outputs: files.map(outputOf)};
  };
  const [{pdf, unprintable}, {files, outputs}] = await Promise.all([paper.set(model, made(request)), beside()]);
  const report = {path: "report.pdf", contents: pdf};
  return {files: [...files, report], outputs: [...outputs, outputOf(report)], unprintable};
}

/** Seconds since 1970 of what is known; of the period's end where nothing is. */
function made({knowledge, period}: BundleRequest): number {
  return Math.floor(Date.parse(knowledge.as_of ?? `${period.to}T00:00:00Z`) / 1000);
}
