import type {Texts} from "./diagnostic.ts";
import {didYouMean} from "./suggest.ts";

export interface AttainmentParameters {
  "several-targets": {milestone: string; targets: readonly string[]};
  "unknown-target": {target: string; known: readonly string[]; earlier: boolean};
  "milestone-not-measured": {milestone: string; title: string; why: string | null};
  "segment-not-known": {segment: string; known: readonly string[]};
  "segment-not-shown": {target: string; segment: string; shown: readonly string[]};
  "segment-ambiguous": {segment: string; choices: readonly string[]};
  "period-apart": {target: string; own: string; asked: string};
  "out-kind": {out: string; kinds: readonly string[]};
  "nothing-loaded": {asOf: string | null};
  "stored-definitions": {definitions: string; entry: string};
  "sum-too-large": {measure: string; column: string};
  "definitions-gone": {definitions: string; entry: string};
}

export const attainmentTexts: Texts<AttainmentParameters> = {
  "unknown-target": ({target, known, earlier}) => ({
    message: earlier ? `The definitions of then have no target "${target}"` : `The project has no target "${target}"`,
    fix: earlier
      ? "Take today's definitions over what was known then: --definitions now"
      : known.length === 0
        ? "Write a file in targets/: README.md shows one"
        : didYouMean(target, known)
  }),
  "several-targets": ({milestone, targets}) => ({
    message: `The milestone ${milestone} has ${targets.length} targets, and one is explained at a time`,
    expected: targets.join(", "),
    fix: `Name one of them: milepost explain ${targets[0]}`
  }),
  "milestone-not-measured": ({milestone, title, why}) => ({
    message: `No target is drawn from the milestone ${milestone}, so it has no number`,
    found: `${title}: ${why ?? "reported as a result or a claim, not promised"}`,
    fix:
      why === null
        ? "Make a report with the section reported: it stands there beside what is counted"
        : "Write a target with this milestone if it can be measured after all"
  }),
  "segment-not-known": ({segment, known}) => ({
    message: `The roster has no segment "${segment}"`,
    fix: didYouMean(segment, known)
  }),
  "segment-not-shown": ({target, segment, shown}) => ({
    message: `${target} has no row for ${segment}`,
    expected: shown.slice(0, 12).join(", ") + (shown.length > 12 ? `, and ${shown.length - 12} more` : ""),
    fix: "Name the segment's type in the target's by_segment to show it"
  }),
  "segment-ambiguous": ({segment, choices}) => ({
    message: `"${segment}" names ${choices.length} segments of this target`,
    fix: `Say which: ${choices.map((choice) => `--segment "${choice}"`).join(" or ")}`
  }),
  "period-apart": ({target, own, asked}) => ({
    message: `The period of ${target} does not overlap ${asked}`,
    found: own,
    fix: "Leave --period out, or name one that overlaps"
  }),
  "out-kind": ({out, kinds}) => ({
    message: `${out}: its ending does not say which kind of file is wanted`,
    expected: kinds.map((kind) => `FILE${kind}`).join(" or ")
  }),
  "nothing-loaded": ({asOf}) => ({
    message: asOf === null ? "nothing is loaded yet, so nothing is known" : `nothing was loaded by ${asOf}`,
    fix: asOf === null ? "Load the extracts first: milepost load" : "Ask for a later moment: milepost loads lists them"
  }),
  "definitions-gone": ({definitions, entry}) => ({
    message: `The definitions of then, as stored with the entry of ${entry}, are gone from the warehouse`,
    found: `no folder definitions/${definitions}`,
    fix: "Restore the folder from a backup of the warehouse, or take today's definitions: --definitions now"
  }),
  "stored-definitions": ({definitions, entry}) => ({
    message: "The definitions of then can't be read by this version of milepost, for the reasons above",
    found: `${definitions}, named by the entry of ${entry}`,
    fix: "Take today's definitions over what was known then: --definitions now"
  }),
  "sum-too-large": ({measure, column}) => ({
    message: `The values of "${measure}" are too large to be added exactly`,
    found: `"${column}" adds up to more than ${Number.MAX_SAFE_INTEGER.toLocaleString("en-US")}, signs left aside`,
    fix: `Leave wrong values out by a condition (where: {${column}: {to: ...}}), or have them delivered in a larger unit`
  })
};
