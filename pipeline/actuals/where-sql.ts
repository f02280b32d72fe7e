import {isIsoDate} from "../calendar/iso-date.ts";
import {segmentWord} from "../config/roster.ts";
import type {Column} from "../config/source.ts";
import type {Condition, SimpleCondition} from "../config/where.ts";
import {quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";

/**
 * A user's condition, or one of our own: a text that says the same word, as names of segments do; or a day that does not
 * lie before that of another column, where both are known.
 */
export type AskedCondition = Condition | {readonly word: string} | {readonly notBefore: string};

/**
 * One column's condition as SQL, true or false and never null: a null value meets `absent` and what is `not` met,
 * and nothing else.
 *
 * @param name Of the column.
 * @param codeLists Codes by the list's name; an unknown list is a fault that config has refused before.
 */
export function conditionSql(
  name: string,
  column: Column,
  condition: AskedCondition,
  codeLists: ReadonlyMap<string, readonly string[]>
): string {
  if (typeof condition === "object" && "not" in condition) {
    return `not ${conditionSql(name, column, condition.not, codeLists)}`;
  }
  const value = quoteIdentifier(name);
  if (typeof condition === "object" && "present" in condition) return `(${value} is not null)`;
  if (typeof condition === "object" && "absent" in condition) return `(${value} is null)`;
  if (typeof condition === "object" && "notBefore" in condition) {
    return `coalesce(${value} >= ${quoteIdentifier(condition.notBefore)}, true)`;
  }
  return `coalesce(${comparison(value, column, condition, codeLists)}, false)`;
}

/**
 * Whether the condition is better asked of a column's distinct values than of every row: these are few, and it takes
 * more than a look at one byte.
 */
export function isOfFewValues({type}: Column, condition: AskedCondition): boolean {
  const simple = typeof condition === "object" && "not" in condition ? condition.not : condition;
  if (type === "list" || type === "decimal" || type === "date" || type === "boolean") return false;
  return !(typeof simple === "object" && ("present" in simple || "absent" in simple));
}

function comparison(
  value: string,
  column: Column,
  condition: SimpleCondition | {readonly word: string},
  codeLists: ReadonlyMap<string, readonly string[]>
): string {
  if (typeof condition !== "object") return `${value} = ${literal(column, condition)}`;
  if (Array.isArray(condition)) return isOneOf(value, column, condition);
  if ("in" in condition) {
    const codes = codeLists.get(condition.in);
    if (codes === undefined) throw new Error(`no code list "${condition.in}"`);
    return isOneOf(value, column, codes);
  }
  if ("word" in condition) return isWord(value, condition.word);
  if ("like" in condition) return `${value} like ${quoteLiteral(condition.like)}`;
  if ("contains" in condition) return `list_contains(${value}, ${quoteLiteral(String(condition.contains))})`;
  const {from, to} = condition as {from?: number | string; to?: number | string};
  return [
    ...(from === undefined ? [] : [`${value} >= ${literal(column, from)}`]),
    ...(to === undefined ? [] : [`${value} <= ${literal(column, to)}`])
  ].join(" and ");
}

/** As `segmentWord` folds. */
function isWord(value: string, word: string): string {
  const folded = `lower(regexp_replace(trim(${value}), ' +', ' ', 'g'))`;
  return `regexp_replace(${folded}, '^0+([0-9]+)$', '\\1') = ${quoteLiteral(segmentWord(word))}`;
}

function isOneOf(value: string, column: Column, entries: readonly (string | number | boolean)[]): string {
  if (entries.length === 0) return "false";
  return `${value} in (${entries.map((entry) => literal(column, entry)).join(", ")})`;
}

/** A user's value in the type of the column; what does not fit the type is a fault that config refuses. */
function literal({type, segment}: Column, value: string | number | boolean): string {
  const text = String(value);
  if (segment !== undefined || type === "text") return quoteLiteral(text);
  if (type === "date" && isIsoDate(text)) return `date ${quoteLiteral(text)}`;
  if (type === "boolean" && (text === "true" || text === "false")) return text;
  if (type === "integer" && /^-?\d+$/.test(text)) return `${text}::bigint`;
  if ((type === "decimal" || type === "integer") && /^-?\d+(\.\d+)?$/.test(text)) return `${text}::decimal(18,4)`;
  throw new Error(`${text} can't be compared with a column of type ${type}`);
}
