import type {AttainmentRow, Status} from "../attainment/contract.ts";

/** Fewest days of an outcome that say anything, and fewest expected cases that it can be held against (rule 7). */
export const fewestDays = 60;
export const fewestExpected = 5;

/** A level is on track, or at risk, from this share of the way that its pace asks for (rule 8); decimals as text. */
export const onTrackRatio = "0.95";
export const atRiskRatio = "0.85";

/** The rules of status in their order; the first that holds decides. */
export const rules = {
  to_be_set: "the goal is still to be set",
  tracked: "nothing is to be met",
  not_due: "what is asked for lies ahead: the period, the day on which it is due, or the event that sets this day",
  no_data: "the actual or a needed baseline is not known",
  not_comparable: "a change of counting method lies between the baseline and the actual, or within one of them",
  decided: "decided early, or the period is over and late reports can't reverse the verdict",
  undecided: "the period is over, and reports still to come may reverse the verdict",
  stale: "what is known ends longer before the day asked for than the source allows",
  too_early: `an outcome with under ${fewestDays} days counted, or with fewer than ${fewestExpected} expected so far`,
  progress:
    "against the pace: a change is on track as expected or better and at risk while better than the baseline, " +
    `a level from ${onTrackRatio} and ${atRiskRatio} of the way, an output at pace and one behind`
} as const;

export type RuleName = keyof typeof rules;

/** A row's verdict with the rule that gave it. */
export interface Verdict {
  readonly status: Status;
  readonly rule: RuleName;
  /** One sentence made of the numbers that decided it. */
  readonly status_reason: string;
  readonly flags: AttainmentRow["flags"];
}
