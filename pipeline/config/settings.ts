import {z} from "zod";
import {isIsoDate} from "../calendar/iso-date.ts";
import {parsePeriod, weekdays} from "../calendar/period.ts";
import {isoDateSchema, nameSchema, percentSchema, textSchema} from "./scalars.ts";

const folder = textSchema.describe("A folder, relative to the project.");

const planYearSchema = z
  .strictObject({from: isoDateSchema.describe("First day."), to: isoDateSchema.describe("Last day.")})
  .refine(({from, to}) => from <= to, {error: "must not end before it begins"});

const calendarSchema = z
  .strictObject({
    week_starts: z
      .enum(weekdays as [(typeof weekdays)[number], ...typeof weekdays])
      .describe("First day of a week: sunday, monday ..."),
    // 2023 is no leap year: a year that starts on 29 February can't be told in most years.
    fiscal_year_starts: z
      .string()
      .refine((start) => /^\d\d-\d\d$/.test(start) && isIsoDate(`2023-${start}`), {
        error: "must be month and day, such as 07-01"
      })
      .describe("Month and day on which the fiscal year begins: 07-01. FY2024 is named by the year it ends in."),
    plan_years: z
      .record(nameSchema, planYearSchema)
      .default({})
      .describe("Plan years by name; the plan seldom defines them, so this is a declared reading."),
    shifts: z
      .array(textSchema)
      .min(1)
      .optional()
      .describe("Names of the shifts of a day, in their order, as the shift columns of sources hold them."),
    classes: nameSchema
      .optional()
      .describe("Type of the roster whose members, by their dates of validity, are the classes of every: class.")
  })
  .superRefine((calendar, context) => {
    for (const name of Object.keys(calendar.plan_years)) {
      const other = parsePeriod(name, {...calendar, plan_years: {}}) !== null;
      if (!other && name !== "previous" && name !== "preceding") continue;
      context.addIssue({
        code: "custom",
        path: ["plan_years", name],
        message: "must not have the name of another period"
      });
    }
  });

const scheduleEntrySchema = z.strictObject({
  report: nameSchema.describe("A report of reports/."),
  // A crontab, and a unit of systemd, end where a line ends.
  cron: textSchema
    .overwrite((text) => text.trim().split(/\s+/).join(" "))
    .describe("Minute, hour, day of month, month, day of week, in the project's time zone: 0 6 * * 1."),
  issue: z
    .literal("automatic", {error: "must be automatic, or left out for a draft"})
    .optional()
    .describe("automatic: published under the next number; left out: a draft.")
});

const years = /^(\d+) years?$/;

/** `90 days`, `3 years`; in days, a year as 365 of them. */
const keptForSchema = z
  .string({error: "must be a time, such as 90 days or 3 years"})
  .refine((text) => /^[1-9]\d{0,4} (days?|years?)$/.test(text), {error: "must be a time, such as 90 days or 3 years"})
  .transform((text) => Number.parseInt(text, 10) * (years.test(text) ? 365 : 1));

const foreverSchema = z.literal("forever").transform(() => null);

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
  calendar: calendarSchema.describe("What periods are called, and when they begin."),
  paths: z
    .strictObject({inbox: folder, warehouse: folder, out: folder})
    .refine(({inbox, warehouse, out}) => new Set([inbox, warehouse, out].map(plainFolder)).size === 3, {
      error: "must be three different folders"
    })
    .describe("Where extracts come in, what is known is kept, and reports come out."),
  segments: textSchema.describe(
    "The roster: type, code, name, aliases, parent_type, parent_code, valid_from, valid_to."
  ),
  status: z
    .strictObject({
      on_track_from: z.number().min(0).max(1).default(0.8).describe("Probability of attaining, 0 to 1."),
      off_track_to: z.number().min(0).max(1).default(0.2).describe("Probability of attaining, 0 to 1.")
    })
    .refine(({on_track_from, off_track_to}) => off_track_to < on_track_from, {
      error: "must have off_track_to below on_track_from"
    })
    .prefault({})
    .describe("From which probability of attaining on a row is called on track or off track."),
  suppress: z
    .strictObject({below: z.int().min(2).default(5).describe("Public editions withhold counts of 1 to below - 1.")})
    .prefault({})
    .describe("Small counts that public editions withhold."),
  loads: z
    .strictObject({
      approve_above: percentSchema
        .optional()
        .describe(
          "A load that changes more than this share of a closed month's rows needs --approve; left out: none does."
        )
    })
    .prefault({})
    .describe("What a load may change by itself."),
  retention: z
    .strictObject({
      rejects: z
        .union([foreverSchema, keptForSchema], {error: "must be a time, such as 90 days, or forever"})
        .default(90)
        .describe("How long rejected records are kept: 90 days, or forever."),
      loads: z
        .union([foreverSchema, keptForSchema], {error: "must be a time, such as 3 years, or forever"})
        .default(null)
        .describe("How long the rows of loads that decide nothing any more are kept: 3 years; forever by default.")
    })
    .prefault({})
    .describe("What `prune` keeps, and how long."),
  schedule: z.array(scheduleEntrySchema).default([]).describe("What `run` and `schedule` make, and when.")
});

export type ScheduleEntry = z.output<typeof scheduleEntrySchema>;
export type Settings = z.output<typeof settingsSchema>;

function plainFolder(path: string): string {
  return path.replaceAll("\\", "/").replace(/^(\.\/)+|\/+$/g, "");
}
