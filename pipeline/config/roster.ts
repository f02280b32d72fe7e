import type {IsoDate} from "../calendar/iso-date.ts";

/** Type and code of a segment of the roster. */
export interface SegmentKey {
  readonly type: string;
  readonly code: string;
}

/** One row of seeds/segments.csv. */
export interface Segment extends SegmentKey {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Null for the root. */
  readonly parent: SegmentKey | null;
  /** Null: since ever, for ever. */
  readonly valid_from: IsoDate | null;
  readonly valid_to: IsoDate | null;
}

/** The tree of segments with its dates of validity. */
export interface Roster {
  /** In order of the file. */
  readonly segments: readonly Segment[];
  /** Types from the root down: city, bureau, area. */
  readonly types: readonly string[];
}

/** @returns The segment, or null when the roster has none such. */
export function findSegment(roster: Roster, {type, code}: SegmentKey): Segment | null {
  return roster.segments.find((segment) => segment.type === type && segment.code === code) ?? null;
}

/** All members of a type, in order of the file. */
export function segmentsOfType(roster: Roster, type: string): readonly Segment[] {
  return roster.segments.filter((segment) => segment.type === type);
}

/**
 * A cell or a user's word -> the segment it means: a code ("8", "08"), a name or an alias, in any letter case,
 * blanks at the ends and doubled blanks forgiven.
 */
export function resolveSegment(roster: Roster, type: string, word: string): Segment | null {
  const wanted = segmentWord(word);
  return segmentsOfType(roster, type).find((segment) => segmentWords(segment).includes(wanted)) ?? null;
}

/** The words by which extracts may name a segment, folded by `segmentWord`. */
export function segmentWords({code, name, aliases}: Segment): string[] {
  return [...new Set([code, name, ...aliases].map(segmentWord))];
}

/** How words are folded before they are compared; `facts` and `extract` fold cells by the same rule in SQL. */
export function segmentWord(word: string): string {
  const folded = word.trim().replace(/ +/g, " ").toLowerCase();
  return /^\d+$/.test(folded) ? folded.replace(/^0+(?=\d)/, "") : folded;
}

/** The segments of type `leafType` that lie below `key` (or are it), whatever their dates of validity. */
export function leavesBelow(roster: Roster, key: SegmentKey, leafType: string): readonly Segment[] {
  return segmentsOfType(roster, leafType).filter((leaf) => isWithin(roster, leaf, key));
}

function isWithin(roster: Roster, leaf: Segment, key: SegmentKey): boolean {
  for (let at: Segment | null = leaf; at !== null; at = at.parent === null ? null : findSegment(roster, at.parent)) {
    if (at.type === key.type && at.code === key.code) return true;
  }
  return false;
}
