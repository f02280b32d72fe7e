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
  /** The file, with the places of `value`: mended keys and left-out entries are seen through. */
  readonly yaml: YamlFile;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Holds a file against its schema and finds all faults at once. A misspelt key is reported, then read as the key that
 * it is nearest to, so that what stands below it is checked too and the true key is not called missing.
 */
export function checkShape<T>(schema: z.ZodType<T>, yaml: YamlFile): Shaped<T> {
  if (yaml.value === undefined) return {value: null, yaml, diagnostics: yaml.diagnostics};
  const diagnostics = [...yaml.diagnostics];
  let repair: Repair = {value: yaml.value, renames: []};
  for (;;) {
    const parsed = parseWithWords(schema, repair.value);
    if (parsed.success) return {value: parsed.data, yaml: seenThrough(yaml, repair, null), diagnostics};
    const issues = flattenIssues(parsed.issues);
    const unknown = issues.filter((issue) => issue.kind === "unknown_key");
    const others = issues.filter((issue) => issue.kind !== "unknown_key");
    if (unknown.length > 0 && repair.value === yaml.value) repair = {value: structuredClone(yaml.value), renames: []};
    diagnostics.push(...unknown.map((issue) => unknownKey(issue, yaml, repair)));
    if (unknown.length === 0) {
      diagnostics.push(...others.map((issue) => otherFault(issue, yaml, repair)));
      const {value, indexes} = whatIsRight(schema, repair.value, issues);
      return {value, yaml: seenThrough(yaml, repair, indexes), diagnostics};
    }
  }
}

interface Repair {
  /** The file's, or a copy that is mended. */
  readonly value: unknown;
  readonly renames: {readonly path: Path; readonly from: string; readonly to: string}[];
}

function unknownKey(issue: Extract<Issue, {kind: "unknown_key"}>, yaml: YamlFile, repair: Repair): Diagnostic {
  const {path, key, known, later} = issue;
  const parent = valueAt(repair.value, path) as Record<string, unknown>;
  const free = [...known, ...later].filter((word) => !(word in parent));
  // A key is read as another once at most: two forms of a value could else hand it to one another for ever.
  const near = repair.renames.some(({to}) => to === key) ? null : nearest(key, free);
  const written = asWritten(path, repair);
  if (near !== null) {
    parent[near] = parent[key];
    repair.renames.push({path, from: key, to: near});
  }
  delete parent[key];
  const suggestion = didYouMean(key, near === null ? known : [near]);
  return complain("unknown-key", yaml.placeOfKey([...written, key]), {key, within: pathWords(written), suggestion});
}

function otherFault(issue: Exclude<Issue, {kind: "unknown_key"}>, yaml: YamlFile, repair: Repair): Diagnostic {
  const path = asWritten(issue.path, repair);
  if (issue.kind === "missing_key") {
    const above = path.slice(0, -1);
    return complain("missing-key", yaml.placeOfKey(above), {key: String(path.at(-1)), within: pathWords(above)});
  }
  if (issue.kind === "not_yet") return complain("not-supported-yet", yaml.placeOfKey(path), {what: issue.what});
  const place = issue.kind === "bad_key" ? yaml.placeOfKey(path) : yaml.placeOf(path);
  const {problem, input, choices, quotable} = issue;
  const near = nearest(String(input), choices);
  const mended = near === null ? undefined : `Did you mean "${near}"?`;
  const fix = quotable ? `Put it in quotes: "${String(input)}"` : mended;
  const found = input === undefined ? undefined : foundWords(input);
  return complain("bad-value", place, {subject: pathWords(path), problem, found, fix});
}

/** Lists keep the entries without a fault; anything else with a fault keeps nothing. */
function whatIsRight<T>(
  schema: z.ZodType<T>,
  value: unknown,
  issues: readonly Issue[]
): {value: T | null; indexes: readonly number[]} {
  if (!Array.isArray(value) || issues.some(({path}) => path.length === 0)) return {value: null, indexes: []};
  const faulty = new Set(issues.map(({path}) => path[0]));
  const indexes = [...value.keys()].filter((index) => !faulty.has(index));
  const right = indexes.map((index) => value[index]);
  const parsed = parseWithWords(schema, right);
  return {value: parsed.success ? parsed.data : null, indexes};
}

/** @param indexes The index in the file of each entry that was kept; null: all were. */
function seenThrough(yaml: YamlFile, repair: Repair, indexes: readonly number[] | null): YamlFile {
  if (repair.renames.length === 0 && indexes === null) return yaml;
  const inFile = ([first, ...rest]: Path): Path => {
    if (first === undefined) return [];
    const kept = indexes === null || typeof first === "string" ? first : (indexes[first] ?? first);
    return asWritten([kept, ...rest], repair);
  };
  return {...yaml, placeOf: (path) => yaml.placeOf(inFile(path)), placeOfKey: (path) => yaml.placeOfKey(inFile(path))};
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

/** `columns.occurred_on.formats`, `goals[2].title`; "" at the top, of a file or of an entry of a list of things. */
function pathWords(path: Path): string {
  const [first, ...rest] = path;
  if (typeof first === "number") return rest.length === 0 ? "" : pathWords(rest);
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
