import {z} from "zod";
import {checkSchema} from "./check.ts";
import {measureSchema} from "./measure.ts";
import {daysSchema, isoDateSchema, nameSchema, notYet, percentSchema, textSchema} from "./scalars.ts";

const columnTypes = ["text", "integer", "decimal", "date", "boolean", "list"] as const;

const headers = z.union([textSchema.transform((one) => [one]), z.array(textSchema).min(1)]);

/** A dot would leave open whether 1.234 is more than a thousand. */
const thousandsSchema = z
  .string()
  .regex(/^[, '\u2019_\u00a0\u202f]$/, 'must be a comma, a blank, an apostrophe or "_"; a dot is the decimal point');

/** Above the header; more than so many are data that were taken for a banner. */
const bannerSchema = z.int().min(0).max(1000).optional();

/** One column of a source: where it stands in the extract and what it becomes. */
const columnSchema = z
  .strictObject({
    from: headers.describe("Headers by which extracts name it, in order of preference; exact after trimming."),
    position: z.int().min(1).optional().describe("Column number from 1, for a blank or repeated header."),
    type: z.enum(columnTypes).optional().describe("text, integer, decimal, date, boolean or list."),
    segment: nameSchema.optional().describe("A type of the roster: the cell holds a code, a name or an alias of it."),
    formats: z
      .array(textSchema)
      .min(1)
      .optional()
      .describe(
        "Unicode date formats, tried in order: MM/dd/yyyy hh:mm:ss a. excel_serial: the number by which Excel keeps a day."
      ),
    thousands: thousandsSchema
      .optional()
      .describe("Between groups of three digits of this column; in Excel and Parquet, of its text cells."),
    separator: z.string().min(1).optional().describe("Between the entries of a list; default a blank."),
    required: z.boolean().default(false).describe("A record whose value is missing or can't be read is rejected."),
    personal: z.literal("drop").optional().describe("drop: it never reaches the warehouse, and is never printed."),
    synthetic: z
      .literal(true)
      .optional()
      .describe("Only synthetic extracts have it so far; printed beside what it feeds.")
  })
  .superRefine((column, context) => {
    const kinds = [column.type, column.segment, column.personal].filter((kind) => kind !== undefined);
    if (kinds.length !== 1) {
      context.addIssue({code: "custom", message: "must have exactly one of type, segment and personal"});
    }
    if (column.type === "date" && column.formats === undefined) {
      context.addIssue({
        code: "custom",
        message: "must have formats, such as [yyyy-MM-dd]: a date is never guessed at"
      });
    }
    if (column.formats !== undefined && column.type !== "date") {
      context.addIssue({
        code: "custom",
        path: ["formats"],
        message: "must be left out: formats are for columns of type date"
      });
    }
    if (column.thousands !== undefined && column.type !== "integer" && column.type !== "decimal") {
      context.addIssue({
        code: "custom",
        path: ["thousands"],
        message: "must be left out: thousands are for columns of type integer and decimal"
      });
    }
    if (column.separator !== undefined && column.type !== "list") {
      context.addIssue({
        code: "custom",
        path: ["separator"],
        message: "must be left out: a separator is for columns of type list"
      });
    }
  });

const sinceSchema = isoDateSchema
  .optional()
  .describe("Each file speaks for all days from this one on: a register that holds everything since.");

/** `sources/*.yaml`: the contract of one kind of extract. */
export const sourceSchema = z
  .strictObject({
    source: nameSchema.describe("Its name, unique in the project."),
    title: textSchema.describe("What one row is: Crime incidents, one row a report."),
    files: z
      .array(textSchema.refine((name) => !/[\\/]/.test(name), {error: "must be a name in the inbox, without folders"}))
      .min(1)
      .describe("Names in the inbox, with * for any run of characters."),
    csv: z
      .strictObject({
        delimiter: z
          .string()
          .regex(
            /^[^"\p{L}\p{N}\p{Cc}\p{Cs} ]$|^\t$/u,
            'must be one character that can part cells, such as "," or ";" or "\\t"'
          )
          .default(",")
          .describe("Between cells: a comma (the default), ; or \\t."),
        encoding: z
          .enum(["utf-8", "utf-16", "windows-1252"])
          .default("utf-8")
          .describe("As the file is delivered; never guessed. utf-16 without a byte order mark is little-endian."),
        trailing_delimiter: z
          .boolean()
          .optional()
          .describe("Each record ends with a delimiter that no field follows; the header may."),
        banner: bannerSchema.describe("Lines above the header, blank ones counted."),
        thousands: thousandsSchema
          .optional()
          .describe("Between groups of three digits, in every integer and decimal column.")
      })
      .prefault({})
      .describe("What a CSV file is like, where it is not plain."),
    excel: z
      .strictObject({
        sheet: z.string().trim().min(1).max(31).optional().describe("Name of the sheet; default the first."),
        banner: bannerSchema.describe("Rows above the header, blank ones counted.")
      })
      .optional()
      .describe("How .xlsx files are read."),
    delivery: z
      .enum(["snapshot", "period", "upsert", "append"], {error: "must be snapshot, period, upsert or append"})
      .describe(
        "What a file does to those before it. snapshot: it replaces all of them; period: the days that it covers; upsert: rows of the same key; append: nothing."
      ),
    withdrawn: z
      .record(nameSchema, z.array(z.union([z.string(), z.number(), z.boolean()])).min(1))
      .optional()
      .describe("Of an upsert: a row whose column has one of these values takes its key away."),
    partition: z
      .array(nameSchema)
      .length(1, "must name exactly one segment column; several are not supported yet")
      .optional()
      .describe(
        "[area]: a file replaces and covers only the segments of this column that it contains, so one file an Area is welcome."
      ),
    covers: z
      .discriminatedUnion("from", [
        z.strictObject({
          from: z
            .literal("rows")
            .describe("rows: from the earliest to the latest date in the file; for sources without quiet days."),
          since: sinceSchema
        }),
        z.strictObject({
          from: z.literal("file_name").describe("file_name: the days that the file's name says."),
          pattern: textSchema.describe(
            "The name with {yyyy}, {MM} and {dd}, and * for any characters: crime-{yyyy}-{MM}*."
          ),
          since: sinceSchema
        }),
        z.strictObject({
          from: z.literal("columns").describe("columns: the days that two columns say."),
          first: nameSchema.describe("Required column of type date: the first day."),
          last: nameSchema.describe("Required column of type date: the last day.")
        })
      ])
      .describe("The days that a file speaks for: inside them no row means none, outside them not known."),
    extracted: z
      .strictObject({
        from: z.literal("file_name").describe("The day that the file's name says."),
        pattern: textSchema.describe(
          "The name with {yyyy}, {MM} and {dd}, and * for any characters: *-{yyyy}{MM}{dd}*."
        )
      })
      .optional()
      .describe(
        "When the file was made; an older one never overwrites a newer one. Without it, the order of loading counts."
      ),
    key: z
      .array(nameSchema)
      .min(1)
      .optional()
      .describe("Columns that name a row; one that comes twice in a file is rejected."),
    date: nameSchema.describe("Required column of type date: the day a row counts for."),
    shift: nameSchema.optional().describe("Text column with the shift of the day, as named in the calendar's shifts."),
    reported: nameSchema.optional().describe("Column of type date: the day it became known."),
    mature: z
      .strictObject({
        after: daysSchema.describe("60 days: so long after its last day."),
        late: percentSchema.describe("Share of reports still to come.")
      })
      .optional()
      .describe("{after: 60 days, late: 5%}: until then a finished period is provisional."),
    freshness: z
      .strictObject({
        warn_after: daysSchema.describe("35 days behind the day asked for: a warning."),
        error_after: daysSchema.describe("65 days behind: targets have no status.")
      })
      .refine(({warn_after, error_after}) => warn_after <= error_after, {
        error: "must have warn_after before error_after"
      })
      .optional()
      .describe("{warn_after: 35 days, error_after: 65 days}: how old the newest day may be."),
    rejects: z
      .strictObject({
        at_most: percentSchema.describe("Share of a file's records: 0.1%. With more, nothing of it is kept.")
      })
      .prefault({at_most: "0%"})
      .describe("How many records may be left out of a file; none by default."),
    register: z
      .strictObject({
        target: nameSchema.describe("Required text column: the id of the target that a row is of."),
        milestone: nameSchema.optional().describe("Text column that the template fills with the target's milestone."),
        title: nameSchema.optional().describe("Text column for the target's title."),
        owner: nameSchema.optional().describe("Text column for the office that leads it."),
        due: nameSchema.optional().describe("Column of type date for the day on which it is due.")
      })
      .optional()
      .describe("Of a file that is kept by hand, one row a thing done for a target; new register writes its template."),
    columns: z
      .record(nameSchema, columnSchema)
      .superRefine((columns, context) => {
        // Beside its columns a stored row has the load that it came with, its number in the file, and the file's among those read.
        for (const name of ["record", "load", "file_index"].filter((reserved) => Object.hasOwn(columns, reserved))) {
          context.addIssue({
            code: "custom",
            path: [name],
            message: "must have another name: milepost stores a column of its own under this one"
          });
        }
      })
      .describe("What the extract's columns become, by name; one that is neither here nor ignored is reported."),
    ignore: z.array(textSchema).default([]).describe("Headers known and not wanted."),
    checks: z
      .array(checkSchema)
      .default([])
      .describe("What values, records and the file as a whole must hold beyond their types."),
    series: z
      .array(
        z.strictObject({
          name: nameSchema.describe("Of the method: ucr, nibrs."),
          from: isoDateSchema.optional().describe("First day; the first series has none."),
          until: isoDateSchema.optional().describe("Last day; the last series has none."),
          switch_by: notYet("switch_by")
        })
      )
      .min(1)
      .optional()
      .describe("Runs of data counted by one method, in order of time."),
    measures: z
      .record(nameSchema, measureSchema)
      .default({})
      .describe("What can be counted from its rows, by name; targets name them.")
  })
  .superRefine(({register, measures}, context) => {
    for (const [name, {of_target}] of Object.entries(measures)) {
      if (of_target === undefined || register !== undefined) continue;
      const message = "must be left out: only a source with register says which column names the target";
      context.addIssue({code: "custom", path: ["measures", name, "of_target"], message});
    }
  });

export type Column = z.output<typeof columnSchema>;
export type Source = z.output<typeof sourceSchema>;

/** Type of the segments that a source's rows tell: the partition's, else the first column's that holds one; null without. */
export function leafType({partition, columns}: Pick<Source, "partition" | "columns">): string | null {
  const column = partition?.[0];
  if (column !== undefined) return columns[column]?.segment ?? null;
  return Object.values(columns).find(({segment}) => segment !== undefined)?.segment ?? null;
}
