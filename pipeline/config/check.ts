import {z} from "zod";
import {isoDateSchema, nameSchema, percentSchema, textSchema} from "./scalars.ts";

/** What a check asks; exactly one of them. */
const rules = ["in", "between", "matches", "not_after", "not_before", "required", "present", "rows"] as const;

const ruleWords = `${rules.slice(0, -1).join(", ")} and ${rules.at(-1)}`;

/** A longer pattern is no check any more that somebody can read, and costs the engine time. */
const longestPattern = 500;

/** Beyond it a number as written is not the number that is compared. */
const number = z.number().refine((one) => Math.abs(one) <= Number.MAX_SAFE_INTEGER, {
  error: `must be at most ${Number.MAX_SAFE_INTEGER}`
});
const value = z.union([z.string(), number, z.boolean()], {error: "must be a value: text, a number, true or false"});
const bound = z.union([number, isoDateSchema, z.null()], {
  error: "must be a number, a day written yyyy-MM-dd, or null for no bound"
});

/** How far the rows may be from those of another load, as a share of these: `30% of previous_load`. */
const withinSchema = z
  .string({error: "must be a share of the load before, such as 30% of previous_load"})
  .regex(/^\d+(\.\d+)?% of previous_load$/, "must be a share of the load before, such as 30% of previous_load")
  .transform((text) => Number.parseFloat(text) / 100);

/** One check of a source: what is asked, and what comes of a record or a file that does not hold it. */
export const checkSchema = z
  .strictObject({
    column: nameSchema.optional().describe("The column whose values are asked; with rows left out."),
    in: z
      .union([nameSchema, z.array(value).min(1)], {
        error: "must be the name of a list in seeds/code-lists.csv, or a list of values"
      })
      .optional()
      .describe("The values it may have: a list of them, or the name of a list in seeds/code-lists.csv."),
    between: z
      .tuple([bound, bound], {error: "must be two bounds, such as [100, 999] or [null, 2024-12-31]"})
      .optional()
      .describe("Least and greatest value, both included; null for no bound."),
    matches: textSchema
      .refine((text) => text.length <= longestPattern, {error: `must have at most ${longestPattern} characters`})
      .optional()
      .describe("A regular expression (RE2) that the whole value must fit."),
    not_after: nameSchema.optional().describe("Another column of type date, or today."),
    not_before: nameSchema.optional().describe("Another column of type date, or today."),
    required: z.literal(true).optional().describe("Each record must have a value that can be read."),
    present: percentSchema.optional().describe("Share of the records that must have a value."),
    rows: z
      .strictObject({
        per: z
          .enum(["month", "day", "file"])
          .describe("month, day: those that both loads cover. file: rows a covered day."),
        within: withinSchema.describe("30% of previous_load.")
      })
      .optional()
      .describe("As many rows as in the load before of the source, or nearly."),
    severity: z
      .enum(["warn", "reject", "refuse"])
      .default("warn")
      .describe("warn: counted, with the first places. reject: the record is not kept. refuse: nothing of the file is.")
  })
  .superRefine((check, context) => {
    const fault = (message: string, path: string[] = []) => context.addIssue({code: "custom", path, message});
    const given = rules.filter((rule) => check[rule] !== undefined);
    if (given.length !== 1) {
      fault(`must have exactly one of ${ruleWords}`);
      return;
    }
    if (check.rows === undefined && check.column === undefined)
      fault(`must name the column that ${given[0]} is asked of`);
    if (check.rows !== undefined && check.column !== undefined)
      fault("must be left out: rows are of the file", ["column"]);
    if (check.severity === "reject" && (check.rows !== undefined || check.present !== undefined)) {
      fault(`must be warn or refuse: ${given[0]} is asked of the file, and there is no record to reject`, ["severity"]);
    }
    if (check.between !== undefined) {
      const [low, high] = check.between;
      if (low === null && high === null) fault("must have a bound", ["between"]);
      else if (low !== null && high !== null && (typeof low !== typeof high || low > high)) {
        fault("must be two numbers or two days, the least first", ["between"]);
      }
    }
  });

export type Check = z.output<typeof checkSchema>;

/** What a record may be compared with instead of another column. */
export const today = "today";

/** A check in words, as receipts and complaints name it: "occurred_on must not be after reported_on". */
export function checkWords(check: Check): string {
  const {column, present, rows} = check;
  if (rows !== undefined) {
    const of = rows.per === "file" ? "covered day" : rows.per;
    return `rows a ${of} must be within ${percent(rows.within)} of the load before`;
  }
  if (present !== undefined) return `${column} must be filled in ${percent(present)} of the records`;
  if (check.required === true) return `${column} must be filled`;
  const expected = expectedWords(check);
  return expected.startsWith("not ") ? `${column} must not be ${expected.slice(4)}` : `${column} must be ${expected}`;
}

/** What should stand in the cell, for people: "from 100 to 999". */
export function expectedWords({in: values, between, matches, not_after, not_before}: Check): string {
  if (typeof values === "string") return `in the list ${values}`;
  if (values !== undefined) {
    const shown = values.slice(0, mostValues).map(String).join(", ");
    const more = values.length - mostValues;
    return values.length === 1 ? shown : `one of ${shown}${more > 0 ? ` and ${more} more` : ""}`;
  }
  if (between !== undefined) {
    const [low, high] = between;
    if (low === null) return `at most ${high}`;
    return high === null ? `at least ${low}` : `from ${low} to ${high}`;
  }
  if (matches !== undefined) return `of the form ${matches}`;
  if (not_after !== undefined) return `not after ${not_after}`;
  if (not_before !== undefined) return `not before ${not_before}`;
  return "a value";
}

/** More are counted. */
const mostValues = 8;

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`;
}
