import {z} from "zod";
import {isIsoDate} from "../calendar/iso-date.ts";

// Each schema is used once a command: to compile it first takes longer than to check by it.
z.config({jitless: true});

/** Ids of things in users' files: they become file names, anchors and columns, so they are kept plain. */
export const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "must be letters, digits, dots, hyphens and underscores, no blanks");

/** Free text of one line or more, not blank. */
export const textSchema = z
  .string()
  .trim()
  .min(1, "must not be blank")
  // Neither terminals nor SVG and PDF can show them; YAML writes them as escapes, such as "\e".
  .refine((text) => !/[^\P{Cc}\n\t]/u.test(text), {error: "must not hold control characters"});

/** A day as yyyy-MM-dd; YAML 1.2 reads an unquoted one as text. */
export const isoDateSchema = z
  .string({error: "must be a day written yyyy-MM-dd, such as 2024-06-30"})
  .refine(isIsoDate, {error: "must be a day written yyyy-MM-dd, such as 2024-06-30"});

/** A number as written, kept as decimal text so that 0.1 stays 0.1: `100`, `-10`, `2.5`. */
export const decimalSchema = z
  .union([z.number(), z.string()], {error: "must be a number, such as 100 or 2.5"})
  .transform(String)
  .refine((text) => /^-?\d+(\.\d+)?$/.test(text), {error: "must be a number, such as 100 or 2.5"});

/** A number as written, or a percentage: `412`, `41.2%`. */
export const levelTextSchema = z
  .union([z.number(), z.string()], {error: "must be a number or a percentage such as 41.2%"})
  .transform(String)
  .refine((text) => /^-?\d+(\.\d+)?%?$/.test(text), {error: "must be a number or a percentage such as 41.2%"});

/** A duration in whole days: `60 days`, `1 day`. */
export const daysSchema = z
  .string({error: "must be a number of days, such as 60 days"})
  .regex(/^\d+ days?$/, "must be a number of days, such as 60 days")
  .transform((text) => Number.parseInt(text, 10));

/** A share: `5%` or `0.1%`, as a fraction 0 to 1. */
export const percentSchema = z
  .string({error: "must be a percentage, such as 5% or 0.1%"})
  .regex(/^\d+(\.\d+)?%$/, "must be a percentage, such as 5% or 0.1%")
  .refine((text) => Number.parseFloat(text) <= 100, {error: "must be at most 100%"})
  .transform((text) => Number(text.slice(0, -1)) / 100);

/** A key that design allows and this version does not carry out: refused by name, never ignored. */
export function notYet(what: string) {
  return z.never({error: `${what} is not supported yet`}).optional();
}

const spanForm = /^([1-9]\d{0,4}) (day|week|month|year)s?$/;

/** A run of time: `90 days`, `2 weeks`, `24 months`, `1 year`. */
export const spanSchema = z
  .string({error: "must be a time, such as 90 days, 24 months or 1 year"})
  .regex(spanForm, "must be a time, such as 90 days, 24 months or 1 year")
  .transform((text) => {
    const [, count = "1", unit = "day"] = spanForm.exec(text) ?? [];
    return {count: Number(count), unit: unit as "day" | "week" | "month" | "year"};
  });
