import {z} from "zod";
import {nameSchema, notYet, textSchema} from "./scalars.ts";

export const sectionNames = ["summary", "scorecard", "goal-pages", "data-quality", "methods"] as const;
export type SectionName = (typeof sectionNames)[number];

/** `reports/*.yaml`: what a bundle holds. */
export const reportSchema = z.strictObject({
  report: nameSchema,
  title: textSchema,
  period: z.enum(["quarter", "month", "week"], {error: "must be quarter, month or week; 28 days is not supported yet"}),
  audience: textSchema,
  segments: z.array(nameSchema).default([]).describe("Types of segment whose rows are shown beside the binding ones."),
  sections: z
    .array(
      z.enum(sectionNames, {
        error: `must be one of ${sectionNames.join(", ")}; segment-pages, comparisons and changes are not supported yet`
      })
    )
    .min(1),
  narrative: notYet("narrative")
});

export type Report = z.output<typeof reportSchema>;
