import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import type {ProjectMeasure} from "./project.ts";
import {findSegment, leavesBelow, type Roster, resolveSegment, type SegmentKey, segmentsOfType} from "./roster.ts";
import {leafType, type Source} from "./source.ts";
import type {Target} from "./target.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** The segment that `at` means; the roster's root where a target says nothing. Null when there is none such, or several. */
export function resolvePlace(at: Target["at"], roster: Roster): SegmentKey | null {
  if (at === undefined) return keyOf(roster.segments.find(({parent}) => parent === null));
  if (typeof at === "string") {
    const members = segmentsOfType(roster, at);
    return members.length === 1 ? keyOf(members[0]) : null;
  }
  const [type = "", word = ""] = Object.entries(at)[0] ?? [];
  return keyOf(resolveSegment(roster, type, word) ?? undefined);
}

/** Holds `at` and `by_segment` against the roster, and both against what the measure's source can tell apart. */
export function checkPlace(
  target: Target,
  path: Path,
  yaml: YamlFile,
  roster: Roster,
  measure: ProjectMeasure | null,
  source: Source | null
): Diagnostic[] {
  const at = resolvePlace(target.at, roster);
  const faults = at === null ? [placeFault(target.at, path, yaml, roster)] : [];
  target.by_segment.forEach((type, index) => {
    const place = yaml.placeOf([...path, "by_segment", index]);
    if (!roster.types.includes(type)) {
      faults.push(complain("unknown-segment-type", place, {type, suggestion: didYouMean(type, roster.types)}));
    } else if (target.by_segment.indexOf(type) < index) {
      faults.push(complain("repeated-entry", place, {entry: type, list: "by_segment"}));
    } else if (at !== null && (type === at.type || leavesBelow(roster, at, type).length === 0)) {
      faults.push(complain("segment-not-below", place, {type, at: nameOf(roster, at)}));
    } else if (source !== null && measure !== null && !isTold(source, roster, type)) {
      faults.push(complain("segment-not-told", place, {type, measure: measure.name, source: source.source}));
    }
  });
  if (at !== null && source !== null && measure !== null && !isRoot(roster, at) && !isTold(source, roster, at.type)) {
    const parameters = {type: at.type, measure: measure.name, source: source.source};
    faults.push(complain("segment-not-told", yaml.placeOf([...path, "at"]), parameters));
  }
  return faults;
}

function placeFault(at: Target["at"], path: Path, yaml: YamlFile, roster: Roster): Diagnostic {
  if (typeof at !== "object") {
    const type = at ?? "";
    const place = yaml.placeOf([...path, "at"]);
    const members = segmentsOfType(roster, type);
    if (members.length === 0) {
      return complain("unknown-segment-type", place, {type, suggestion: didYouMean(type, roster.types)});
    }
    return complain("several-segments", place, {type, count: members.length, example: members[0]?.name ?? ""});
  }
  const [type = "", word = ""] = Object.entries(at)[0] ?? [];
  if (!roster.types.includes(type)) {
    const place = yaml.placeOfKey([...path, "at", type]);
    return complain("unknown-segment-type", place, {type, suggestion: didYouMean(type, roster.types)});
  }
  const known = segmentsOfType(roster, type).map(({name}) => name);
  return complain("segment-not-in-roster", yaml.placeOf([...path, "at", type]), {
    type,
    word,
    suggestion: didYouMean(word, known)
  });
}

/** A source tells segments apart down to the type of its rows, and adds up from there. */
export function isTold(source: Source, roster: Roster, type: string): boolean {
  const leaf = leafType(source);
  // A partition or type that is at fault has its own complaint.
  if (leaf === null ? source.partition !== undefined : !roster.types.includes(leaf)) return true;
  return leaf !== null && segmentsOfType(roster, type).some((member) => leavesBelow(roster, member, leaf).length > 0);
}

function isRoot(roster: Roster, key: SegmentKey): boolean {
  return findSegment(roster, key)?.parent === null;
}

function nameOf(roster: Roster, key: SegmentKey): string {
  return findSegment(roster, key)?.name ?? key.code;
}

function keyOf(segment: SegmentKey | undefined): SegmentKey | null {
  return segment === undefined ? null : {type: segment.type, code: segment.code};
}
