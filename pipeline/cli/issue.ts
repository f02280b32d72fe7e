import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {makeIssue} from "../run/publish-issue.ts";
import type {Command, Given} from "./context.ts";
import {openProject} from "./project.ts";
import {refusePublic, reportQuestion, tell} from "./report.ts";

/** `milepost issue NAME --period P --by NAME`: publishes a report under its next number. */
export const issue: Command = async (given, context) => {
  refusePublic(given);
  const by = required(given);
  const project = await openProject(given, context);
  const published = await makeIssue(project, reportQuestion(given, project), by, {
    now: context.now,
    version: context.version,
    png: given.is("png")
  });
  tell(published, given, context);
  return 0;
};

/** The name given with --by; all that is missing is said at once. */
function required(given: Given): string {
  const example = 'milepost issue quarterly --period 2024-Q1 --by "A. Analyst"';
  const missing = ["period", "by"].filter((option) => (given.text(option) ?? "").trim() === "");
  if (missing.length > 0) {
    throw new RunFailure(
      missing.map((option) => complain("missing-option", null, {option: `--${option}`, command: "issue", example})),
      2
    );
  }
  return given.text("by")!.trim();
}
