import {isIsoDate} from "../calendar/iso-date.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import type {DefinitionFile} from "./project.ts";
import {findSegment, type Roster, type Segment, type SegmentKey, segmentWord, segmentWords} from "./roster.ts";
import {nameSchema, textSchema} from "./scalars.ts";
import {readSeed, type SeedRow} from "./seed-file.ts";

const required = ["type", "code", "name", "parent_type", "parent_code"] as const;
const optional = ["aliases", "valid_from", "valid_to"] as const;
type Column = (typeof required)[number] | (typeof optional)[number];
type Row = SeedRow<Column>;

/**
 * Reads the roster: one root, every other segment below a parent, codes unique in a type, no word that could mean two
 * segments of one type. Aliases are separated by "|".
 *
 * @returns Null when any row is at fault.
 */
export function readRoster(file: DefinitionFile): {roster: Roster | null; diagnostics: Diagnostic[]} {
  const {rows, diagnostics} = readSeed<Column>(file, required, optional);
  const segments = rows.map(toSegment);
  const faults = [
    ...diagnostics,
    ...rows.flatMap(rowFaults),
    ...wordFaults(rows, segments),
    ...treeFaults(rows, segments)
  ];
  if (faults.length > 0) return {roster: null, diagnostics: faults};
  if (segments.length === 0)
    return {roster: null, diagnostics: [complain("empty-definition", {file: file.path, line: 1}, {})]};
  return {roster: {segments, types: typesFromRoot(segments)}, diagnostics: []};
}

function toSegment({cells}: Row): Segment {
  return {
    type: cells.type,
    code: cells.code,
    name: cells.name,
    aliases: cells.aliases
      .split("|")
      .map((alias) => alias.trim())
      .filter((alias) => alias !== ""),
    parent: cells.parent_type === "" ? null : {type: cells.parent_type, code: cells.parent_code},
    valid_from: cells.valid_from || null,
    valid_to: cells.valid_to || null
  };
}

function rowFaults({cells, placeOf}: Row): Diagnostic[] {
  const faults: Diagnostic[] = [];
  const bad = (column: Column, problem: string) =>
    faults.push(
      complain("bad-value", placeOf(column), {subject: column, problem, found: JSON.stringify(cells[column])})
    );
  const schemas = {type: nameSchema, code: nameSchema, name: textSchema} as const;
  for (const column of ["type", "code", "name"] as const) {
    const {error} = schemas[column].safeParse(cells[column]);
    if (error !== undefined) bad(column, error.issues[0]?.message ?? "");
  }
  if ((cells.parent_type === "") !== (cells.parent_code === "")) {
    bad(
      cells.parent_type === "" ? "parent_type" : "parent_code",
      "must be given with its counterpart, or both left empty"
    );
  }
  for (const column of ["valid_from", "valid_to"] as const) {
    if (cells[column] !== "" && !isIsoDate(cells[column])) bad(column, "must be a day written yyyy-MM-dd, or empty");
  }
  if (cells.valid_from !== "" && cells.valid_to !== "" && cells.valid_from > cells.valid_to) {
    bad("valid_to", "must not be before valid_from");
  }
  return faults;
}

/** Two segments of one type that extracts could not tell apart. */
function wordFaults(rows: readonly Row[], segments: readonly Segment[]): Diagnostic[] {
  const owners = new Map<string, Segment>();
  return segments.flatMap((segment, index): Diagnostic[] => {
    const row = rows[index]!;
    for (const word of segmentWords(segment)) {
      const owner = owners.get(`${segment.type}\0${word}`);
      if (owner !== undefined) {
        const column = columnHolding(segment, word);
        return [complain("ambiguous-segment", row.placeOf(column), {type: segment.type, word, first: owner.name})];
      }
      owners.set(`${segment.type}\0${word}`, segment);
    }
    return [];
  });
}

function columnHolding({code, name}: Segment, word: string): Column {
  if (segmentWord(code) === word) return "code";
  return segmentWord(name) === word ? "name" : "aliases";
}

function treeFaults(rows: readonly Row[], segments: readonly Segment[]): Diagnostic[] {
  const roster: Roster = {segments, types: []};
  const faults: Diagnostic[] = [];
  let root: Segment | null = null;
  segments.forEach((segment, index) => {
    const row = rows[index]!;
    if (segment.parent === null) {
      if (root !== null && row.cells.parent_code === "") {
        faults.push(complain("second-root", row.placeOf("parent_type"), {segment: segment.name, root: root.name}));
      }
      root ??= segment;
      return;
    }
    const {type, code} = segment.parent;
    if (code !== "" && findSegment(roster, segment.parent) === null) {
      const known = segments.filter((other) => other.type === type).map((other) => other.code);
      const suggestion = didYouMean(
        known.length === 0 ? type : code,
        known.length === 0 ? segments.map((s) => s.type) : known
      );
      faults.push(complain("unknown-parent", row.placeOf("parent_code"), {type, code, suggestion}));
    } else if (isBelowItself(roster, segment)) {
      faults.push(complain("segment-cycle", row.placeOf("parent_code"), {segment: segment.name}));
    }
  });
  return faults;
}

function isBelowItself(roster: Roster, segment: Segment): boolean {
  const seen = new Set<Segment>();
  for (let at: Segment | null = segment; at !== null; at = parentOf(roster, at)) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

/** In order of how far below the root a type first stands, then of the file. */
function typesFromRoot(segments: readonly Segment[]): string[] {
  const roster: Roster = {segments, types: []};
  const depths = new Map<string, number>();
  for (const segment of segments) {
    let depth = 0;
    for (let at = parentOf(roster, segment); at !== null; at = parentOf(roster, at)) depth++;
    depths.set(segment.type, Math.max(depth, depths.get(segment.type) ?? 0));
  }
  return [...depths].sort(([, a], [, b]) => a - b).map(([type]) => type);
}

function parentOf(roster: Roster, {parent}: {readonly parent: SegmentKey | null}): Segment | null {
  return parent === null ? null : findSegment(roster, parent);
}
