import {z} from "zod";
import {levelTextSchema, nameSchema, textSchema} from "./scalars.ts";

/** How a claimed number is meant, in the words of goals; "about" is no goal, but often a claim. */
export const comparators = ["at_least", "at_most", "above", "below", "about"] as const;

export type Comparator = (typeof comparators)[number];

/** A result, a claim or a fact that a document prints: a benchmark. */
const reportedSchema = z.strictObject({
  value: levelTextSchema
    .optional()
    .describe("The number as claimed: 3600000, or a percentage such as 80%. Left out of a fact without one."),
  comparator: z
    .enum(comparators, {error: `must be ${comparators.slice(0, -1).join(", ")} or ${comparators.at(-1)}`})
    .optional()
    .describe("How the number is meant where the document says so: above for more than 713; left out, as it stands."),
  unit: textSchema.optional().describe("Plural noun: visits, people; left out of a percentage."),
  period: textSchema
    .optional()
    .describe(
      "The time it speaks of: a period such as 2019 or 2020-04, over which the measure is counted; else in words."
    ),
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
  owners: z
    .array(
      z.strictObject({
        owner: textSchema.describe("As the plan prints it at a milestone: its initials."),
        name: textSchema.optional().describe("In full; left out where no source says it."),
        cite: textSchema.optional().describe("The source that says the name.")
      })
    )
    .optional()
    .describe("The offices that lead its milestones; where they are listed, every owner must be one of them."),
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

/** An owner in full, as the plan's list says it; null where it does not. */
export function fullNameOf({owners = []}: Plan, owner: string): string | null {
  return owners.find((one) => one.owner === owner)?.name ?? null;
}
