import {readFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {exists, placeLeftOver} from "../bundle/bundle-folder.ts";
import {writeLatest} from "../bundle/latest-files.ts";
import type {LedgerEntry} from "../ledger/contract.ts";

export type IssueEntry = Extract<LedgerEntry, {kind: "issue"}>;

/** Leads `latest.json` and `latest.html` of a shelf to an issue. */
export async function leadToIssue(shelf: string, {at, issue}: IssueEntry): Promise<void> {
  const {report, period, number, by, manifest_sha256} = issue;
  await writeLatest(shelf, {report, period, edition: "internal", number, by, at, manifest_sha256});
}

/**
 * Finishes what writers of issues left undone when they were stopped after the ledger's entry: the folder takes its
 * place, and `latest.*` leads to the last issue of its shelf. What somebody has moved away stays away.
 *
 * @param out Absolute: the folder of all bundles.
 */
export async function finishIssues(out: string, entries: readonly LedgerEntry[]): Promise<void> {
  const last = new Map<string, IssueEntry>();
  for (const entry of entries) {
    if (entry.kind !== "issue") continue;
    const folder = join(out, entry.issue.folder);
    if (!(await exists(folder))) await placeLeftOver(folder, entry.issue.manifest_sha256);
    last.set(dirname(folder), entry);
  }
  for (const [shelf, entry] of last) {
    const placed = await exists(join(out, entry.issue.folder));
    if (placed && !(await leadsTo(shelf, entry))) await leadToIssue(shelf, entry);
  }
}

async function leadsTo(shelf: string, {issue}: IssueEntry): Promise<boolean> {
  const read = (name: string) => readFile(join(shelf, name), "utf8").catch(() => "");
  const [data, page] = await Promise.all([read("latest.json"), read("latest.html")]);
  return data.includes(issue.manifest_sha256) && page.includes(`url=${issue.number}/`);
}
