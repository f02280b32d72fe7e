import {relative, resolve} from "node:path";
import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import {makeDraft, type Published, type ReportQuestion} from "../run/publish.ts";
import type {Command, Context, Given} from "./context.ts";
import {optimizeLate} from "./optimize-late.ts";
import {showingProgress} from "./progress.ts";
import {openProject} from "./project.ts";
import {questionOf} from "./question.ts";

/** `milepost report NAME`: makes a draft and says where it is. */
export const report: Command = async (given, context) => {
  optimizeLate();
  refusePublic(given);
  const project = await openProject(given, context);
  const out = given.text("out");
  const published = await showingProgress(context, (progress) =>
    makeDraft(project, reportQuestion(given, project), {
      now: context.now,
      version: context.version,
      out: out === undefined ? undefined : resolve(context.cwd, out),
      png: given.is("png"),
      progress
    })
  );
  tell(published, given, context);
  return 0;
};

/** What the command line asks of a report. */
export function reportQuestion(given: Given, project: Project): ReportQuestion {
  const {asOf, definitions, period, through} = questionOf(given, project);
  return {report: given.positionals[0] ?? "", asOf, definitions, period: period ?? null, through};
}

/** Small counts are not withheld yet, so nothing may be called public. */
export function refusePublic(given: Given): void {
  const edition = given.text("edition") ?? "internal";
  if (edition !== "internal") throw new RunFailure([complain("edition-not-supported", null, {edition})], 2);
}

/** Prints where the bundle is, with its summary in two lines; as JSON, one object. */
export function tell(published: Published, given: Given, context: Context): void {
  const {outcome, report, period, number, folder, summary, warnings} = published;
  const page = resolve(folder, "index.html");
  const paper = resolve(folder, "report.pdf");
  if (given.text("format") === "json") {
    context.out(
      `${JSON.stringify({outcome, report, period, number, folder, page, paper, summary, warnings}, null, 2)}\n`
    );
    return;
  }
  if (warnings.length > 0) context.err(renderDiagnostics(warnings, {colour: context.terminal}));
  const what = number === null ? "draft" : `issue ${number}`;
  const how = outcome === "unchanged" ? ": unchanged" : "";
  const lines = [
    `${report} ${period}, ${what}${how}`,
    ...summary,
    `  page   ${near(page, context)}`,
    `  paper  ${near(paper, context)}`
  ];
  context.out(`${lines.join("\n")}\n`);
}

/** Relative to where the user stands, unless it lies elsewhere. */
function near(path: string, {cwd}: Context): string {
  const way = relative(cwd, path);
  return way.startsWith("..") ? path : way;
}
