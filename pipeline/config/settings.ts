import {z} from "zod";
import {weekdays} from "../calendar/period.ts";
import {isoDateSchema, nameSchema, notYet, textSchema} from "./scalars.ts";

const folder = textSchema.describe("A folder, relative to the project.");

/** `milepost.yaml`: what holds for the whole project. */
export const settingsSchema = z.strictObject({
  title: textSchema.describe("Printed on every page."),
  time_zone: z
    .string()
    .refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC", {
      error: "must be an IANA time zone, such as America/Los_Angeles"
    })
    .describe("IANA name. An --as-of date is the end of that day here."),
  notice: textSchema.optional().describe("A sentence for every page, such as who did not issue this."),
  calendar: z.strictObject({
    week_starts: z.enum(weekdays as [(typeof weekdays)[number], ...typeof weekdays]),
    fiscal_year_starts: z.string().regex(/^(0[1-9]|1[0-2])-\d\d$/, "must be month and day, such as 07-01"),
    plan_years: z
      .record(nameSchema, z.strictObject({from: isoDateSchema, to: isoDateSchema}))
      .default({})
      .describe("Plan years by name; the plan seldom defines them, so this is a declared reading.")
  }),
  paths: z.strictObject({inbox: folder, warehouse: folder, out: folder}),
  segments: textSchema.describe(
    "The roster: type, code, name, aliases, parent_type, parent_code, valid_from, valid_to."
  ),
  status: z
    .strictObject({
      on_track_from: z.number().min(0).max(1).default(0.8).describe("Probability of attaining, 0 to 1."),
      off_track_to: z.number().min(0).max(1).default(0.2).describe("Probability of attaining, 0 to 1.")
    })
    .prefault({}),
  suppress: z
    .strictObject({below: z.int().min(2).default(5).describe("Public editions withhold counts of 1 to below - 1.")})
    .prefault({}),
  schedule: notYet("schedule")
});

export type Settings = z.output<typeof settingsSchema>;
