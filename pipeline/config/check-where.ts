import {isIsoDate} from "../calendar/iso-date.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {type Roster, resolveSegment, segmentsOfType} from "./roster.ts";
import {foundWords} from "./schema-faults.ts";
import type {Column, Source} from "./source.ts";
import type {Condition, SimpleCondition, Where} from "./where.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** What conditions are held against; null where it could not be read and has been complained about. */
export interface WhereContext {
  readonly source: Source;
  readonly roster: Roster | null;
  readonly codeLists: ReadonlyMap<string, readonly string[]> | null;
}

/**
 * Holds the conditions of a measure against the types of its source's columns: a condition that can't be true of any
 * value would count nothing without a word.
 *
 * @param path Where the `where` stands in the file.
 */
export function checkWhere(where: Where, path: Path, yaml: YamlFile, context: WhereContext): Diagnostic[] {
  return Object.entries(where).flatMap(([name, condition]) => {
    const column = Object.hasOwn(context.source.columns, name) ? context.source.columns[name] : undefined;
    const place = yaml.placeOfKey([...path, name]);
    if (column === undefined) {
      const suggestion = didYouMean(name, Object.keys(context.source.columns));
      return [complain("unknown-column", place, {column: name, use: "where", suggestion})];
    }
    if (column.personal !== undefined) return [complain("personal-column-used", place, {column: name, use: "where"})];
    const at = isNot(condition) ? [...path, name, "not"] : [...path, name];
    return checkCondition(name, column, isNot(condition) ? condition.not : condition, at, yaml, context);
  });
}

/** The same conditions with every word for a segment replaced by the roster's code, as the warehouse holds it. */
export function resolveWhere(where: Where, {source, roster}: WhereContext): Where {
  const entries = Object.entries(where).map(([name, condition]): [string, Condition] => {
    const type = source.columns[name]?.segment;
    if (type === undefined || roster === null) return [name, condition];
    const code = (word: unknown) => resolveSegment(roster, type, String(word))?.code ?? String(word);
    const simple = (one: SimpleCondition): SimpleCondition => {
      if (Array.isArray(one)) return one.map(code);
      return typeof one === "object" ? one : code(one);
    };
    return [name, isNot(condition) ? {not: simple(condition.not)} : simple(condition)];
  });
  return Object.fromEntries(entries);
}

function isNot(condition: Condition): condition is {readonly not: SimpleCondition} {
  return typeof condition === "object" && "not" in condition;
}

/** @param path Where the condition stands in the file. */
export function checkCondition(
  name: string,
  column: Column,
  condition: SimpleCondition,
  path: Path,
  yaml: YamlFile,
  {roster, codeLists}: WhereContext
): Diagnostic[] {
  const kind = column.segment === undefined ? (column.type ?? "text") : "segment";
  const fits = (value: unknown) => fitsKind(value, kind, column, roster);
  const literal = (value: unknown, at: Path) =>
    fits(value)
      ? []
      : [complain("value-of-other-type", yaml.placeOf(at), typeFault(name, kind, column, value, roster))];
  const wrongTest = (test: string, types: string) => [
    complain("condition-of-other-type", yaml.placeOfKey([...path, test]), {column: name, kind, test, types})
  ];
  if (Array.isArray(condition)) {
    if (kind === "list")
      return [complain("value-of-other-type", yaml.placeOf(path), typeFault(name, kind, column, condition, roster))];
    return condition.flatMap((value, index) => literal(value, [...path, index]));
  }
  if (typeof condition !== "object") return literal(condition, path);
  if ("present" in condition || "absent" in condition) return [];
  if ("like" in condition) return kind === "text" ? [] : wrongTest("like", "text");
  if ("contains" in condition) {
    if (kind !== "list") return wrongTest("contains", "list");
    const {contains} = condition;
    if (typeof contains === "string") return [];
    const fault = {column: name, kind: "text", found: foundWords(contains), suggestion: quoted(contains)};
    return [complain("value-of-other-type", yaml.placeOf([...path, "contains"]), fault)];
  }
  if ("in" in condition) {
    if (kind === "list" || kind === "date" || kind === "boolean" || kind === "decimal") {
      return wrongTest("in", "text, integer and segment");
    }
    if (codeLists === null) return [];
    const codes = codeLists.get(condition.in);
    const place = yaml.placeOf([...path, "in"]);
    if (codes === undefined) {
      const suggestion = didYouMean(condition.in, codeLists.keys());
      return [complain("unknown-code-list", place, {list: condition.in, suggestion})];
    }
    const strange = codes.find((code) => !(kind === "integer" ? /^-?\d+$/.test(code) : fits(code)));
    return strange === undefined
      ? []
      : [complain("code-of-other-type", place, {list: condition.in, code: strange, column: name, kind})];
  }
  if (kind !== "integer" && kind !== "decimal" && kind !== "date") {
    return wrongTest(condition.from === undefined ? "to" : "from", "integer, decimal and date");
  }
  return (["from", "to"] as const).flatMap((end) => {
    const value = condition[end];
    return value === undefined ? [] : literal(value, [...path, end]);
  });
}

function fitsKind(value: unknown, kind: string, column: Column, roster: Roster | null): boolean {
  if (kind === "integer") return Number.isInteger(value);
  if (kind === "decimal") return typeof value === "number" && /^-?\d+(\.\d+)?$/.test(String(value));
  if (kind === "boolean") return typeof value === "boolean";
  if (kind === "date") return typeof value === "string" && isIsoDate(value);
  if (kind === "list") return false;
  if (kind === "text") return typeof value === "string";
  const type = column.segment ?? "";
  return roster === null || !roster.types.includes(type) || resolveSegment(roster, type, String(value)) !== null;
}

function typeFault(name: string, kind: string, column: Column, value: unknown, roster: Roster | null) {
  const base = {
    column: name,
    kind: column.segment === undefined ? kind : `segment of type ${column.segment}`,
    found: foundWords(value)
  };
  if (kind === "segment" && roster !== null) {
    const known = segmentsOfType(roster, column.segment ?? "").map((segment) => segment.name);
    return {...base, suggestion: didYouMean(String(value), known)};
  }
  if (kind === "list") return {...base, suggestion: "Write {contains: ...} for one entry of the list"};
  return {...base, suggestion: kind === "text" && typeof value !== "object" ? quoted(value) : undefined};
}

function quoted(value: unknown): string {
  return `Put it in quotes, with its leading zeros if it has any: "${String(value)}"`;
}
