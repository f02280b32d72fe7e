import {z} from "zod";
import type {IsoDate} from "../calendar/iso-date.ts";
import {isoDateSchema, nameSchema} from "./scalars.ts";

const levelForm = /^-?\d+(\.\d+)?%?$/;

/** A level: a number in the measure's unit, a percentage of a share, or a value of seeds/references.csv. */
const levelWords = "must be a number, a percentage such as 30%, or {reference: name}";
const levelSchema = z.union(
  [
    z.number().transform(String),
    z.string().regex(levelForm, levelWords),
    z.strictObject({reference: nameSchema.describe("A name of seeds/references.csv.")})
  ],
  {error: levelWords}
);

const changeForms = {
  percent: /^([+-]\d+(?:\.\d+)?)%$/,
  points: /^([+-]\d+(?:\.\d+)?) points?$/,
  multiple: /^x(\d+(?:\.\d+)?)$/,
  units: /^([+-]\d+(?:\.\d+)?) (\p{L}[\p{L} -]*)$/u,
  direction: /^(increase|decrease)$/
} as const;

const changeSchema = z
  .string({error: 'must be a change, such as "-10%", "+3 points", "-12 seconds", x2, increase or decrease'})
  .refine((text) => Object.values(changeForms).some((form) => form.test(text)), {
    error: 'must be a change, such as "-10%", "+3 points", "-12 seconds", x2, increase or decrease'
  });

/** In the order in which messages list them. */
export const goalKinds = [
  "change",
  "at_least",
  "at_most",
  "above",
  "below",
  "exactly",
  "between",
  "done",
  "track",
  "to_be_set"
] as const;
export type GoalKind = (typeof goalKinds)[number];

/** How much. Exactly one of them. */
export const goalSchema = z
  .strictObject({
    change: changeSchema
      .optional()
      .describe(
        "Against the baseline: -10%, +3 points (of a share), -12 seconds (in the unit), x2, increase, decrease."
      ),
    at_least: levelSchema.optional().describe("This or more: 4, 30% of a share, or {reference: name}."),
    at_most: levelSchema.optional().describe("This or less."),
    above: levelSchema.optional().describe("More than this; the level itself is not enough."),
    below: levelSchema.optional().describe("Less than this; the level itself is too much."),
    exactly: levelSchema.optional().describe("This, neither more nor less."),
    between: z
      .tuple([levelSchema, levelSchema], {error: "must be two levels, such as [10, 20]"})
      .optional()
      .describe("Least and greatest value, both included."),
    done: z.literal(true).optional().describe("A deliverable is completed; of a measure with done."),
    track: z.literal(true).optional().describe("Measured and shown; nothing to be met."),
    to_be_set: z
      .union(
        [
          z.literal(true).transform(() => ({by: undefined})),
          z.strictObject({by: isoDateSchema.optional().describe("The day until which it is to be set.")})
        ],
        {
          error: "must be true or {by: yyyy-MM-dd}"
        }
      )
      .optional()
      .describe("The plan says that the goal will be set; by: the day until which.")
  })
  .refine((goal) => Object.values(goal).filter((part) => part !== undefined).length === 1, {
    error: `must have exactly one of ${goalKinds.join(", ")}`
  });

export type WrittenGoal = z.output<typeof goalSchema>;

/** What is wanted of a change; `amount` is signed decimal text: "-10", "+3". */
export type Change =
  | {readonly form: "percent" | "points"; readonly amount: string}
  | {readonly form: "units"; readonly amount: string; readonly unit: string}
  | {readonly form: "multiple"; readonly amount: string}
  | {readonly form: "direction"; readonly direction: "increase" | "decrease"};

/** A goal with its references looked up. `written` is how the user wrote it; levels are decimal text, 30% is "0.3". */
export type Goal =
  | {
      readonly kind: "at_least" | "at_most" | "above" | "below" | "exactly";
      readonly level: string;
      readonly written: string;
    }
  | {readonly kind: "between"; readonly low: string; readonly high: string; readonly written: string}
  | {readonly kind: "change"; readonly change: Change; readonly written: string}
  | {readonly kind: "done" | "track"; readonly written: null}
  | {readonly kind: "to_be_set"; readonly by: IsoDate | null; readonly written: null};

/** One row of seeds/references.csv: a value that a plan refers to without printing it. */
export interface Reference {
  readonly name: string;
  /** Decimal text. */
  readonly value: string;
  readonly unit: string;
  readonly cite: string;
}

export type References = ReadonlyMap<string, Reference>;

export function kindOf(goal: WrittenGoal): GoalKind {
  return goalKinds.find((kind) => goal[kind] !== undefined) ?? "track";
}

/** @returns Null where a reference is unknown. */
export function resolveGoal(goal: WrittenGoal, references: References): Goal | null {
  const kind = kindOf(goal);
  switch (kind) {
    case "change":
      return {kind, change: changeOf(goal.change ?? ""), written: goal.change ?? ""};
    case "done":
    case "track":
      return {kind, written: null};
    case "to_be_set":
      return {kind, by: goal.to_be_set?.by ?? null, written: null};
    case "between": {
      const [low, high] = (goal.between ?? []).map((one) => levelOf(one, references));
      if (low == null || high == null) return null;
      return {kind, low: low.level, high: high.level, written: `${low.written} to ${high.written}`};
    }
    default: {
      const written = goal[kind];
      const level = written === undefined ? null : levelOf(written, references);
      return level === null ? null : {kind, ...level};
    }
  }
}

/** changeOf("-12 seconds") //=> {form: "units", amount: "-12", unit: "seconds"} */
export function changeOf(text: string): Change {
  const [, percent] = changeForms.percent.exec(text) ?? [];
  if (percent !== undefined) return {form: "percent", amount: percent};
  const [, points] = changeForms.points.exec(text) ?? [];
  if (points !== undefined) return {form: "points", amount: points};
  const [, multiple] = changeForms.multiple.exec(text) ?? [];
  if (multiple !== undefined) return {form: "multiple", amount: multiple};
  const [, amount, unit] = changeForms.units.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) return {form: "units", amount, unit};
  return {form: "direction", direction: text === "increase" ? "increase" : "decrease"};
}

/** boundOf(-10%) //=> "upper": good is at or under the target value; "both": between two levels, or at one. */
export function boundOf(goal: Goal | null): "upper" | "lower" | "both" | null {
  switch (goal?.kind) {
    case undefined:
    case "track":
    case "to_be_set":
      return null;
    case "change":
      return falls(goal.change) ? "upper" : "lower";
    case "at_least":
    case "above":
    case "done":
      return "lower";
    case "at_most":
    case "below":
      return "upper";
    default:
      return "both";
  }
}

/** Whether less is wanted; a change by nothing is wanted as it is written: -0% asks for no rise. */
export function falls(change: Change): boolean {
  if (change.form === "direction") return change.direction === "decrease";
  if (change.form === "multiple") return Number(change.amount) < 1;
  return change.amount.startsWith("-");
}

/** Names of the references that a goal reads. */
export function referencesOf(goal: WrittenGoal): string[] {
  return Object.values(goal)
    .flat()
    .flatMap((part) => (typeof part === "object" && part !== null && "reference" in part ? [part.reference] : []));
}

function levelOf(
  level: z.output<typeof levelSchema>,
  references: References
): {readonly level: string; readonly written: string} | null {
  if (typeof level === "object") {
    const value = references.get(level.reference)?.value;
    return value === undefined ? null : {level: value, written: value};
  }
  return {level: level.endsWith("%") ? hundredth(level.slice(0, -1)) : level, written: level};
}

/** A hundredth of a decimal, by moving its point: "12.5" -> "0.125". */
function hundredth(percent: string): string {
  const [, sign = "", whole = "0", decimals = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(percent) ?? [];
  const digits = whole.padStart(3, "0") + decimals;
  const text = `${digits.slice(0, digits.length - decimals.length - 2)}.${digits.slice(digits.length - decimals.length - 2)}`;
  return `${sign}${text.replace(/^0+(?=\d)/, "").replace(/\.?0+$/, "")}`;
}
