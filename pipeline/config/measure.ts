import {z} from "zod";
import type {Span} from "../calendar/span.ts";
import {decimalSchema, isoDateSchema, nameSchema, notYet, spanSchema, textSchema} from "./scalars.ts";
import {type Where, whereSchema} from "./where.ts";

/** How the value of a measure comes about; exactly one of them. */
const aggregates = [
  "count",
  "sum",
  "mean",
  "median",
  "percentile",
  "min",
  "max",
  "share",
  "ratio",
  "duration",
  "latest",
  "done"
] as const;

const aggregateWords = `${aggregates.slice(0, -1).join(", ")} and ${aggregates.at(-1)}`;

const named = "([A-Za-z0-9][A-Za-z0-9._-]*)";
const distinctForm = new RegExp(`^distinct\\(${named}\\)$`);
const sumForm = new RegExp(`^sum\\(${named}\\)$`);

const percentileAt = z.number().refine((at) => at > 0 && at < 100, {error: "must be between 0 and 100, such as 90"});

const shareSchema = z
  .strictObject({
    where: whereSchema.optional().describe("Which of the measure's rows make the numerator."),
    weight: nameSchema.optional().describe("Integer or decimal column that is added up instead of rows: hours."),
    within: spanSchema.optional().describe("Of cases that end: within 90 days of their beginning."),
    from: nameSchema.optional().describe("The day on which a case begins: the source's date."),
    to: nameSchema.optional().describe("The day on which it ends; empty while it is open.")
  })
  .superRefine((share, context) => {
    const fault = (message: string) => context.addIssue({code: "custom", message});
    const {where, weight, within, from, to} = share;
    if ((where === undefined) === (within === undefined)) fault("must have exactly one of where and within");
    else if (within !== undefined && (from === undefined || to === undefined))
      fault("must have from and to beside within");
    else if (within === undefined && (from !== undefined || to !== undefined))
      fault("must have within beside from and to");
    else if (within !== undefined && weight !== undefined) fault("must not have a weight: cases are counted");
    else if (where !== undefined && Object.keys(where).length === 0) fault("must have a condition in where");
  });

const durationSchema = z
  .strictObject({
    from: nameSchema.describe("The day on which a case begins: the source's date."),
    to: nameSchema.describe("The day on which it ends; empty while it is open."),
    take: z.enum(["mean", "median"]).optional().describe("mean, or median (the default)."),
    percentile: percentileAt.optional().describe("Instead of take: 90 for the time within which 90% of the cases end.")
  })
  .refine(({take, percentile}) => take === undefined || percentile === undefined, {
    error: "must have one of take and percentile"
  });

const latestSchema = z.union(
  [
    z.literal("rows"),
    z.string().regex(distinctForm),
    z.string().regex(sumForm),
    z.strictObject({until: nameSchema.describe("The day from which a row stands no more; empty while it stands.")})
  ],
  {error: "must be rows, distinct(column), sum(column) or {until: column}"}
);

/** One entry of a source's `measures`. */
export const measureSchema = z
  .strictObject({
    title: textSchema.describe("Printed beside the number."),
    count: z
      .union([z.literal("rows"), z.string().regex(distinctForm)], {error: "must be rows or distinct(column)"})
      .optional()
      .describe("rows, or distinct(column): different values of a column."),
    sum: nameSchema.optional().describe("An integer or decimal column whose values are added; a null adds nothing."),
    mean: nameSchema.optional().describe("Arithmetic mean of an integer or decimal column; nulls are left out."),
    median: nameSchema.optional().describe("Median of an integer or decimal column; nulls are left out."),
    percentile: z
      .strictObject({
        of: nameSchema.describe("Integer or decimal column."),
        at: percentileAt.describe("In percent: 90.")
      })
      .optional()
      .describe("Percentile of a column, interpolated (Hyndman and Fan's type 7); nulls are left out."),
    min: nameSchema.optional().describe("Least value of an integer or decimal column."),
    max: nameSchema.optional().describe("Greatest value of an integer or decimal column."),
    share: shareSchema
      .optional()
      .describe("Rows, or weights, of those that a condition holds for over all; or cases that end within a time."),
    ratio: z
      .strictObject({of: nameSchema.describe("A measure."), to: nameSchema.describe("The measure it is divided by.")})
      .optional()
      .describe("One measure over another, over the same days and segment; of whatever sources."),
    duration: durationSchema.optional().describe("Days between two dates; open cases are censored."),
    latest: latestSchema
      .optional()
      .describe(
        "A stock: what stands on a day. rows, distinct(column) or sum(column) of the last day observed; or {until: column}, rows that have begun and not ended."
      ),
    done: nameSchema
      .optional()
      .describe("A deliverable: the column of type date that holds the day of completion; done when every row has it."),
    rolling: spanSchema
      .optional()
      .describe("The value over so long a time up to the day: 3 years, 12 months, 28 days."),
    cumulative: z
      .strictObject({
        since: isoDateSchema.describe("First day counted."),
        opening: decimalSchema.default("0").describe("What stood before that day."),
        cite: textSchema.optional().describe("Where the opening comes from.")
      })
      .optional()
      .describe("All since a day, with an opening balance; of a count of rows or a sum."),
    where: whereSchema.default({}).describe("Which rows, by column: crime_code: {in: part1}. All must hold."),
    date: nameSchema
      .optional()
      .describe(
        "Of a count of rows, or of latest: {until: ...}: another day than the source's date for which a row counts, or on which it begins."
      ),
    of_target: z
      .literal(true)
      .optional()
      .describe(
        "In a register: each target that names this measure counts the rows that name the target, and no others."
      ),
    nature: z
      .enum(["outcome", "output"])
      .optional()
      .describe(
        "Outcomes happen (crimes); outputs are done by plan (meetings). Needed where rows are counted or added."
      ),
    better: z
      .enum(["lower", "higher", "none"])
      .describe("What is better: lower, higher, or none; a goal must not contradict it."),
    unit: textSchema.describe("Plural noun: incidents, people. Of a share: share."),
    suppress: notYet("suppress")
  })
  .superRefine((measure, context) => {
    const fault = (message: string, path: string[] = []) => context.addIssue({code: "custom", path, message});
    const given = aggregates.filter((name) => measure[name] !== undefined);
    if (given.length !== 1) {
      fault(`must have exactly one of ${aggregateWords}`);
      return;
    }
    const {kind} = aggregateOf(measure);
    const adds = kind === "rows" || kind === "sum";
    if ((adds || kind === "distinct") && measure.nature === undefined) fault("must have a nature: outcome or output");
    if (measure.rolling !== undefined && measure.cumulative !== undefined)
      fault("must have one of rolling and cumulative");
    if (measure.cumulative !== undefined && !adds)
      fault("must be left out: only counts of rows and sums are cumulative", ["cumulative"]);
    if (measure.rolling !== undefined && ["latest", "standing", "done"].includes(kind)) {
      fault(`must be left out: ${given[0]} is the value of a day`, ["rolling"]);
    }
    if (measure.date !== undefined && kind !== "rows" && kind !== "standing")
      fault("must be left out: only a count of rows and latest: {until: column} have a date of their own", ["date"]);
    if (kind === "ratio" && Object.keys(measure.where).length > 0)
      fault("must be left out: a ratio has the conditions of its two measures", ["where"]);
    if ((kind === "share" || kind === "share_within") && measure.unit !== "share") fault("must be share", ["unit"]);
  });

export type Measure = z.output<typeof measureSchema>;

/** How a measure's value comes about, with the columns that it reads. */
export type Aggregate =
  | {readonly kind: "rows"; readonly date: string | null}
  | {readonly kind: "distinct" | "sum" | "mean" | "min" | "max"; readonly column: string}
  /** `at` in percent: 50 is the median. */
  | {readonly kind: "percentile"; readonly column: string; readonly at: number}
  /** Rows, or the weight of the rows, for which `where` holds too, over all of the measure. */
  | {readonly kind: "share"; readonly where: Where; readonly weight: string | null}
  /** Cases that ended within a time of their beginning, over those whose time is over. */
  | {readonly kind: "share_within"; readonly within: Span; readonly to: string}
  | {readonly kind: "ratio"; readonly of: string; readonly to: string}
  /** `at` null: the mean of the cases that ended; else a percentile by Kaplan and Meier, open cases censored. */
  | {readonly kind: "duration"; readonly to: string; readonly at: number | null}
  /** Of the last day observed. */
  | {readonly kind: "latest"; readonly of: "rows" | "distinct" | "sum"; readonly column: string | null}
  /** Rows that have begun and not ended. `date` null: a row begins on the source's date. */
  | {readonly kind: "standing"; readonly until: string; readonly date: string | null}
  | {readonly kind: "done"; readonly on: string};

/**
 * - `flow`: starts from nothing on a period's first day and counts on
 * - `average`: of the cases of a window, whatever its length
 * - `stock`: the value of a day
 * - `done`: a deliverable
 */
export type Shape = "flow" | "average" | "stock" | "done";

/** aggregateOf({count: "distinct(grant_id)", ...}) //=> {kind: "distinct", column: "grant_id"} */
export function aggregateOf(measure: Omit<Measure, "where" | "title">): Aggregate {
  const {count, sum, mean, median, percentile, min, max, share, ratio, duration, latest, done} = measure;
  if (count !== undefined) {
    const column = distinctForm.exec(count)?.[1];
    return column === undefined ? {kind: "rows", date: measure.date ?? null} : {kind: "distinct", column};
  }
  if (sum !== undefined) return {kind: "sum", column: sum};
  if (mean !== undefined) return {kind: "mean", column: mean};
  if (median !== undefined) return {kind: "percentile", column: median, at: 50};
  if (percentile !== undefined) return {kind: "percentile", column: percentile.of, at: percentile.at};
  if (min !== undefined) return {kind: "min", column: min};
  if (max !== undefined) return {kind: "max", column: max};
  if (share?.within !== undefined) return {kind: "share_within", within: share.within, to: share.to ?? ""};
  if (share !== undefined) return {kind: "share", where: share.where ?? {}, weight: share.weight ?? null};
  if (ratio !== undefined) return {kind: "ratio", ...ratio};
  if (duration !== undefined) {
    return {kind: "duration", to: duration.to, at: duration.take === "mean" ? null : (duration.percentile ?? 50)};
  }
  if (typeof latest === "object") return {kind: "standing", until: latest.until, date: measure.date ?? null};
  if (latest !== undefined) {
    const distinct = distinctForm.exec(latest)?.[1];
    const added = sumForm.exec(latest)?.[1];
    const of = distinct !== undefined ? "distinct" : added !== undefined ? "sum" : "rows";
    return {kind: "latest", of, column: distinct ?? added ?? null};
  }
  return {kind: "done", on: done ?? ""};
}

export function shapeOf(measure: Omit<Measure, "where" | "title">): Shape {
  const {kind} = aggregateOf(measure);
  if (kind === "done") return "done";
  if (kind === "latest" || kind === "standing" || measure.rolling !== undefined || measure.cumulative !== undefined)
    return "stock";
  return kind === "rows" || kind === "sum" || kind === "distinct" ? "flow" : "average";
}

/** Names of the columns that an aggregate reads; none for a ratio, which reads its two measures'. */
export function columnsOf(aggregate: Aggregate): string[] {
  switch (aggregate.kind) {
    case "rows":
      return aggregate.date === null ? [] : [aggregate.date];
    case "share":
      return [...Object.keys(aggregate.where), ...(aggregate.weight === null ? [] : [aggregate.weight])];
    case "share_within":
    case "duration":
      return [aggregate.to];
    case "ratio":
      return [];
    case "latest":
      return aggregate.column === null ? [] : [aggregate.column];
    case "standing":
      return [aggregate.until, ...(aggregate.date === null ? [] : [aggregate.date])];
    case "done":
      return [aggregate.on];
    default:
      return [aggregate.column];
  }
}
