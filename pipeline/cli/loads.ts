import {localMinute, zonedMinute} from "../calendar/instant.ts";
import {harmless} from "../diagnostics/terminal-text.ts";
import {isCounted, type LedgerEntry, refusalWords} from "../ledger/contract.ts";
import {readLedger} from "../ledger/entries.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {projectPaths} from "../run/paths.ts";
import type {Command} from "./context.ts";
import {asOfOf, openProject} from "./project.ts";
import {coveredSpan} from "./receipt-text.ts";
import {textTable} from "./text-table.ts";

/** `milepost loads`: what the ledger holds, oldest first. */
export const loads: Command = async (given, context) => {
  const project = await openProject(given, context);
  const asOf = asOfOf(given, project);
  const {time_zone} = project.settings;
  const all = await readLedger(projectPaths(project).warehouse);
  const entries = asOf === null ? all : all.filter(({at}) => Date.parse(at) <= Date.parse(asOf));
  if (given.text("format") === "json") {
    context.out(`${JSON.stringify(entries, null, 2)}\n`);
    return 0;
  }
  if (entries.length === 0) {
    context.out(
      asOf === null ? "Nothing is loaded yet.\n" : `Nothing was loaded by ${zonedMinute(asOf, time_zone)}.\n`
    );
    return 0;
  }
  const known = new Set(knowledge(entries, null).loads.map(({sequence}) => sequence));
  context.out(
    textTable(
      ["entry", `at (${time_zone})`, "what", "id", "file", "rows", "covered", "note"],
      entries.map((entry) => [
        String(entry.sequence),
        localMinute(new Date(entry.at), time_zone),
        ...cells(entry, known)
      ]),
      [0, 5]
    )
  );
  return 0;
};

function cells(entry: LedgerEntry, known: ReadonlySet<number>): string[] {
  if (entry.kind === "issue") {
    const {report, number, period, through, by, folder} = entry.issue;
    return [`issue ${report} ${period}`, String(number), folder, "", `through ${through}`, `by ${by}`];
  }
  if (entry.kind === "refusal") {
    const {source, file, records} = entry.refusal;
    const kept = isCounted(entry.refusal) ? `0 of ${records.toLocaleString("en-US")}` : "0";
    return [`refused ${source}`, "", harmless(file), kept, "", harmless(refusalWords(entry.refusal))];
  }
  if (entry.kind === "refusal_withdrawn") {
    const {source, file, refusal} = entry.refusal_withdrawn;
    return [`withdrawn ${source}`, "", harmless(file), "", "", `no longer in the inbox: closes entry ${refusal}`];
  }
  if (entry.kind === "acceptance") {
    const {source, file, load} = entry.acceptance;
    return [`accepted ${source}`, load, harmless(file), "", "", "its extract was loaded already"];
  }
  if (entry.kind === "retraction") {
    const {source, load, file, reason, by} = entry.retraction;
    return [
      `retracted ${source}`,
      load,
      harmless(file),
      "",
      "",
      harmless(`${by === null ? "" : `by ${by}: `}${reason}`)
    ];
  }
  if (entry.kind === "pruning") {
    const {loads, rejects} = entry.pruning;
    return ["pruned", "", "", "", "", `rows of ${loads.length} loads, rejects of ${rejects.length}`];
  }
  const {source, id, file, kept, covered, synthetic, replaces} = entry.load;
  const notes = [
    ...(synthetic ? ["synthetic"] : []),
    ...(replaces === null ? [] : [`replaces ${replaces}`]),
    ...(known.has(entry.sequence) ? [] : ["replaced"])
  ];
  return [source, id, harmless(file), kept.toLocaleString("en-US"), coveredSpan(covered), notes.join(", ")];
}
