import {zonedMinute} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import type {EntryOf} from "../ledger/contract.ts";
import {readLedger} from "../ledger/entries.ts";
import {findLoad} from "../run/find-load.ts";
import {projectPaths} from "../run/paths.ts";
import {labelled, targetLines} from "./changes-text.ts";
import type {Command} from "./context.ts";
import {ledgerText, type Standing, standings, standingWords} from "./ledger-text.ts";
import {asOfOf, openProject} from "./project.ts";
import {receiptText} from "./receipt-text.ts";

/** `milepost loads [ID]`: what the ledger holds and what each entry changed, oldest first; of one load everything. */
export const loads: Command = async (given, context) => {
  const project = await openProject(given, context);
  const asOf = asOfOf(given, project);
  const {time_zone} = project.settings;
  const all = await readLedger(projectPaths(project).warehouse);
  const entries = asOf === null ? all : all.filter(({at}) => Date.parse(at) <= Date.parse(asOf));
  const json = given.text("format") === "json";
  const [id] = given.positionals;
  if (id !== undefined) {
    const entry = findLoad(entries, id);
    const standing = standings(entries, all).get(entry.sequence)!;
    context.out(json ? `${JSON.stringify({...standing, entry}, null, 2)}\n` : loadText(entry, standing, project));
    return 0;
  }
  if (json) context.out(`${JSON.stringify(entries, null, 2)}\n`);
  else if (entries.length > 0) context.out(ledgerText(entries, all, time_zone));
  else {
    context.out(
      asOf === null ? "Nothing is loaded yet.\n" : `Nothing was loaded by ${zonedMinute(asOf, time_zone)}.\n`
    );
  }
  return 0;
};

/** Everything that the ledger says of one load: its receipt as it was printed then, and how it stands now. */
function loadText(
  {sequence, at, milepost, load, receipt}: EntryOf<"load">,
  standing: Standing,
  project: Project
): string {
  const {source, extracted, synthetic, sha256, rows_file} = load;
  return [
    receiptText(receipt, project),
    ...labelled("targets", targetLines(receipt.effects, source, project)),
    ...labelled("entry", [`${sequence}, ${zonedMinute(at, project.settings.time_zone)}, by milepost ${milepost}`]),
    ...labelled("extract", [
      `SHA-256 ${sha256}${extracted === null ? "" : `, made ${extracted}`}${synthetic ? ", synthetic" : ""}`
    ]),
    ...labelled("rows", [`${rows_file}${standing.pruned ? ", pruned" : ""}`]),
    ...labelled("now", [standingWords(standing, project.settings.time_zone)])
  ].join("");
}
