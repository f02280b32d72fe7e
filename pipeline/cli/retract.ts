import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import {harmless} from "../diagnostics/terminal-text.ts";
import {type Retracted, retractLoad} from "../run/retract.ts";
import {labelled, monthLines, targetLines} from "./changes-text.ts";
import type {Command, Given} from "./context.ts";
import {showingProgress} from "./progress.ts";
import {openProject} from "./project.ts";

/** `milepost retract ID --reason "..."`: takes a load back, and says what that changes, or would. */
export const retract: Command = async (given, context) => {
  const reason = required(given);
  const project = await openProject(given, context);
  const by = given.text("by")?.trim() || null;
  const request = {load: given.positionals[0] ?? "", reason, by, dryRun: given.is("dry-run")};
  const retracted = await showingProgress(context, (progress) =>
    retractLoad(project, request, {now: context.now, version: context.version, progress})
  );
  if (given.text("format") === "json") {
    context.out(`${JSON.stringify(retracted, null, 2)}\n`);
    return 0;
  }
  context.out(retractedText(retracted, project));
  context.err(renderDiagnostics(retracted.diagnostics));
  return 0;
};

function required(given: Given): string {
  const reason = given.text("reason")?.trim() ?? "";
  if (reason !== "") return reason;
  const example = `milepost retract ${given.positionals[0] ?? "ID"} --reason "the wrong year was extracted"`;
  throw new RunFailure([complain("missing-option", null, {option: "--reason", command: "retract", example})], 2);
}

function retractedText({load, source, file, reason, by, months, effects, dry_run}: Retracted, project: Project) {
  const dry = dry_run === true;
  return [
    `${harmless(file)}  ${source}  ${dry ? "WOULD BE RETRACTED" : "RETRACTED"}  load ${load}\n`,
    ...labelled("reason", [harmless(reason)]),
    ...(by === null ? [] : labelled("by", [harmless(by)])),
    ...labelled("months", monthLines(months)),
    ...labelled("targets", targetLines(effects, source, project)),
    dry ? "\nDry run: nothing was kept.\n" : ""
  ].join("");
}
