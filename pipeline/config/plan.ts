import {z} from "zod";
import {levelTextSchema, nameSchema, textSchema} from "./scalars.ts";

/** A result, a claim or a fact that a document prints: a benchmark. */
const reportedSchema = z.strictObject({
  value: levelTextSchema
    .optional()
    .describe("The number as claimed: 3600000, or a percentage such as 80%. Left out of a fact without one."),
  unit: textSchema.optional().describe("Plural noun: visits, people; left out of a percentage."),
  period: textSchema.optional().describe("The time it speaks of, as far as that is told: 2019, since 2013."),
  claimed_on: textSchema.describe("Year or day on which it was published, as printed."),
  cite: textSchema.describe("Which document says so."),
  measure: nameSchema.optional().describe("The measure that counts the same here; what it counts is printed beside it.")
});

/** A published plan's own list: `targets/<plan>/plan.yaml`. */
export const planSchema = z.strictObject({
  plan: nameSchema.describe("Its id; targets below this folder are drawn from it."),
  title: textSchema.describe("Printed on reports."),
  publisher: textSchema.describe("Who published it."),
  published: textSchema.describe("Year or day of publication, as printed."),
  listed: textSchema
    .optional()
    .describe("Which part of the plan the list holds so far; leave out when it holds every milestone."),
  goals: z
    .array(
      z.strictObject({
        goal: nameSchema.describe("Its number in the plan."),
        title: textSchema.describe("In your own words."),
        initiatives: z
          .array(
            z.strictObject({
              initiative: nameSchema.describe("Its letter or number in the plan."),
              title: textSchema.describe("In your own words.")
            })
          )
          .default([])
          .describe("The parts of the goal, in order of the plan.")
      })
    )
    .min(1)
    .describe("Its goals, in order of the plan."),
  milestones: z
    .array(
      z.strictObject({
        milestone: nameSchema.describe("Its id, unique in the project; targets cite it."),
        goal: nameSchema.describe("The goal of the plan that it belongs to."),
        initiative: nameSchema.optional().describe("The initiative of that goal."),
        activity: z.int().min(1).optional().describe("Its number among the initiative's activities."),
        plan_year: nameSchema
          .optional()
          .describe("A plan year of milepost.yaml; the period of its targets by default."),
        owner: textSchema.optional().describe("The office that leads it; leave out where the plan prints none."),
        title: textSchema.describe("In your own words."),
        not_measured: textSchema.optional().describe("Why it has no target."),
        reported: reportedSchema
          .optional()
          .describe("Nothing to be met, but a result, a claim or a fact that the document prints; never a target.")
      })
    )
    .describe("Every bullet of the plan: it has a target, says why it has none, or reports a result.")
});

export type Plan = z.output<typeof planSchema>;
export type Milestone = Plan["milestones"][number];
export type Reported = NonNullable<Milestone["reported"]>;
