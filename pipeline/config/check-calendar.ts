import type {Calendar} from "../calendar/period.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {type Roster, segmentWord} from "./roster.ts";
import type {YamlFile} from "./yaml-file.ts";

/** Holds the calendar's shifts against one another, folded as cells are, and its classes against the roster. */
export function checkCalendar({shifts = [], classes}: Calendar, yaml: YamlFile, roster: Roster | null): Diagnostic[] {
  const words = shifts.map(segmentWord);
  const twice = shifts.flatMap((shift, index) => {
    if (words.indexOf(words[index] ?? "") === index) return [];
    return [complain("repeated-entry", yaml.placeOf(["calendar", "shifts", index]), {entry: shift, list: "shifts"})];
  });
  if (classes === undefined || roster === null || roster.types.includes(classes)) return twice;
  const suggestion = didYouMean(classes, roster.types);
  return [
    ...twice,
    complain("unknown-segment-type", yaml.placeOf(["calendar", "classes"]), {type: classes, suggestion})
  ];
}
