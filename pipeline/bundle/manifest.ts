import {createHash} from "node:crypto";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Knowledge} from "../ledger/contract.ts";
import type {BundleFile, BundleRequest} from "./contract.ts";

/** Versions of the parts that decide a bundle's bytes, by name. */
export type Versions = Readonly<Record<string, string>>;

/** A file of a bundle as its manifest tells it. */
export interface Output {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export function outputOf({path, contents}: BundleFile): Output {
  const bytes = typeof contents === "string" ? Buffer.from(contents) : contents;
  return {path, bytes: bytes.length, sha256: sha256(bytes)};
}

/**
 * What a bundle was made from and what it holds: every input and output by SHA-256. No absolute path, no name of a
 * machine, no duration, keys sorted: two builds from the same have the same manifest.
 */
export function manifestText(
  request: BundleRequest,
  loads: Knowledge["loads"],
  counted: IsoDate,
  outputs: readonly Output[],
  versions: Versions,
  summary: readonly string[]
): string {
  const {project, report, period, edition, issue, knowledge, milepost} = request;
  return sortedJson({
    report: report.report,
    title: report.title,
    project: project.settings.title,
    notice: project.settings.notice ?? null,
    period: {name: period.name, from: period.from, to: period.to},
    edition,
    issue,
    through: counted,
    as_of: knowledge.as_of,
    definitions: project.definitions,
    knowledge: request.knowledge_sha256,
    synthetic: syntheticShare(loads),
    summary,
    inputs: loads.map((load) => ({
      source: load.source,
      file: load.file,
      sha256: load.sha256,
      bytes: load.bytes,
      load: load.id,
      definition: load.definition,
      rows_sha256: load.rows_sha256,
      records: load.receipt.records,
      kept: load.kept,
      rejected: load.receipt.rejected,
      covered: load.covered,
      synthetic: load.synthetic
    })),
    versions: {...deciding(versions, request), milepost},
    outputs: [...outputs].sort(byPath)
  });
}

/** What draws PNG decides no byte of a bundle that has none. */
function deciding(versions: Versions, {png}: BundleRequest): Versions {
  return Object.fromEntries(Object.entries(versions).filter(([name]) => png || name !== "@resvg/resvg-js"));
}

/** What decides the numbers of a report. */
export interface Knowing {
  readonly loads: Knowledge["loads"];
  /** Refused files that the pages tell of. */
  readonly refusals: Knowledge["refusals"];
  /** Loads taken back, which the pages tell of. */
  readonly retracted: Knowledge["retracted"];
  /** SHA-256 of the definitions that are used. */
  readonly definitions: string;
  readonly report: string;
  readonly period: string;
  /** As asked for. */
  readonly through: IsoDate;
  readonly edition: BundleRequest["edition"];
  readonly milepost: string;
}

/** SHA-256 over what a report is made from: the same again prints the same numbers. */
export function knowledgeHash({loads, refusals, retracted, ...rest}: Knowing): string {
  // Where there is none, the hash is that of issues made before there could be one.
  const open = refusals.length === 0 ? {} : {refusals: refusals.map(({sequence}) => sequence)};
  const back = retracted.length === 0 ? {} : {retracted: retracted.map(({retraction}) => retraction.sequence)};
  return sha256(sortedJson({...rest, ...open, ...back, loads: loads.map(({id, sequence}) => ({id, sequence}))}));
}

/** Whether the extracts are made up: all of them, some, or none. */
export function syntheticShare(loads: Knowledge["loads"]): "all" | "some" | "none" {
  const made = loads.filter(({synthetic}) => synthetic).length;
  if (made === 0) return "none";
  return made === loads.length ? "all" : "some";
}

/** JSON of two blanks' indent whose objects have their keys in alphabetical order. */
export function sortedJson(value: unknown): string {
  const sorted = JSON.stringify(
    value,
    (_, part: unknown) =>
      part !== null && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    2
  );
  return `${sorted}\n`;
}

/** Lower-case hex. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function byPath(a: {readonly path: string}, b: {readonly path: string}): number {
  return a.path < b.path ? -1 : 1;
}
