import {z} from "zod";
import {isoDateSchema, nameSchema} from "./scalars.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const bound = z.union([z.number(), isoDateSchema]);

/**
 * One column's condition. Never SQL text: the same condition must run on any engine.
 * A null value meets only `absent: true` and `not` of something.
 */
const simpleCondition = z.union([
  scalar.describe("Equal to this value."),
  z.array(scalar).min(1).describe("Equal to one of these values."),
  z.strictObject({in: nameSchema.describe("A named list of seeds/code-lists.csv.")}),
  z
    .strictObject({from: bound.optional(), to: bound.optional()})
    .refine((r) => r.from !== undefined || r.to !== undefined, {
      error: "must have from, to or both"
    }),
  z.strictObject({present: z.literal(true)}),
  z.strictObject({absent: z.literal(true)}),
  z.strictObject({like: z.string().describe("SQL pattern: % any run of characters, _ any one.")}),
  z.strictObject({contains: scalar.describe("For columns of type list: holds this entry.")})
]);

export const conditionSchema = z.union([simpleCondition, z.strictObject({not: simpleCondition})]);

/** Conditions by column, all of which must hold. */
export const whereSchema = z.record(nameSchema, conditionSchema);

export type SimpleCondition = z.output<typeof simpleCondition>;
export type Condition = z.output<typeof conditionSchema>;
export type Where = z.output<typeof whereSchema>;
