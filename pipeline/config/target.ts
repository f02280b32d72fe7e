import {z} from "zod";
import {decimalSchema, nameSchema, notYet, textSchema} from "./scalars.ts";

/** `-10%`, `+2.5%`, as written. A percentage of the baseline. */
const changeSchema = z
  .string({error: 'must be a percentage, such as "-10%"'})
  .regex(
    /^[+-]\d+(\.\d+)?%$/,
    "must be a signed percentage, such as -10%; points, units and multiples are not supported yet"
  );

/** How much. Exactly one of them. */
const goalSchema = z
  .strictObject({
    change: changeSchema.optional().describe("Percent of the baseline."),
    at_least: decimalSchema.optional(),
    at_most: decimalSchema.optional(),
    below: decimalSchema.optional(),
    track: z.literal(true).optional().describe("Measured and shown; nothing to be met."),
    above: notYet("above"),
    exactly: notYet("exactly"),
    between: notYet("between"),
    done: notYet("done"),
    to_be_set: notYet("to_be_set")
  })
  .refine((goal) => Object.values(goal).filter((part) => part !== undefined).length === 1, {
    error: "must have exactly one of change, at_least, at_most, below and track"
  });

const baselineSchema = z
  .strictObject({
    period: z
      .union([textSchema, z.int().transform(String)], {error: "must be previous, preceding or the name of a period"})
      .optional()
      .describe("previous (a year earlier by calendar date), preceding (ends the day before), or a period's name."),
    value: decimalSchema.optional(),
    cite: textSchema.optional().describe("Where a stated value comes from."),
    mean_of: notYet("mean_of"),
    target: notYet("a baseline chained on a target"),
    fixed_at: notYet("fixed_at")
  })
  .refine((baseline) => (baseline.period === undefined) !== (baseline.value === undefined), {
    error: "must have exactly one of period and value"
  })
  .refine((baseline) => (baseline.value === undefined) === (baseline.cite === undefined), {
    error: "must have a cite beside a stated value, and only there"
  });

/** A segment: a type with one member (`city`), or one member of a type (`{area: West LA}`, by code, name or alias). */
const segmentSchema = z.union(
  [
    nameSchema,
    z
      .record(nameSchema, z.union([textSchema, z.int().transform(String)]))
      .refine((one) => Object.keys(one).length === 1, {
        error: "must be one type and its code or name, such as {area: 8}"
      })
  ],
  {error: "must be a type with one member, such as city, or one segment, such as {area: 8}"}
);

export const targetSchema = z.strictObject({
  target: nameSchema,
  milestone: nameSchema.optional().describe("The milestone of a plan that it is drawn from."),
  title: textSchema.describe("In your own words."),
  measure: nameSchema,
  goal: goalSchema,
  baseline: baselineSchema.optional(),
  period: z
    .union([textSchema, z.int().transform(String)], {error: "must be the name of a period, such as 2024-Q1"})
    .describe("By its name: 2024-Q1, FY2024, a plan year, 2024-01-01/2024-06-30."),
  at: segmentSchema.optional().describe("Where it binds. Default: the roster's root."),
  by_segment: z
    .array(nameSchema)
    .default([])
    .describe("Types of segment where it is also shown, by their own baseline."),
  pace: z
    .enum(["baseline", "linear"], {
      error: "must be baseline or linear; seasonal, step and months are not supported yet"
    })
    .optional()
    .describe("Default: baseline for a change, linear for a level."),
  reading: textSchema.optional().describe("How an ambiguous milestone was read, and what else it could mean."),
  every: notYet("every"),
  each: notYet("each"),
  by: notYet("by"),
  revisions: notYet("revisions"),
  allow: notYet("allow")
});

/** A file of `targets/` holds one target or a list of them. */
export const targetFileSchema = z.union([z.array(targetSchema).min(1), targetSchema.transform((one) => [one])]);

export type Goal = z.output<typeof goalSchema>;
export type Baseline = z.output<typeof baselineSchema>;
export type Target = z.output<typeof targetSchema>;
export type GoalKind = "change" | "at_least" | "at_most" | "below" | "track";

/** Which of the goals it is, with its value as written: `-10%`, `100`, or null for track. */
export function goalOf(goal: Goal): {readonly kind: GoalKind; readonly value: string | null} {
  if (goal.change !== undefined) return {kind: "change", value: goal.change};
  if (goal.at_least !== undefined) return {kind: "at_least", value: goal.at_least};
  if (goal.at_most !== undefined) return {kind: "at_most", value: goal.at_most};
  if (goal.below !== undefined) return {kind: "below", value: goal.below};
  return {kind: "track", value: null};
}
