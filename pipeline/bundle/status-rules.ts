import type {Status} from "../attainment/contract.ts";
import {formatShare} from "../format/numbers.ts";
import {atRiskRatio, fewestDays, fewestExpected, onTrackRatio} from "../status/contract.ts";
import {plain, type TableBlock} from "./page-model.ts";

const rules: readonly (readonly [Status, string])[] = [
  ["tracked", "The target names no goal: it is measured and shown."],
  ["to_be_set", "The plan has not set the goal yet."],
  ["not_due", "The target's period has not begun, or what is due on a later day is not reached yet."],
  ["no_data", "The actual, or a baseline that is needed, is not known; or the newest extract is too old."],
  ["not_comparable", "The way of counting changed between the baseline and now."],
  ["met", "The goal is reached: decided early where it can't be lost again, else at the end of the period."],
  [
    "missed",
    "The goal is not reached: decided early where it can't be reached any more, else at the end of the period."
  ],
  [
    "too_early",
    `An outcome with under ${fewestDays} days counted, or with fewer than ${fewestExpected} cases expected so far.`
  ],
  [
    "on_track",
    `A change: at or better than expected to date. A level of an outcome: at least ${percent(onTrackRatio)} of the way ` +
      "that its pace asks for by now. An output: at its pace. Weeks, months or units: no more missed than may be."
  ],
  [
    "at_risk",
    "A change: better than the same days of the baseline, but not as much as expected. A level of an outcome: at " +
      `least ${percent(atRiskRatio)} of the way. An output: one behind. Or the period is over and late reports may still decide.`
  ],
  ["off_track", "Neither of these."]
];

function percent(ratio: string): string {
  return formatShare(Number(ratio), 0);
}

/** The rules of status in the order in which they are asked. */
export function statusRules(): TableBlock {
  return {
    kind: "table",
    id: "status-rules",
    caption: "Rules of status, first to last",
    columns: [
      {title: "Status", numeric: false},
      {title: "When", numeric: false}
    ],
    widths: [22, 78],
    narrow: "cards",
    groups: [
      {title: null, rows: rules.map(([status, when]) => [{status, text: "", note: null, section: null}, plain(when)])}
    ]
  };
}
