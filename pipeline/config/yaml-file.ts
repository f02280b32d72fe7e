import type {Diagnostic, Place} from "../diagnostics/diagnostic.ts";
import {placeAt, type TextFile} from "./text-file.ts";

/** Keys and indexes from the top of a file to a value. */
export type Path = readonly (string | number)[];

/** A YAML file as plain values, with the place of each. */
export interface YamlFile {
  readonly path: string;
  /** Undefined when the file can't be read as YAML. */
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the value stands; where it is missing, the nearest thing above it. */
  placeOf(path: Path): Place;
  /** Where the key of the value stands, or the value when it is an entry of a list. */
  placeOfKey(path: Path): Place;
}

/** A file that can't be read as YAML: no value, and every place is its first. */
export function brokenYaml(file: TextFile, diagnostics: readonly Diagnostic[]): YamlFile {
  const start = placeAt(file, 1, 1);
  return {path: file.path, value: undefined, diagnostics, placeOf: () => start, placeOfKey: () => start};
}
