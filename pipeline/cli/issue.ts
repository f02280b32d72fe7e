import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {readLedger} from "../ledger/entries.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {projectPaths} from "../run/paths.ts";
import {makeIssue} from "../run/publish-issue.ts";
import {suggestedPeriod} from "../run/report-period.ts";
import type {Command, Given} from "./context.ts";
import {optimizeLate} from "./optimize-late.ts";
import {showingProgress} from "./progress.ts";
import {openProject} from "./project.ts";
import {refusePublic, reportQuestion, tell} from "./report.ts";

/** `milepost issue NAME --period P --by NAME`: publishes a report under its next number. */
export const issue: Command = async (given, context) => {
  optimizeLate();
  refusePublic(given);
  const project = await openProject(given, context);
  const by = await required(given, project);
  const published = await showingProgress(context, (progress) =>
    makeIssue(project, reportQuestion(given, project), by, {
      now: context.now,
      version: context.version,
      png: given.is("png"),
      progress
    })
  );
  tell(published, given, context);
  return 0;
};

/** The name given with --by; all that is missing is said at once, with a period that can be issued. */
async function required(given: Given, project: Project): Promise<string> {
  const missing = ["period", "by"].filter((option) => (given.text(option) ?? "").trim() === "");
  if (missing.length === 0) return given.text("by")!.trim();
  const name = given.positionals[0] ?? "";
  const report = project.reports.get(name);
  const known = knowledge(await readLedger(projectPaths(project).warehouse), null);
  const covered = report === undefined ? null : suggestedPeriod(project, report, known);
  const period = given.text("period")?.trim() || (covered ?? "PERIOD");
  const example = `milepost issue ${name} --period ${period} --by "${given.text("by")?.trim() || "A. Analyst"}"`;
  throw new RunFailure(
    missing.map((option) => complain("missing-option", null, {option: `--${option}`, command: "issue", example})),
    2
  );
}
