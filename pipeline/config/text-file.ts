import {isUtf8} from "node:buffer";
import type {Diagnostic, Place} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {DefinitionFile} from "./project.ts";

/** A definition file as text, with its lines for frames. */
export interface TextFile {
  readonly path: string;
  /** Lines end in LF alone; no byte order mark. */
  readonly text: string;
  readonly lines: readonly string[];
}

const decoder = new TextDecoder("utf-8");

/** Reads UTF-8; anything else is refused at its first wrong byte rather than guessed at. */
export function readText({path, contents}: DefinitionFile): {file: TextFile; diagnostics: Diagnostic[]} {
  const text = decoder.decode(contents).replaceAll("\r\n", "\n");
  const file = {path, text, lines: text.split("\n")};
  if (isUtf8(contents)) return {file, diagnostics: []};
  const before = text.slice(0, text.indexOf("\uFFFD")).split("\n");
  const place = placeAt(file, before.length, (before.at(-1) ?? "").length + 1);
  return {file, diagnostics: [complain("definition-not-utf-8", place, {})]};
}

/** @param line From 1. @param column From 1. */
export function placeAt(file: TextFile, line: number, column: number): Place {
  return {file: file.path, line, column, text: file.lines[line - 1] ?? ""};
}
