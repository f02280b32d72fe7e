import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import type {Report} from "./report.ts";
import type {Roster} from "./roster.ts";
import type {YamlFile} from "./yaml-file.ts";

/** Holds a report against the roster. */
export function checkReport({segments, sections}: Report, yaml: YamlFile, roster: Roster | null): Diagnostic[] {
  const unknown = segments.flatMap((type, index) => {
    if (roster === null || roster.types.includes(type)) return [];
    const suggestion = didYouMean(type, roster.types);
    return [complain("unknown-segment-type", yaml.placeOf(["segments", index]), {type, suggestion})];
  });
  return [...unknown, ...repeated("segments", segments, yaml), ...repeated("sections", sections, yaml)];
}

function repeated(list: string, entries: readonly string[], yaml: YamlFile): Diagnostic[] {
  return entries.flatMap((entry, index) =>
    entries.indexOf(entry) === index ? [] : [complain("repeated-entry", yaml.placeOf([list, index]), {entry, list})]
  );
}
