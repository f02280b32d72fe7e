import {z} from "zod";
import {goalSchema} from "./goal.ts";
import {decimalSchema, isoDateSchema, nameSchema, spanSchema, textSchema} from "./scalars.ts";

const periodName = z.union([textSchema, z.int().transform(String)]);

/** How a goal that follows on an earlier target's is read. */
const chains = ["compound", "additive", "actual"] as const;

const baselineSchema = z
  .strictObject({
    period: periodName
      .optional()
      .describe("previous (a year earlier by calendar date), preceding (ends the day before), or a period's name."),
    fixed_at: isoDateSchema.optional().describe("With a period: as it was known at the end of this day."),
    mean_of: spanSchema
      .refine(({count, unit}) => unit === "year" && count >= 2 && count <= 30, {
        error: "must be 2 to 30 years, such as 3 years"
      })
      .optional()
      .describe("Mean of the same period in so many years before: 3 years."),
    value: decimalSchema.optional().describe("A stated value, in the measure's unit."),
    cite: textSchema.optional().describe("Where a stated value comes from."),
    target: nameSchema.optional().describe("An earlier target that this one follows on."),
    chain: z
      .enum(chains, {error: "must be compound, additive or actual"})
      .optional()
      .describe(
        "compound: from the earlier target's value (0.95 x 0.95). additive: its change and this one, both of its baseline (-10%). actual: from what was reached."
      )
  })
  .superRefine((baseline, context) => {
    const fault = (message: string) => context.addIssue({code: "custom", message});
    const {period, fixed_at, mean_of, value, cite, target, chain} = baseline;
    if ([period, mean_of, value, target].filter((one) => one !== undefined).length !== 1) {
      fault("must have exactly one of period, mean_of, value and target");
      return;
    }
    if ((value === undefined) !== (cite === undefined)) fault("must have a cite beside a stated value, and only there");
    if ((target === undefined) !== (chain === undefined)) fault("must have a chain beside a target, and only there");
    if (fixed_at !== undefined && period === undefined) fault("must have a period beside fixed_at");
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

/** Runs of time that a target may be asked for again and again. */
export const cadences = [
  "day",
  "week",
  "two weeks",
  "month",
  "two months",
  "quarter",
  "half",
  "year",
  "shift",
  "class",
  "observation"
] as const;
export type Cadence = (typeof cadences)[number];

const bySchema = z.union(
  [
    periodName,
    z.strictObject({
      within: spanSchema.describe("So long after the event: 24 months."),
      after: nameSchema.describe(
        "The event: a day, a measure with done (the day of its completion), or joined (the day on which each unit joined its roster)."
      )
    })
  ],
  {error: "must be a day, a period such as 2024-Q3, or {within: 24 months, after: ...}"}
);

const revisionSchema = z
  .strictObject({
    from: isoDateSchema.describe("The day from which it holds."),
    goal: goalSchema.optional().describe("What holds from then on; left out: the goal stays."),
    by: bySchema.optional().describe("When it is due from then on; left out: the day stays."),
    reason: textSchema.describe("Why it was changed."),
    approved_by: textSchema.describe("Who approved it.")
  })
  .refine(({goal, by}) => goal !== undefined || by !== undefined, {error: "must have a goal or a by"});

export const targetSchema = z
  .strictObject({
    target: nameSchema.describe("Its id, unique in the project."),
    milestone: nameSchema.optional().describe("The milestone of a plan that it is drawn from."),
    title: textSchema.describe("In your own words."),
    measure: nameSchema.describe("What is counted: a measure of some source."),
    goal: goalSchema.describe("How much; exactly one of its keys."),
    baseline: baselineSchema.optional().describe("What a change is held against; needed by it, and by it alone."),
    period: periodName
      .optional()
      .describe(
        "By its name: 2024-Q1, FY2024, a plan year, 2024-01-01/2024-06-30. Default: the plan year of the milestone, else the one that holds by."
      ),
    every: z
      .enum(cadences, {error: `must be one of ${cadences.join(", ")}`})
      .optional()
      .describe("The goal is asked for in every one of these, not over the whole period."),
    allow: z.int().min(0).optional().describe("With every: how many may miss the goal; default 0."),
    each: nameSchema
      .optional()
      .describe("The goal is asked of every segment of this type that the roster holds on the day."),
    joined: z
      .literal("in_period", {error: "must be in_period"})
      .optional()
      .describe("With each: in_period asks only those whose first day in the roster lies in the period."),
    by: bySchema
      .optional()
      .describe(
        "When it is due: a day, a period (its last day), or so long after an event. Default: the period's last day."
      ),
    at: segmentSchema
      .optional()
      .describe("Where it binds: city, or one segment, {area: West LA}. Default: the roster's root."),
    by_segment: z
      .array(nameSchema)
      .default([])
      .describe(
        "[bureau, area]: types of segment where it is also shown, by their own baseline; never counted in summaries."
      ),
    pace: z
      .union(
        [
          z.enum(["baseline", "linear", "seasonal", "step"]),
          z.strictObject({
            months: z
              .array(z.number().min(0))
              .length(12, "must be twelve weights, January first")
              .describe("Weights of the months, January first.")
          })
        ],
        {error: "must be baseline, linear, seasonal, step or {months: [12 weights]}"}
      )
      .optional()
      .describe(
        "What should be there by a day. Default: baseline for a change of what is counted, step for a level of outputs, else linear."
      ),
    reading: textSchema.optional().describe("How an ambiguous milestone was read, and what else it could mean."),
    revisions: z
      .array(revisionSchema)
      .default([])
      .describe("Later changes of the goal, in order of time; never taken away again.")
  })
  .refine(({every, allow}) => allow === undefined || every !== undefined, {
    path: ["allow"],
    error: "must be left out: only a target with every has some to allow"
  })
  .refine(({each, joined}) => joined === undefined || each !== undefined, {
    path: ["joined"],
    error: "must be left out: only a target with each asks units that join"
  });

/** A file of `targets/` holds one target or a list of them. */
export const targetFileSchema = z.union([z.array(targetSchema).min(1), targetSchema.transform((one) => [one])]);

export type Baseline = z.output<typeof baselineSchema>;
export type WrittenBy = z.output<typeof bySchema>;
export type Target = z.output<typeof targetSchema>;
export type PaceChoice = NonNullable<Target["pace"]>;
