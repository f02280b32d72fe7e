import type {Diagnostic, Place} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {sourcesOf} from "./check-measure.ts";
import type {ProjectMeasure} from "./project.ts";
import {findSegment, leavesBelow, type Roster, resolveSegment, type SegmentKey, segmentsOfType} from "./roster.ts";
import {pluralOf} from "./segment-plural.ts";
import type {Source} from "./source.ts";
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

/** What places are held against. */
export interface PlaceContext {
  readonly roster: Roster;
  readonly measures: ReadonlyMap<string, ProjectMeasure>;
  readonly sources: ReadonlyMap<string, Source>;
}

/** Holds `at`, `by_segment` and `each` against the roster, and against what the measure's sources can tell apart. */
export function checkPlace(
  target: Target,
  path: Path,
  yaml: YamlFile,
  measure: ProjectMeasure | null,
  context: PlaceContext
): Diagnostic[] {
  const {roster} = context;
  const at = resolvePlace(target.at, roster);
  const untold = (type: string, place: Place): Diagnostic[] => {
    const source = measure === null ? null : whoCantTell(measure, type, context);
    if (measure === null || source === null) return [];
    return [complain("segment-not-told", place, {type, measure: measure.name, source: source.source})];
  };
  const below = (key: "by_segment" | "each", type: string, place: Place): Diagnostic[] => {
    if (!roster.types.includes(type)) {
      return [complain("unknown-segment-type", place, {type, suggestion: didYouMean(type, roster.types)})];
    }
    if (at !== null && (type === at.type || leavesBelow(roster, at, type).length === 0)) {
      return [complain("segment-not-below", place, {key, type, at: nameOf(roster, at)})];
    }
    return untold(type, place);
  };
  const {each, by_segment} = target;
  const shown = by_segment.flatMap((type, index) => {
    const place = yaml.placeOf([...path, "by_segment", index]);
    if (by_segment.indexOf(type) < index && roster.types.includes(type)) {
      return [complain("repeated-entry", place, {entry: type, list: "by_segment"})];
    }
    const faults = below("by_segment", type, place);
    if (faults.length > 0 || each === undefined || !roster.types.includes(each) || hasBelow(roster, type, each))
      return faults;
    return [complain("unit-not-below", place, {each, type, types: pluralOf(type)})];
  });
  return [
    ...(at === null ? [placeFault(target.at, path, yaml, roster)] : []),
    ...shown,
    ...(each === undefined ? [] : below("each", each, yaml.placeOf([...path, "each"]))),
    ...(at === null || isRoot(roster, at) ? [] : untold(at.type, yaml.placeOf([...path, "at"])))
  ];
}

/** Whether a unit stands at or below some segment of the type. */
function hasBelow(roster: Roster, type: string, unit: string): boolean {
  return segmentsOfType(roster, type).some((segment) => leavesBelow(roster, segment, unit).length > 0);
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

/** The first source of those that a measure is made from which does not tell segments of the type; null: all do. */
export function whoCantTell(
  measure: ProjectMeasure,
  type: string,
  {roster, measures, sources}: PlaceContext
): Source | null {
  const made = sourcesOf(measure, measures).map((name) => sources.get(name));
  return made.find((source) => source !== undefined && !isTold(source, roster, type)) ?? null;
}

/** A source tells segments apart down to the types of its segment columns, and adds up from there. */
function isTold({columns, partition = []}: Source, roster: Roster, type: string): boolean {
  const told = Object.values(columns).flatMap(({segment}) => (segment === undefined ? [] : [segment]));
  // A partition or a type that is at fault has its own complaint.
  if (partition.some((name) => columns[name]?.segment === undefined)) return true;
  return told.some((leaf) => !roster.types.includes(leaf) || hasBelow(roster, type, leaf));
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
