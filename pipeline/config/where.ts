import {z} from "zod";
import {isoDateSchema, nameSchema} from "./scalars.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: "must be a value: text, a number, true or false"
});
const bound = z.union([z.number(), isoDateSchema], {error: "must be a number or a day written yyyy-MM-dd"});

/** A test of a column's value; exactly one of them. */
type Test =
  | {readonly in: string}
  | {readonly from?: number | string | undefined; readonly to?: number | string | undefined}
  | {readonly present: true}
  | {readonly absent: true}
  | {readonly like: string}
  | {readonly contains: string | number | boolean};

const tests = {
  in: nameSchema.optional().describe("A named list of seeds/code-lists.csv."),
  from: bound.optional().describe("At least this number or day."),
  to: bound.optional().describe("At most this number or day."),
  present: z.literal(true).optional().describe("Has a value."),
  absent: z.literal(true).optional().describe("Has none."),
  like: z.string().optional().describe("SQL pattern: % any run of characters, _ any one."),
  contains: scalar.optional().describe("For columns of type list: holds this entry.")
};

const testWords = "in, from with to, present, absent, like, contains";

const simpleCondition = z.union(
  [
    scalar.describe("Equal to this value."),
    z.array(scalar).min(1).describe("Equal to one of these values."),
    z
      .strictObject(tests)
      .refine(hasOneTest, {error: `must have exactly one of ${testWords}`})
      .transform((test) => test as Test)
  ],
  {error: `must be a value, a list of values, or a mapping with one of ${testWords}`}
);

/**
 * One column's condition. Never SQL text: the same condition must run on any engine.
 * A null value meets only `absent: true` and `not` of something.
 */
export const conditionSchema = z.union(
  [
    scalar,
    z.array(scalar).min(1),
    z
      .strictObject({...tests, not: simpleCondition.optional().describe("The opposite of a condition.")})
      .refine(hasOneTest, {error: `must have exactly one of ${testWords}, not`})
      .transform((test) => test as Test | {readonly not: SimpleCondition})
  ],
  {error: `must be a value, a list of values, or a mapping with one of ${testWords}, not`}
);

/** Conditions by column, all of which must hold. */
export const whereSchema = z.record(nameSchema, conditionSchema);

export type SimpleCondition = z.output<typeof simpleCondition>;
export type Condition = z.output<typeof conditionSchema>;
export type Where = z.output<typeof whereSchema>;

/** `from` and `to` are the two ends of one test. */
function hasOneTest(test: object): boolean {
  const given = new Set(Object.keys(test).map((key) => (key === "to" ? "from" : key)));
  return given.size === 1;
}
