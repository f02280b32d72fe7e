import type {Period} from "../calendar/period.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Target} from "./target.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** Holds the days of revisions against one another and the period: which goal holds on a day must never be in doubt. */
export function checkRevisions(target: Target, period: Period | null, path: Path, yaml: YamlFile): Diagnostic[] {
  return target.revisions.flatMap(({from}, index): Diagnostic[] => {
    const place = yaml.placeOf([...path, "revisions", index, "from"]);
    const before = target.revisions[index - 1]?.from;
    if (before !== undefined && from <= before) return [complain("revision-order", place, {from, before})];
    return period !== null && from > period.to ? [complain("revision-too-late", place, {from, period})] : [];
  });
}
