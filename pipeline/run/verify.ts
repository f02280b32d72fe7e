import {createHash} from "node:crypto";
import {readdir, readFile} from "node:fs/promises";
import {join, relative, sep} from "node:path";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {EntryOf, LedgerEntry} from "../ledger/contract.ts";
import {tellingDiskFaults} from "./disk-faults.ts";
import type {BundleManifest, FoundBundle} from "./find-bundle.ts";

/** How a bundle stands, as `verify --format json` prints it. */
export interface Verified {
  readonly outcome: "whole" | "faulty";
  readonly report: string;
  readonly period: string;
  /** Null for a draft. */
  readonly number: number | null;
  /** Absolute. */
  readonly folder: string;
  /** Files that its manifest names. */
  readonly files: number;
  /** Whether the manifest is the one that the ledger recorded; null where no ledger tells. */
  readonly in_ledger: boolean | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Holds a bundle against its manifest: every file that it names is there with its bytes, and no other; and the manifest
 * of an issue against the ledger, where there is one that knows the issue.
 *
 * @param entries Of the project's ledger; null where there is no project.
 */
export async function verifyBundle(bundle: FoundBundle, entries: readonly LedgerEntry[] | null): Promise<Verified> {
  return tellingDiskFaults(async () => {
    const {folder, manifest, manifest_sha256} = bundle;
    const {report, period, issue, outputs} = manifest;
    const faults = await fileFaults(folder, outputs);
    const recorded = issue === null || entries === null ? undefined : issueEntry(entries, manifest);
    const in_ledger = recorded === undefined ? null : recorded.issue.manifest_sha256 === manifest_sha256;
    if (in_ledger === false) {
      const parameters = {number: issue!.number, recorded: recorded!.issue.manifest_sha256, found: manifest_sha256};
      faults.push(complain("manifest-changed", {file: join(folder, "manifest.json")}, parameters));
    }
    return {
      outcome: faults.length === 0 ? "whole" : "faulty",
      report,
      period: period.name,
      number: issue?.number ?? null,
      folder,
      files: outputs.length,
      in_ledger,
      diagnostics: faults
    };
  });
}

function issueEntry(
  entries: readonly LedgerEntry[],
  {report, period, edition, issue}: BundleManifest
): EntryOf<"issue"> | undefined {
  return entries.find(
    (entry): entry is EntryOf<"issue"> =>
      entry.kind === "issue" &&
      entry.issue.report === report &&
      entry.issue.period === period.name &&
      entry.issue.edition === edition &&
      entry.issue.number === issue?.number
  );
}

async function fileFaults(folder: string, outputs: BundleManifest["outputs"]): Promise<Diagnostic[]> {
  const faults: Diagnostic[] = [];
  const expected = new Set(["manifest.json"]);
  for (const {path, bytes, sha256} of outputs) {
    expected.add(path);
    const place = {file: join(folder, path)};
    const contents = await readFile(place.file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "EISDIR") return null;
      throw error;
    });
    if (contents === null) {
      faults.push(complain("bundle-file-missing", place, {}));
      continue;
    }
    const found = createHash("sha256").update(contents).digest("hex");
    if (found !== sha256) {
      const sizes = {bytes, found_bytes: contents.length};
      faults.push(complain("bundle-file-changed", place, {recorded: sha256, found, ...sizes}));
    }
  }
  for (const path of await everythingIn(folder, folder)) {
    if (!expected.has(path)) faults.push(complain("bundle-file-unexpected", {file: join(folder, path)}, {}));
  }
  return faults;
}

/** Whatever is no folder, hidden or not, by name; relative, with forward slashes. Links are not followed. */
async function everythingIn(folder: string, top: string): Promise<string[]> {
  const entries = (await readdir(folder, {withFileTypes: true})).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? everythingIn(path, top) : [relative(top, path).split(sep).join("/")];
    })
  );
  return found.flat();
}
