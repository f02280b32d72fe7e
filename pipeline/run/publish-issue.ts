import {join} from "node:path";
import type {Bundle} from "../bundle/bundle.ts";
import {discardStaged, exists, placeLeftOver, placeStaged, readBundle, stageBundle} from "../bundle/bundle-folder.ts";
import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {LedgerEntry} from "../ledger/contract.ts";
import {commitEntry, readLedger} from "../ledger/entries.ts";
import {tellingDiskFaults} from "./disk-faults.ts";
import {type IssueEntry, leadToIssue} from "./finish-issue.ts";
import {sweepShelf} from "./leftovers.ts";
import {projectPaths} from "./paths.ts";
import {
  makeBundle,
  type Prepared,
  type PublishEffects,
  type Published,
  prepare,
  type ReportQuestion,
  warningsOf
} from "./publish.ts";

/** How often another process may be quicker to the ledger before we give up. */
const attempts = 5;

/**
 * Publishes a report under the next number, in `<out>/<report>/<period>/internal/<number>`. Files are written and synced
 * under a hidden name, then the ledger's entry makes them an issue, then they take their place, and `latest.json` and
 * `latest.html` lead to them. Stopped after the entry, the next call finishes. What the last issue was made from gives
 * no new one.
 *
 * @param by Who publishes.
 * @throws RunFailure as `makeDraft`, and when the last issue's folder was changed.
 */
export async function makeIssue(
  project: Project,
  question: ReportQuestion,
  by: string,
  effects: PublishEffects
): Promise<Published> {
  return tellingDiskFaults(async () => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const published = await tryIssue(await prepare(project, question, effects), by, effects);
      if (published !== "taken") return published;
    }
    throw new RunFailure([complain("ledger-busy", null, {})]);
  });
}

async function tryIssue(prepared: Prepared, by: string, effects: PublishEffects): Promise<Published | "taken"> {
  const {project, report, period, hash, shelf, shelfName} = prepared;
  const {warehouse} = projectPaths(project);
  const entries = await readLedger(warehouse, prepared.entries);
  await sweepShelf(shelf, entries);
  const last = lastIssue(entries, prepared);
  if (last?.issue.knowledge === hash) return unchanged(prepared, last);
  const number = (last?.issue.number ?? 0) + 1;
  const folder = join(shelf, String(number));
  if (await exists(folder)) {
    // Another process may have published this number since the ledger was read.
    if ((await readLedger(warehouse, entries)).length > entries.length) return "taken";
    throw new RunFailure([complain("issue-in-the-way", {file: folder}, {number})]);
  }
  const bundle = await makeBundle(prepared, {number, by}, effects);
  const staged = await stageBundle(folder, bundle.manifest_sha256, bundle.files);
  const about = {number, by, folder: `${shelfName}/${number}`};
  const entry = await commitEntry(warehouse, issueEntry(prepared, bundle, about, effects), entries.length);
  if (entry === "taken") {
    await discardStaged(staged);
    return "taken";
  }
  await placeStaged(staged, folder);
  if (entry.kind === "issue") await leadToIssue(shelf, entry);
  return {
    outcome: "written",
    report: report.report,
    period: period.name,
    number,
    folder,
    summary: bundle.summary,
    warnings: warningsOf(bundle)
  };
}

function lastIssue(entries: readonly LedgerEntry[], {report, period}: Prepared): IssueEntry | undefined {
  return entries
    .filter((entry): entry is IssueEntry => entry.kind === "issue")
    .filter(({issue}) => issue.report === report.report && issue.period === period.name && issue.edition === "internal")
    .at(-1);
}

/** The last issue, as it stands; what its writer did not finish is finished. */
async function unchanged({shelf, report, period}: Prepared, last: IssueEntry): Promise<Published> {
  const {number, manifest_sha256} = last.issue;
  const folder = join(shelf, String(number));
  await placeLeftOver(folder, manifest_sha256);
  const bundle = await readBundle(folder);
  if (bundle?.manifest_sha256 !== manifest_sha256) {
    throw new RunFailure([complain("issue-changed", {file: folder}, {number})]);
  }
  await leadToIssue(shelf, last);
  const about = {report: report.report, period: period.name, number, folder};
  return {...about, outcome: "unchanged", summary: bundle.summary, warnings: []};
}

function issueEntry(
  {report, period}: Prepared,
  bundle: Bundle,
  {number, by, folder}: {readonly number: number; readonly by: string; readonly folder: string},
  {now, version}: PublishEffects
): Omit<IssueEntry, "sequence"> {
  return {
    kind: "issue",
    at: now().toISOString(),
    milepost: version,
    definitions: bundle.definitions,
    issue: {
      report: report.report,
      period: period.name,
      edition: "internal",
      number,
      by,
      through: bundle.through,
      as_of: bundle.as_of,
      folder,
      manifest_sha256: bundle.manifest_sha256,
      knowledge: bundle.knowledge_sha256
    }
  };
}
