import {zonedMinute} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import {formatCounted} from "../format/numbers.ts";
import {findBundle} from "../run/find-bundle.ts";
import {projectPaths} from "../run/paths.ts";
import {type Reproduced, reproduceBundle} from "../run/reproduce.ts";
import type {Command} from "./context.ts";
import {showingProgress} from "./progress.ts";
import {openProject} from "./project.ts";
import {textTable} from "./text-table.ts";

/** Cells shown one by one; the others are counted. */
const shownCells = 40;

/** `milepost reproduce BUNDLE`: makes a bundle again and says whether it comes out the same; 1 when a number differs. */
export const reproduce: Command = async (given, context) => {
  const project = await openProject(given, context);
  const bundle = await findBundle(given.positionals[0] ?? "", context.cwd, projectPaths(project).out);
  const reproduced = await showingProgress(context, (progress) =>
    reproduceBundle(project, bundle, {now: context.now, version: context.version, progress})
  );
  if (given.text("format") === "json") context.out(`${JSON.stringify(reproduced, null, 2)}\n`);
  else context.out(reproducedText(reproduced, project));
  context.err(renderDiagnostics(reproduced.diagnostics));
  return reproduced.outcome === "different" ? 1 : 0;
};

function reproducedText(reproduced: Reproduced, {settings}: Project): string {
  const {outcome, report, period, number, as_of} = reproduced;
  const what = `${report} ${period}, ${number === null ? "draft" : `issue ${number}`}`;
  const known = as_of === null ? "" : `  as of ${zonedMinute(as_of, settings.time_zone)}\n`;
  if (outcome === "identical")
    return `${what}: identical\n${known}  every file comes out with the bytes that its manifest names\n`;
  const differ = reproduced.cells.length === 1 ? " differs" : " differ";
  const head = outcome === "same numbers" ? "same numbers" : formatCounted(reproduced.cells.length, "cell");
  return [
    `${what}: ${head}${outcome === "different" ? differ : ""}\n`,
    known,
    outcome === "different" ? cellsText(reproduced) : "",
    filesText(reproduced)
  ].join("");
}

function cellsText({cells}: Reproduced): string {
  const written = (value: string | null) => (value === null ? "(no such row)" : value === "" ? "(not known)" : value);
  const rows = cells.slice(0, shownCells).map(({file, row, column, bundle, again}) => {
    const values =
      column === null
        ? [bundle, again].map((one) => (one === null ? "(no such row)" : "(there)"))
        : [bundle, again].map(written);
    return [file, row, column ?? "", ...values];
  });
  const more = cells.length - rows.length;
  const table = textTable(["file", "row", "column", "in the bundle", "made again"], rows);
  return `\n${table}${more === 0 ? "" : `and ${formatCounted(more, "more cell")}; --format json shows all\n`}\n`;
}

/** Which files differ, and by what they were made. */
function filesText({files, versions}: Reproduced): string {
  const why =
    versions.length === 0
      ? "made by the same versions of all parts"
      : versions.map(({part, bundle, again}) => `${part} ${bundle ?? "(none)"}, now ${again ?? "(none)"}`).join("; ");
  return `  files that differ: ${files.join(", ")}\n  ${why}\n`;
}
