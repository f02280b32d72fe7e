import {createRequire} from "node:module";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {type Check, today} from "./check.ts";
import {checkCondition, type WhereContext} from "./check-where.ts";
import type {SimpleCondition} from "./where.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** Holds the checks of a source against its columns: one that can't be asked of any value would never fail. */
export function checkChecks(context: WhereContext, yaml: YamlFile): Diagnostic[] {
  return context.source.checks.flatMap((check, index) => checkOne(check, ["checks", index], yaml, context));
}

function checkOne(check: Check, path: Path, yaml: YamlFile, context: WhereContext): Diagnostic[] {
  if (check.column === undefined) return [];
  const found = typeOf(check.column, "checks", [...path, "column"], yaml, context);
  if (typeof found !== "string") return found;
  const name = check.column;
  const column = context.source.columns[name]!;
  const literal = (condition: SimpleCondition, at: Path) => checkCondition(name, column, condition, at, yaml, context);
  const wrongTest = (test: string, types: string) => [
    complain("condition-of-other-type", yaml.placeOfKey([...path, test]), {column: name, kind: found, test, types})
  ];
  if (check.in !== undefined) {
    if (found === "list") return wrongTest("in", "text, integer, decimal, date, boolean and segment");
    return typeof check.in === "string" ? literal({in: check.in}, path) : literal(check.in, [...path, "in"]);
  }
  if (check.between !== undefined) {
    if (found !== "integer" && found !== "decimal" && found !== "date") {
      return wrongTest("between", "integer, decimal and date");
    }
    return check.between.flatMap((bound, index) => (bound === null ? [] : literal(bound, [...path, "between", index])));
  }
  if (check.matches !== undefined) {
    if (found !== "text") return wrongTest("matches", "text");
    const problem = patternProblem(check.matches);
    return problem === null ? [] : [complain("bad-pattern", yaml.placeOf([...path, "matches"]), {problem})];
  }
  return (["not_after", "not_before"] as const).flatMap((rule) => {
    const other = check[rule];
    if (other === undefined) return [];
    if (found !== "date") return wrongTest(rule, "date");
    if (other === today) return [];
    const is = typeOf(other, rule, [...path, rule], yaml, context);
    if (typeof is !== "string") return is;
    return is === "date"
      ? []
      : [complain("column-of-other-type", yaml.placeOf([...path, rule]), {column: other, use: rule, is, must: "date"})];
  });
}

/** The type of a declared column that is kept, else what is wrong with its name. */
function typeOf(name: string, use: string, path: Path, yaml: YamlFile, {source}: WhereContext): string | Diagnostic[] {
  const column = Object.hasOwn(source.columns, name) ? source.columns[name] : undefined;
  if (column === undefined) {
    const suggestion = didYouMean(name, Object.keys(source.columns));
    return [complain("unknown-column", yaml.placeOf(path), {column: name, use, suggestion})];
  }
  if (column.personal !== undefined) {
    return [complain("personal-column-used", yaml.placeOf(path), {column: name, use})];
  }
  return column.segment === undefined ? (column.type ?? "text") : "segment";
}

/** Letters, digits and classes of them, once or counted: the same in every dialect, where no class runs backwards. */
const plainPattern = /^(?:(?:[A-Za-z0-9]|\[(?:[A-Za-z0-9](?:-[A-Za-z0-9])?)+-?\])(?:\{[1-9]\d?\}|\+)?)+$/;

/** What is wrong with a pattern in the engine's dialect, RE2; null when nothing is. */
function patternProblem(pattern: string): string | null {
  // Later versions of RE2 than the engine's read this as a name for a group.
  if (/(^|[^\\])\(\?</.test(pattern)) return "invalid or unsupported Perl syntax: `(?<`";
  if (
    plainPattern.test(pattern) &&
    ![...pattern.matchAll(/(.)-(.)/g)].some(([, from = "", to = ""]) => from > to && to !== "]")
  )
    return null;
  // Loaded where somebody's pattern needs it: every command reads the project.
  const {RE2JS} = createRequire(import.meta.url)("re2js") as typeof import("re2js");
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    return (error as Error).message.replace(/^error parsing regexp: /, "");
  }
}
