import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type {Bundle} from "../bundle/bundle.ts";
import {knowledgeHash} from "../bundle/manifest.ts";
import {addDays, type IsoDate} from "../calendar/iso-date.ts";
import {parsePeriod, periodAround} from "../calendar/period.ts";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {readLedger} from "../ledger/entries.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {storedProject} from "./answer.ts";
import {type ChangedCell, changedCells} from "./bundle-cells.ts";
import {tellingDiskFaults} from "./disk-faults.ts";
import type {BundleManifest, FoundBundle} from "./find-bundle.ts";
import {projectPaths} from "./paths.ts";
import {type Making, makeBundle, type PublishEffects} from "./publish.ts";

/** What came of making a bundle again, as `reproduce --format json` prints it. */
export interface Reproduced {
  /**
   * identical: every byte; same numbers: every number, day, status and flag of its data, and files that word or draw
   * them differ; different: some of these are other ones.
   */
  readonly outcome: "identical" | "same numbers" | "different";
  readonly report: string;
  readonly period: string;
  /** Null for a draft. */
  readonly number: number | null;
  /** Absolute: the bundle that was made again. */
  readonly folder: string;
  readonly as_of: string | null;
  /** Paths that are not the same in both, or in one of them only. */
  readonly files: readonly string[];
  /** Parts of milepost that another version made the bundle with; null where there was, or is, none. */
  readonly versions: readonly {readonly part: string; readonly bundle: string | null; readonly again: string | null}[];
  readonly cells: readonly ChangedCell[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes a bundle again, in memory, from what its manifest says: report and period, the last day, what was known then, the
 * definitions of then, the number of the issue. Writes nothing that lasts.
 *
 * @throws RunFailure when it can't be made: its definitions or rows are gone, or its data are not there to compare.
 */
export async function reproduceBundle(
  project: Project,
  bundle: FoundBundle,
  effects: Pick<PublishEffects, "now" | "version" | "progress">
): Promise<Reproduced> {
  return tellingDiskFaults(async () => {
    const {folder, manifest} = bundle;
    const {report: name, period, issue, as_of} = manifest;
    const {warehouse} = projectPaths(project);
    const then = await storedProject(project, manifest.definitions, as_of);
    const report = then.reports.get(name);
    if (report === undefined) {
      throw new RunFailure([
        complain("unknown-report", null, {report: name, known: [...then.reports.keys()], earlier: then !== project})
      ]);
    }
    const span = parsePeriod(period.name, then.calendar) ?? periodAround(period.to, report.period, then.calendar);
    const entries = await readLedger(warehouse);
    const known = knowledge(entries, as_of);
    const through = askedThrough(manifest, known);
    const png = manifest.outputs.some(({path}) => path.endsWith(".png"));
    const {files, damaged} = await readFiles(bundle);
    // A last day that is the period's own may have been asked for, or not: it tells in what is not covered to its end.
    const asked = [...(through === null || through === period.to ? [null] : []), through ?? manifest.through];
    let best: Reproduced | null = null;
    for (const day of asked) {
      const question = {report: name, period: span, through: day, asOf: as_of, definitions: "now" as const};
      const making: Making = {project: then, report, period: span, through: day ?? period.to, question, entries};
      const made = await makeBundle(making, issue, {...effects, png});
      const compared = compare(bundle, files, made);
      if (best === null || rank(compared) < rank(best)) best = compared;
      if (best.outcome === "identical") break;
    }
    const unknown = manifest.inputs.filter(({load}) => !known.loads.some(({id}) => id === load));
    const notes =
      unknown.length === 0 ? [] : [complain("inputs-not-known", {file: folder}, {loads: unknown}, "warning")];
    return {...best!, diagnostics: [...damaged, ...notes]};
  });
}

/**
 * The last day that was asked for: the one by which the manifest's hash of what the bundle was made from comes out. Null
 * where none does: the ledger knows other loads as of then.
 */
function askedThrough(manifest: BundleManifest, {loads, refusals, retracted}: Knowledge): IsoDate | null {
  const {report, period, edition, definitions, versions} = manifest;
  const made = {
    loads,
    refusals,
    retracted,
    definitions,
    report,
    period: period.name,
    milepost: versions.milepost ?? ""
  };
  for (let day = period.to; day >= period.from; day = addDays(day, -1)) {
    const hash = knowledgeHash({...made, edition: edition as "internal", through: day});
    if (hash === manifest.knowledge) return day;
  }
  return null;
}

interface BundleFiles {
  readonly files: ReadonlyMap<string, Buffer>;
  /** Of files whose contents are not compared, only their hashes in the manifest. */
  readonly damaged: readonly Diagnostic[];
}

/** What stands in the bundle's folder, by path; the data that are compared must be what the manifest says. */
async function readFiles({folder, manifest}: FoundBundle): Promise<BundleFiles> {
  const files = new Map<string, Buffer>();
  const faults: Diagnostic[] = [];
  for (const {path, bytes, sha256} of manifest.outputs) {
    const contents = await readFile(join(folder, path)).catch(() => null);
    if (contents !== null) files.set(path, contents);
    const severity = /^data\/.*\.csv$/.test(path) ? "error" : "warning";
    const place = {file: join(folder, path)};
    if (contents === null) faults.push(complain("bundle-file-missing", place, {}, severity));
    else if (hashOf(contents) !== sha256) {
      const hashes = {recorded: sha256, found: hashOf(contents), bytes, found_bytes: contents.length};
      faults.push(complain("bundle-file-changed", place, hashes, severity));
    }
  }
  if (faults.some(({severity}) => severity === "error")) throw new RunFailure(faults);
  return {files, damaged: faults};
}

function compare(
  {folder, manifest, manifest_sha256}: FoundBundle,
  files: ReadonlyMap<string, Buffer>,
  {files: made, manifest_sha256: madeHash}: Bundle
): Reproduced {
  const {report, period, issue, as_of, outputs} = manifest;
  const [then, now] = [
    new Map(outputs.map(({path, sha256}) => [path, sha256])),
    new Map(made.map(({path, contents}) => [path, hashOf(contents)]))
  ];
  then.set("manifest.json", manifest_sha256);
  const paths = [...new Set([...then.keys(), ...now.keys()])].sort();
  const differing = paths.filter((path) => then.get(path) !== now.get(path));
  const text = (contents: string | Uint8Array | undefined) =>
    contents === undefined ? null : Buffer.from(contents as Uint8Array).toString("utf8");
  const contentsOf = new Map(made.map(({path, contents}) => [path, contents]));
  const cells = changedCells(
    (path) => text(files.get(path)),
    (path) => text(contentsOf.get(path))
  );
  const manifestNow = JSON.parse(text(contentsOf.get("manifest.json")) ?? "{}") as Pick<BundleManifest, "versions">;
  return {
    outcome: cells.length > 0 ? "different" : madeHash === manifest_sha256 ? "identical" : "same numbers",
    report,
    period: period.name,
    number: issue?.number ?? null,
    folder,
    as_of,
    files: differing,
    versions: changedVersions(manifest.versions, manifestNow.versions),
    cells,
    diagnostics: []
  };
}

function changedVersions(then: BundleManifest["versions"], now: BundleManifest["versions"]): Reproduced["versions"] {
  return [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .sort()
    .filter((part) => then[part] !== now[part])
    .map((part) => ({part, bundle: then[part] ?? null, again: now[part] ?? null}));
}

const order = {identical: 0, "same numbers": 1, different: 2};

/** The nearer to the bundle, the smaller. */
function rank({outcome, cells, files}: Reproduced): number {
  return order[outcome] * 1e9 + cells.length * 1e3 + files.length;
}

function hashOf(contents: string | Uint8Array): string {
  return createHash("sha256").update(contents).digest("hex");
}
