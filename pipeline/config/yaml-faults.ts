import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar
} from "yaml";
import type {Diagnostic, Place} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {placeAt, type TextFile} from "./text-file.ts";
import {brokenYaml, type Path, type YamlFile} from "./yaml-file.ts";

/** Reads YAML 1.2, and tells every fault of a file with its place. */
export function readYamlWithFaults(file: TextFile): YamlFile {
  const lineCounter = new LineCounter();
  const at = (offset: number): Place => {
    const {line, col} = lineCounter.linePos(offset);
    return placeAt(file, Math.max(1, line), Math.max(1, col));
  };
  const documents = deepNest.test(file.text) ? null : parse(file.text, lineCounter);
  if (documents === null) {
    const problem = "it is nested more deeply than any definition";
    return brokenYaml(file, [complain("yaml-syntax", placeAt(file, 1, 1), {problem})]);
  }
  const [document] = documents;
  if (document === undefined || document.contents === null) {
    return brokenYaml(file, [complain("empty-definition", placeAt(file, 1, 1), {})]);
  }
  const diagnostics: Diagnostic[] = [];
  const second = documents[1];
  if (second !== undefined) {
    const place = at(second.range?.[0] ?? 0);
    diagnostics.push(
      complain("yaml-feature", place, {feature: "A second document (---)", instead: "a file of its own"})
    );
  }
  for (const {code, message, pos} of [...document.errors, ...document.warnings]) {
    const tag = code === "TAG_RESOLVE_FAILED";
    const fault = tag
      ? complain("yaml-feature", at(pos[0]), {feature: "A tag (!)", instead: "a plain value"})
      : complain("yaml-syntax", at(pos[0]), {problem: message.replace(/\.$/, "")});
    diagnostics.push(fault);
  }
  const walk: Walk = {at, features: [], repeats: []};
  look(document.contents, walk);
  // After a fault of syntax the reader's guess at the rest may repeat what the file does not.
  if (diagnostics.length === 0) diagnostics.push(...walk.repeats);
  diagnostics.push(...walk.features);
  const unusable = diagnostics.some(({code}) => code === "yaml-syntax" || code === "yaml-feature");
  if (unusable) return brokenYaml(file, diagnostics);
  const root = document.contents;
  return {
    path: file.path,
    value: document.toJS(),
    diagnostics,
    placeOf: (path) => at(steps(root, path).at(-1)?.value ?? 0),
    placeOfKey: (path) => at(steps(root, path).at(-1)?.key ?? 0)
  };
}

/** A reader that takes brackets one in another takes long over a million of them. */
const deepNest = /(?:[[{]\s*){50}/;

function parse(text: string, lineCounter: LineCounter) {
  try {
    const documents = parseAllDocuments(text, {
      lineCounter,
      version: "1.2",
      merge: false,
      prettyErrors: false,
      uniqueKeys: false
    });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

interface Walk {
  readonly at: (offset: number) => Place;
  readonly features: Diagnostic[];
  readonly repeats: Diagnostic[];
}

/** Looks at every node once; yaml's own `visit` keeps the way to each node, which costs as much as reading the file. */
function look(node: unknown, walk: Walk): void {
  if (isAlias(node)) refuse(walk, node, `The alias *${node.source}`, "the value itself");
  else if (isScalar(node) || isMap(node) || isSeq(node)) {
    if (node.anchor !== undefined) refuse(walk, node, `The anchor &${node.anchor}`, "the value at each place");
  }
  if (isScalar(node)) lookAtNumber(node, walk);
  else if (isSeq(node)) for (const item of node.items) look(item, walk);
  else if (isMap(node)) {
    lookAtKeys(node.items, walk);
    for (const {value} of node.items) look(value, walk);
  }
}

function refuse({at, features}: Walk, node: unknown, feature: string, instead: string): void {
  features.push(complain("yaml-feature", at(start(node)), {feature, instead}));
}

function lookAtNumber(node: Scalar, walk: Walk): void {
  if (typeof node.value !== "number") return;
  const digits = (node.source ?? "").replace(/e.*$|^[-+]?0*\.?0*|\./gi, "");
  if (digits.length > 15)
    refuse(walk, node, "A number of more than 15 digits", "the same in quotes, which keeps each digit");
}

function lookAtKeys(pairs: readonly Pair[], walk: Walk): void {
  const first = new Map<string, number>();
  for (const {key} of pairs) {
    if (!isScalar(key) || key.value === null) {
      refuse(walk, key, "A key that is not one word", "a word");
      continue;
    }
    if (key.anchor !== undefined) refuse(walk, key, `The anchor &${key.anchor}`, "the key alone");
    const word = String(key.value);
    if (word === "<<" || word === "__proto__") refuse(walk, key, `The key ${word}`, "the keys themselves");
    const place = walk.at(start(key));
    const line = first.get(word);
    if (line === undefined) first.set(word, place.line ?? 1);
    else walk.repeats.push(complain("repeated-yaml-key", place, {key: word, line}));
  }
}

interface Step {
  /** Offsets in the text. */
  readonly key: number;
  readonly value: number;
}

/** The places on the way down a path, as far as it goes. */
function steps(root: Node, path: Path): Step[] {
  let node: unknown = root;
  const way: Step[] = [{key: start(root), value: start(root)}];
  for (const part of path) {
    const next: {key: number; node: unknown} | null = isMap(node)
      ? inMap(node.items, part)
      : isSeq(node)
        ? inList(node.items[Number(part)])
        : null;
    if (next === null) break;
    const value = next.node === null || isEmpty(next.node) ? next.key : start(next.node);
    way.push({key: next.key, value});
    node = next.node;
  }
  return way;
}

function inMap(items: readonly Pair[], part: string | number): {key: number; node: unknown} | null {
  const pair = items.find(({key}) => isScalar(key) && String(key.value) === String(part));
  return pair === undefined ? null : {key: start(pair.key), node: pair.value};
}

function inList(item: unknown): {key: number; node: unknown} | null {
  return item === undefined ? null : {key: start(item), node: item};
}

function start(node: unknown): number {
  const inner = isPair(node) ? node.key : node;
  return (inner as Node | null)?.range?.[0] ?? 0;
}

/** `goal:` with nothing behind it: its node stands at the end of the line, its key says more. */
function isEmpty(node: unknown): boolean {
  return isScalar(node) && node.value === null && (node.source ?? "") === "";
}
