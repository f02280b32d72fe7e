import type {z} from "zod";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean, nearest} from "../diagnostics/suggest.ts";
import {flattenIssues, type Issue, parseWithWords} from "./schema-issues.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** What a file holds by its schema. */
export interface Shaped<T> {
  /** Null when what is wrong leaves nothing to look at; a list keeps its entries that are right. */
  readonly value: T | null;
  /** Where the file is a list: the index in the file of each entry of `value`. */
  readonly indexes: readonly number[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Holds a file against its schema and finds all faults at once. A misspelt key is reported, then read as the key that
 * it is nearest to, so that what stands below it is checked too and the true key is not called missing.
 */
export function checkShape<T>(schema: z.ZodType<T>, yaml: YamlFile): Shaped<T> {
  if (yaml.value === undefined) return {value: null, indexes: [], diagnostics: yaml.diagnostics};
  const diagnostics = [...yaml.diagnostics];
  const repair: Repair = {value: structuredClone(yaml.value), renames: []};
  for (;;) {
    const parsed = parseWithWords(schema, repair.value);
    if (parsed.success) return {value: parsed.data, indexes: indexesOf(repair.value), diagnostics};
    const issues = flattenIssues(parsed.issues);
    const unknown = issues.filter((issue) => issue.kind === "unknown_key");
    const others = issues.filter((issue) => issue.kind !== "unknown_key");
    diagnostics.push(...unknown.map((issue) => unknownKey(issue, yaml, repair)));
    if (unknown.length === 0) {
      diagnostics.push(...others.map((issue) => otherFault(issue, yaml, repair)));
      return {...whatIsRight(schema, repair.value, issues), diagnostics};
    }
  }
}

interface Repair {
  readonly value: unknown;
  readonly renames: {readonly path: Path; readonly from: string; readonly to: string}[];
}

function unknownKey(issue: Extract<Issue, {kind: "unknown_key"}>, yaml: YamlFile, repair: Repair): Diagnostic {
  const {path, key, known} = issue;
  const parent = valueAt(repair.value, path) as Record<string, unknown>;
  const near = nearest(
    key,
    known.filter((word) => !(word in parent))
  );
  const written = asWritten(path, repair);
  const suggestion = didYouMean(key, near === null ? known.filter((word) => !(word in parent)) : [near]);
  if (near !== null) {
    parent[near] = parent[key];
    repair.renames.push({path, from: key, to: near});
  }
  delete parent[key];
  const place = yaml.placeOfKey([...written, key]);
  return complain("unknown-key", place, {key, within: pathWords(written), suggestion});
}

function otherFault(issue: Exclude<Issue, {kind: "unknown_key"}>, yaml: YamlFile, repair: Repair): Diagnostic {
  const path = asWritten(issue.path, repair);
  const last = path.at(-1);
  if (issue.kind === "missing_key") {
    const within = pathWords(path.slice(0, -1));
    return complain("missing-key", yaml.placeOfKey(path.slice(0, -1)), {key: String(last), within});
  }
  if (issue.kind === "not_yet") return complain("not-supported-yet", yaml.placeOfKey(path), {what: issue.what});
  const place = issue.kind === "bad_key" ? yaml.placeOfKey(path) : yaml.placeOf(path);
  return complain("bad-value", place, {
    subject: pathWords(path),
    problem: issue.problem,
    found: foundWords(issue.input)
  });
}

/** Lists keep the entries without a fault; anything else with a fault keeps nothing. */
function whatIsRight<T>(
  schema: z.ZodType<T>,
  value: unknown,
  issues: readonly Issue[]
): Pick<Shaped<T>, "value" | "indexes"> {
  if (!Array.isArray(value) || issues.some(({path}) => path.length === 0)) return {value: null, indexes: []};
  const faulty = new Set(issues.map(({path}) => path[0]));
  const indexes = indexesOf(value).filter((index) => !faulty.has(index));
  const parsed = parseWithWords(
    schema,
    indexes.map((index) => value[index])
  );
  return parsed.success ? {value: parsed.data, indexes} : {value: null, indexes: []};
}

function indexesOf(value: unknown): number[] {
  return Array.isArray(value) ? [...value.keys()] : [];
}

function asWritten(path: Path, {renames}: Repair): Path {
  const written = [...path];
  for (const {path: parent, from, to} of renames) {
    if (parent.every((part, index) => path[index] === part) && path[parent.length] === to)
      written[parent.length] = from;
  }
  return written;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => (at as Record<string | number, unknown>)[part], value);
}

/** `columns.occurred_on.formats`, `goals[2].title`; "" at the top. */
export function pathWords(path: Path): string {
  return path.reduce<string>((words, part) => {
    if (typeof part === "number") return `${words}[${part + 1}]`;
    return words === "" ? part : `${words}.${part}`;
  }, "");
}

/** A value as it is shown behind "found": short, on one line. */
export function foundWords(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "object") {
    const keys = Object.keys(value);
    return keys.length === 0 ? "an empty mapping" : `a mapping of ${keys.slice(0, 5).join(", ")}`;
  }
  const words = JSON.stringify(value);
  return words.length > 60 ? `${words.slice(0, 57)}...` : words;
}
