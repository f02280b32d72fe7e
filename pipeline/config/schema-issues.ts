import type {z} from "zod";
import type {Path} from "./yaml-file.ts";

/** One fault of a value against its schema, unions resolved to the branch that was meant. */
export type Issue =
  | {
      readonly kind: "unknown_key";
      readonly path: Path;
      readonly key: string;
      readonly known: readonly string[];
      /** Known to later versions. */
      readonly later: readonly string[];
    }
  | {readonly kind: "missing_key"; readonly path: Path}
  | {readonly kind: "not_yet"; readonly path: Path; readonly what: string}
  | {
      readonly kind: "bad_key" | "bad_value";
      readonly path: Path;
      readonly problem: string;
      readonly input: unknown;
      /** The words it could be, where they are few. */
      readonly choices: readonly string[];
      /** Text was wanted, and quotes would make it that. */
      readonly quotable: boolean;
    };

type ZodIssue = z.core.$ZodIssue;

type Parsed<T> =
  | {readonly success: true; readonly data: T}
  | {readonly success: false; readonly issues: readonly ZodIssue[]};

/** Parses with every issue worded by `words`, where the schema has no words of its own. */
export function parseWithWords<T>(schema: z.ZodType<T>, value: unknown): Parsed<T> {
  const result = schema.safeParse(value, {reportInput: true, error: words});
  return result.success ? result : {success: false, issues: result.error.issues};
}

/** Zod's issues as ours. */
export function flattenIssues(issues: readonly ZodIssue[], above: Path = []): Issue[] {
  return issues.flatMap((issue): Issue[] => {
    const path = [...above, ...(issue.path as Path)];
    if (issue.code === "unrecognized_keys") {
      const {known, later} = JSON.parse(issue.message) as KnownKeys;
      return issue.keys.map((key) => ({kind: "unknown_key", path, key, known, later}));
    }
    if (issue.code === "invalid_union") return flattenUnion(issue, path);
    if (issue.code === "invalid_key") {
      return issue.issues.map(({message}) => badKey(path, message));
    }
    if (issue.code === "invalid_type" && (issue.expected as string) === "never") {
      return [{kind: "not_yet", path, what: issue.message.replace(/ is not supported yet$/, "")}];
    }
    if (issue.input === undefined && path.length > 0 && issue.code !== "custom") return [{kind: "missing_key", path}];
    return [badValue(issue, path)];
  });
}

function badKey(path: Path, problem: string): Issue {
  return {kind: "bad_key", path, problem, input: path.at(-1), choices: [], quotable: false};
}

function badValue(issue: ZodIssue, path: Path): Issue {
  const choices = issue.code === "invalid_value" ? issue.values.map(String) : [];
  const quotable = issue.message === `must be ${typeWords.string}` && isWord(issue.input);
  // What is found in a mapping as a whole is the mapping: the frame shows it better.
  const input = issue.code === "custom" && typeof issue.input === "object" ? undefined : issue.input;
  return {kind: "bad_value", path, problem: issue.message, input, choices, quotable};
}

function isWord(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

/** Says a branch's faults where one branch was clearly meant, else what the whole union asks for. */
function flattenUnion(issue: Extract<ZodIssue, {code: "invalid_union"}>, path: Path): Issue[] {
  if (issue.input === undefined && path.length > 0) return [{kind: "missing_key", path}];
  if (issue.errors.length === 0) return [noSuchBranch(issue, path)];
  const branches = issue.errors.filter((faults) => !faults.some(isOfAnotherKind));
  const single = issue.errors.length === 1 ? issue.errors[0] : undefined;
  const meant = single ?? (branches.length === 1 ? branches[0] : undefined);
  if (meant !== undefined) return flattenIssues(meant, path);
  const found = branches.map((faults) => flattenIssues(faults, path));
  const spelt = found.filter((faults) => !faults.some(isUnknownKey));
  // A key that only one branch knows tells which was meant, whatever is misspelt below it.
  const known = found.filter((faults) => !faults.filter(isUnknownKey).some((fault) => samePath(fault.path, path)));
  const best = (spelt.length > 0 ? spelt : known).sort((a, b) => a.length - b.length)[0];
  if (best !== undefined) return best;
  const strangers = found.map((faults) => faults.filter(isUnknownKey).filter((fault) => samePath(fault.path, path)));
  const strange = (strangers[0] ?? [])
    .map(({key}) => key)
    .filter((key) => strangers.every((faults) => faults.some((fault) => fault.key === key)));
  if (strange.length === 0) return [badValue(issue, path)];
  const words = [...new Set(strangers.flatMap((faults) => faults.flatMap((fault) => fault.known)))];
  return strange.map((key) => ({kind: "unknown_key", path, key, known: words, later: []}));
}

function isUnknownKey(issue: Issue): issue is Extract<Issue, {kind: "unknown_key"}> {
  return issue.kind === "unknown_key";
}

/** The word that says which branch it is has no branch; zod hands the mapping around it as the input. */
function noSuchBranch(issue: Extract<ZodIssue, {code: "invalid_union"}>, path: Path): Issue {
  const input = (issue.input as Record<string, unknown>)[String(path.at(-1))];
  if (input === undefined) return {kind: "missing_key", path};
  const choices = ((issue as {options?: readonly unknown[]}).options ?? []).map(String);
  return {kind: "bad_value", path, problem: issue.message, input, choices, quotable: false};
}

/** Text where a mapping was asked for, a mapping where a word was, and the like: this branch was not meant. */
function isOfAnotherKind(issue: ZodIssue): boolean {
  if (issue.path.length > 0) return false;
  return (
    issue.code === "invalid_type" ||
    (issue.code === "invalid_value" && typeof issue.input === "object") ||
    (issue.code === "invalid_union" && issue.errors.every((faults) => faults.some(isOfAnotherKind)))
  );
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

/** What zod would say in its own words, as "must ..."; for unknown keys the known ones, as JSON. */
function words(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return JSON.stringify(knownKeys(issue.inst));
    case "invalid_type":
      return `must be ${typeWords[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return issue.values.length === 1
        ? `must be ${issue.values.map(String).join("")}`
        : `must be one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return unionWords(issue);
    case "too_small":
      if (issue.origin === "array")
        return `must have at least ${issue.minimum} ${issue.minimum === 1 ? "entry" : "entries"}`;
      if (issue.origin === "string") return "must not be empty";
      return `must be ${issue.inclusive ? "at least" : "above"} ${issue.minimum}`;
    case "too_big":
      if (issue.origin === "array")
        return `must have at most ${issue.maximum} ${issue.maximum === 1 ? "entry" : "entries"}`;
      if (issue.origin === "string") return `must have ${issue.maximum} character${issue.maximum === 1 ? "" : "s"}`;
      return `must be ${issue.inclusive ? "at most" : "below"} ${issue.maximum}`;
    case "invalid_format":
      return "must be written otherwise";
    default:
      return "is not right here";
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping (key: value)",
  record: "a mapping (key: value)"
};

function unionWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const options = (issue as {options?: readonly unknown[]}).options;
  if (options !== undefined) return `must be one of ${options.map(String).join(", ")}`;
  const wanted = (issue.errors as ZodIssue[][]).flatMap((faults) =>
    faults.slice(0, 1).map(({message, code}) => (code === "unrecognized_keys" ? "" : message.replace(/^must be /, "")))
  );
  return `must be ${[...new Set(wanted.filter((word) => word !== ""))].join(", or ")}`;
}

interface KnownKeys {
  readonly known: readonly string[];
  readonly later: readonly string[];
}

/** A mapping's keys; those that `notYet` refuses stand apart. */
function knownKeys(inst: unknown): KnownKeys {
  const shape = (inst as {_zod: {def: {shape: Record<string, z.ZodType>}}})._zod.def.shape;
  const keys = Object.keys(shape);
  const later = keys.filter((key) => (shape[key] as {def: {innerType?: z.ZodType}}).def.innerType?.type === "never");
  return {known: keys.filter((key) => !later.includes(key)), later};
}
