import {createHash} from "node:crypto";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Knowledge} from "../ledger/contract.ts";
import type {BundleFile, BundleRequest} from "./contract.ts";

/** Versions of the parts that decide a bundle's bytes, by name. */
export type Versions = Readonly<Record<string, string>>;

/**
 * What a bundle was made from and what it holds: every input and output by SHA-256. No absolute path, no name of a
 * machine, no duration, keys sorted: two builds from the same have the same manifest.
 */
export function manifestText(
  request: BundleRequest,
  loads: Knowledge["loads"],
  counted: IsoDate,
  files: readonly BundleFile[],
  versions: Versions,
  summary: readonly string[]
): string {
  const {project, report, period, edition, issue, knowledge, milepost} = request;
  const outputs = files
    .map(({path, contents}) => {
      const bytes = Buffer.from(contents as Uint8Array);
      return {path, bytes: bytes.length, sha256: sha256(bytes)};
    })
    .sort(byPath);
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
    knowledge: knowledgeHash(request),
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
    versions: {...versions, milepost},
    outputs
  });
}

/** What decides the numbers of a report. */
export type Knowing = Pick<
  BundleRequest,
  "project" | "report" | "period" | "through" | "edition" | "knowledge" | "milepost"
>;

/**
 * SHA-256 over what a report is made from: the loads known, the definitions, the report, its period and the last day
 * asked for, and milepost's version. The same again would print the same numbers.
 */
export function knowledgeHash({project, report, period, through, edition, knowledge, milepost}: Knowing): string {
  return sha256(
    sortedJson({
      loads: knowledge.loads.map(({id, sequence}) => ({id, sequence})),
      definitions: project.definitions,
      report: report.report,
      period: period.name,
      through,
      edition,
      milepost
    })
  );
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
