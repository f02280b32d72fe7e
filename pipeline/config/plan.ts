import {z} from "zod";
import {nameSchema, textSchema} from "./scalars.ts";

/** A published plan's own list: `targets/<plan>/plan.yaml`. */
export const planSchema = z.strictObject({
  plan: nameSchema,
  title: textSchema,
  publisher: textSchema,
  published: textSchema.describe("Year or day of publication, as printed."),
  listed: textSchema
    .optional()
    .describe("Which part of the plan the list holds so far; leave out when it holds every milestone."),
  goals: z
    .array(
      z.strictObject({
        goal: nameSchema.describe("Its number in the plan."),
        title: textSchema,
        initiatives: z.array(z.strictObject({initiative: nameSchema, title: textSchema})).default([])
      })
    )
    .min(1),
  milestones: z.array(
    z.strictObject({
      milestone: nameSchema,
      goal: nameSchema,
      initiative: nameSchema.optional(),
      activity: z.int().min(1).optional(),
      plan_year: nameSchema.optional(),
      owner: textSchema.optional().describe("The office that leads it; leave out where the plan prints none."),
      title: textSchema.describe("In your own words."),
      not_measured: textSchema.optional().describe("Why it has no target.")
    })
  )
});

export type Plan = z.output<typeof planSchema>;
export type Milestone = Plan["milestones"][number];
