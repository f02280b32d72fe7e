import type {DayRange} from "../calendar/day-set.ts";
import {isIsoDate} from "../calendar/iso-date.ts";
import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import type {Approval} from "../ledger/contract.ts";
import {loadExtracts} from "../run/load.ts";
import type {Command, Given} from "./context.ts";
import {showingProgress} from "./progress.ts";
import {openProject} from "./project.ts";
import {receiptsText} from "./receipt-text.ts";

/** `milepost load [FILE...]`: loads extracts and prints their receipts, or what they would be; 1 when a file is refused. */
export const load: Command = async (given, context) => {
  const covers = coversOf(given);
  const approval = approvalOf(given);
  const project = await openProject(given, context);
  const request = {
    files: given.positionals.length === 0 ? null : given.positionals,
    source: given.text("source") ?? null,
    covers,
    approval,
    dryRun: given.is("dry-run")
  };
  const {receipts, warnings} = await showingProgress(context, (progress) =>
    loadExtracts(project, request, {now: context.now, cwd: context.cwd, version: context.version, progress})
  );
  context.err(renderDiagnostics(warnings));
  const refused = receipts.some(({outcome}) => outcome === "refused");
  if (given.text("format") === "json") {
    context.out(`${JSON.stringify(receipts, null, 2)}\n`);
    context.err(
      renderDiagnostics(receipts.flatMap((receipt) => (receipt.outcome === "refused" ? receipt.diagnostics : [])))
    );
  } else {
    context.out(receipts.length === 0 ? nothingToLoad(project) : receiptsText(receipts, project));
    context.err(renderDiagnostics(receipts.flatMap(({diagnostics}) => diagnostics)));
  }
  return refused ? 1 : 0;
};

function nothingToLoad({settings, sources}: Project): string {
  const patterns = [...sources.values()].flatMap(({files}) => files);
  return `Nothing to load: ${settings.paths.inbox} holds no file named like ${patterns.join(" or ")}.\n`;
}

/** `--approve "A. Analyst: why"`; null where it is not given. */
function approvalOf(given: Given): Approval | null {
  const text = given.text("approve");
  if (text === undefined) return null;
  const colon = text.indexOf(":");
  const [by, reason] = [text.slice(0, Math.max(colon, 0)).trim(), text.slice(colon + 1).trim()];
  if (by === "" || reason === "") throw new RunFailure([complain("bad-approval", null, {given: text})], 2);
  return {by, reason};
}

function coversOf(given: Given): DayRange | null {
  const text = given.text("covers");
  if (text === undefined) return null;
  const [from, to, ...rest] = text.split("..");
  if (from === undefined || to === undefined || rest.length > 0 || !isIsoDate(from) || !isIsoDate(to) || from > to) {
    throw new RunFailure([complain("bad-covers", null, {given: text})], 2);
  }
  return [from, to];
}
