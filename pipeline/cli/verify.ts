import {existsSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import type {Project} from "../config/project.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import {formatCounted} from "../format/numbers.ts";
import {readLedger} from "../ledger/entries.ts";
import {findBundle} from "../run/find-bundle.ts";
import {projectPaths} from "../run/paths.ts";
import {type Verified, verifyBundle} from "../run/verify.ts";
import type {Command, Context, Given} from "./context.ts";
import {openProject} from "./project.ts";

/** `milepost verify BUNDLE`: whether every file of a bundle is what its manifest says; 1 when one is not. */
export const verify: Command = async (given, context) => {
  const project = await projectAround(given, context);
  const paths = project === null ? null : projectPaths(project);
  const bundle = await findBundle(given.positionals[0] ?? "", context.cwd, paths?.out ?? null);
  const verified = await verifyBundle(bundle, paths === null ? null : await readLedger(paths.warehouse));
  if (given.text("format") === "json") context.out(`${JSON.stringify(verified, null, 2)}\n`);
  else context.out(verifiedText(verified));
  context.err(renderDiagnostics(verified.diagnostics));
  return verified.outcome === "whole" ? 0 : 1;
};

/** Null where there is none: a bundle can be verified by whoever got it. */
async function projectAround(given: Given, context: Context): Promise<Project | null> {
  if (given.text("project") !== undefined) return openProject(given, context);
  for (let directory = resolve(context.cwd); ; directory = dirname(directory)) {
    if (existsSync(join(directory, "milepost.yaml"))) return openProject(given, context);
    if (dirname(directory) === directory) return null;
  }
}

function verifiedText({outcome, report, period, number, files, in_ledger, diagnostics}: Verified): string {
  const what = `${report} ${period}, ${number === null ? "draft" : `issue ${number}`}`;
  const how = outcome === "whole" ? "whole" : `FAULTY, ${formatCounted(diagnostics.length, "fault")}`;
  const ledger =
    number === null
      ? ""
      : in_ledger === null
        ? "; no ledger here knows the issue"
        : in_ledger
          ? "; its manifest is the one that the ledger recorded"
          : "";
  const held = outcome === "whole" ? `each of its ${formatCounted(files, "file")} is what its manifest says` : "";
  return `${what}: ${how}\n${held === "" ? "" : `  ${held}${ledger}\n`}`;
}
