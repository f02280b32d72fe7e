import {type Places, readQuickly} from "./quick-yaml.ts";
import {placeAt, type TextFile} from "./text-file.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** Reads YAML 1.2 without anchors, aliases, tags and merge keys: definitions say what they mean where they stand. */
export async function readYaml(file: TextFile): Promise<YamlFile> {
  const read = readQuickly(file.text);
  if (read === null) {
    // Loaded when it is needed: a project without a fault never does.
    const {readYamlWithFaults} = await import("./yaml-faults.ts");
    return readYamlWithFaults(file);
  }
  const {value, places} = read;
  const starts = lineStarts(file.lines);
  const at = (offset: number) => {
    const line = lineOf(starts, offset);
    return placeAt(file, line, offset - starts[line - 1]! + 1);
  };
  return {
    path: file.path,
    value,
    diagnostics: [],
    placeOf: (path) => at(stepTo(places, path).start),
    placeOfKey: (path) => at(stepTo(places, path).key)
  };
}

/** The last place on the way down a path, as far as it goes. */
function stepTo(root: Places, path: Path): Places {
  let places = root;
  for (const part of path) {
    const next = places.entries?.get(String(part));
    if (next === undefined) break;
    places = next;
  }
  return places;
}

function lineStarts(lines: readonly string[]): number[] {
  const starts = [0];
  for (const line of lines) starts.push(starts.at(-1)! + line.length + 1);
  return starts;
}

/** From 1. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
