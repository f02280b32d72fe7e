import {zonedMinute} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import {harmless} from "../diagnostics/terminal-text.ts";
import {sharesDays} from "../facts/ownership.ts";
import {formatCounted, formatFigure} from "../format/numbers.ts";
import {type Pruning, prune as pruneWarehouse} from "../run/prune.ts";
import type {Command} from "./context.ts";
import {openProject} from "./project.ts";
import {textTable} from "./text-table.ts";

/** `milepost prune`: deletes what the project's retention does not keep, and says what. */
export const prune: Command = async (given, context) => {
  const project = await openProject(given, context);
  const request = {dryRun: given.is("dry-run")};
  const pruning = await pruneWarehouse(project, request, {now: context.now, version: context.version});
  if (given.text("format") === "json") context.out(`${JSON.stringify(pruning, null, 2)}\n`);
  else context.out(pruningText(pruning, project));
  return 0;
};

function pruningText({before, loads, rejects, dry_run}: Pruning, {settings, sources}: Project): string {
  const dry = dry_run === true;
  const did = dry ? "would be deleted" : "deleted";
  const size = (files: readonly {readonly bytes: number}[]) =>
    `${formatFigure(Math.round(files.reduce((all, {bytes}) => all + bytes, 0) / 1e4) / 100)} MB`;
  const kept = settings.retention.loads === null ? "rows of loads are kept forever" : "no load has rows to delete";
  const lasting =
    settings.retention.loads === null ? [] : [...sources.values()].filter(({delivery}) => sharesDays(delivery));
  return [
    `rejects  ${rejects.length === 0 ? "none is old enough" : `${formatCounted(rejects.length, "file")} ${did}, ${size(rejects)}`}\n`,
    `loads    ${loads.length === 0 ? kept : `the rows of ${formatCounted(loads.length, "load")} ${did}, ${size(loads)}`}\n`,
    ...lasting.map(
      ({source, delivery}) =>
        `         of ${source} only what was retracted or read again can go: with delivery ${delivery} every other load counts\n`
    ),
    before === null
      ? ""
      : `\n${textTable(
          ["load", "source", "file"],
          loads.map(({id, source, file}) => [id, source, harmless(file)])
        )}\nHorizon: what was known before ${zonedMinute(before, settings.time_zone)} ${dry ? "could" : "can"} not be asked for any more where it needs them.\n`,
    dry ? "\nDry run: nothing was deleted.\n" : ""
  ].join("");
}
