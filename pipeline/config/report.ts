import {z} from "zod";
import {nameSchema, notYet, textSchema} from "./scalars.ts";

export const sectionNames = [
  "summary",
  "late",
  "by-goal",
  "by-owner",
  "scorecard",
  "goal-pages",
  "owner-pages",
  "segment-pages",
  "comparisons",
  "reported",
  "not-measured",
  "data-quality",
  "methods"
] as const;
export type SectionName = (typeof sectionNames)[number];

/** A line of the table of comparisons: a measure, or one that totals the lines above it. */
const lineSchema = z.union([
  nameSchema.transform((measure) => ({measure, total: false})),
  z
    .strictObject({total: nameSchema.describe("A measure that totals the lines above it.")})
    .transform(({total}) => ({measure: total, total: true}))
]);

const optionsSchema = z.union([
  z.enum(sectionNames, {
    error: `must be one of ${sectionNames.join(", ")}; changes is not supported yet`
  }),
  z.strictObject({
    comparisons: z
      .strictObject({
        measures: z
          .array(lineSchema)
          .min(1)
          .describe("Lines of the table, in order: a measure, or {total: measure} for one that totals the lines above.")
      })
      .describe("The table of comparisons: 28 days, year to date, two years before.")
  }),
  z.strictObject({
    "segment-pages": z
      .strictObject({
        trends: z.array(nameSchema).min(1).describe("Measures drawn by month on each segment's page.")
      })
      .describe("A page for each segment of the report's types.")
  })
]);

/** `reports/*.yaml`: what a bundle holds. */
export const reportSchema = z
  .strictObject({
    report: nameSchema.describe("Its name on the command line and in out/."),
    title: textSchema.describe("On its first page."),
    period: z
      .enum(["quarter", "month", "week", "28 days"], {error: "must be quarter, month, week or 28 days"})
      .describe("What one issue speaks of; decides the last day that is counted."),
    audience: textSchema.describe("Who reads it."),
    segments: z
      .array(nameSchema)
      .default([])
      .describe("[bureau, area]: types of segment whose rows are shown beside the binding ones, and compared."),
    sources: z
      .array(nameSchema)
      .default([])
      .describe("[crime-incidents]: only targets whose measures count from these sources; left out, all."),
    sections: z
      .array(optionsSchema)
      .min(1)
      .describe("In their order; comparisons and segment-pages say what they show."),
    narrative: notYet("narrative")
  })
  .transform(({sections, ...rest}) => ({
    ...rest,
    sections: sections.map((one) => (typeof one === "string" ? one : (Object.keys(one)[0] as SectionName))),
    /** Lines of the table of comparisons; [] where the report has none. */
    comparisons: sections.flatMap((one) =>
      typeof one === "object" && "comparisons" in one ? one.comparisons.measures : []
    ),
    /** Measures drawn by month on each segment's page. */
    trends: sections.flatMap((one) =>
      typeof one === "object" && "segment-pages" in one ? one["segment-pages"].trends : []
    )
  }));

export type Report = z.output<typeof reportSchema>;
