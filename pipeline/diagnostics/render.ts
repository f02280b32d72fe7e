import type {Diagnostic, Place, Severity} from "./diagnostic.ts";
import {cutAround, displayWidth, harmless} from "./terminal-text.ts";

export interface RenderOptions {
  /** ANSI colours, for a terminal; default false. */
  readonly colour?: boolean;
  /** Columns that a frame may take; a longer line is cut around its caret. Default 80. */
  readonly width?: number;
}

/** More of one code than this are counted, not shown: the first few tell the kind of fault. */
const shownOfACode = 5;

/**
 * Draws complaints as text for people: a line `file:line:column  severity  code` that editors make a link, the
 * sentence, the line with a caret, then what was found, what was expected and what to do. Several end with their
 * count. Nothing of a user's file reaches the terminal as a control character.
 *
 * @returns "" for no diagnostics; else text that ends with a line feed.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  {colour = false, width = 80}: RenderOptions = {}
): string {
  const totals = new Map<string, number>();
  for (const {code} of diagnostics) totals.set(code, (totals.get(code) ?? 0) + 1);
  const seen = new Map<string, number>();
  const blocks: string[] = [];
  for (const diagnostic of diagnostics) {
    const {code} = diagnostic;
    const count = (seen.get(code) ?? 0) + 1;
    seen.set(code, count);
    if (count <= shownOfACode) blocks.push(renderOne(diagnostic, colour ? ansi : plain, width));
    const rest = (totals.get(code) ?? 0) - shownOfACode;
    if (count === shownOfACode && rest > 0) blocks.push(`and ${rest.toLocaleString("en-US")} more of ${code}\n`);
  }
  if (diagnostics.length > 1) blocks.push(`${countWords(diagnostics)}\n`);
  return blocks.join("\n");
}

/** "2 errors, 1 warning"; severities that do not occur are left out. */
export function countWords(diagnostics: readonly Diagnostic[]): string {
  return (["error", "warning", "note"] as const)
    .map((severity) => ({severity, count: diagnostics.filter((one) => one.severity === severity).length}))
    .filter(({count}) => count > 0)
    .map(({severity, count}) => `${count.toLocaleString("en-US")} ${severity}${count === 1 ? "" : "s"}`)
    .join(", ");
}

type Paint = (text: string, as: Severity | "faint") => string;

const plain: Paint = (text) => text;

/** Select Graphic Rendition: 31 red, 33 yellow, 36 cyan, 2 faint, 1 bold. */
const ansiCodes = {error: "1;31", warning: "1;33", note: "36", faint: "2"} as const;
const ansi: Paint = (text, as) => `\u001B[${ansiCodes[as]}m${text}\u001B[0m`;

function renderOne(diagnostic: Diagnostic, paint: Paint, width: number): string {
  const {code, severity, place, message, found, expected, fix} = diagnostic;
  const head = [placeWords(place), paint(severity, severity), paint(code, "faint")].filter((part) => part !== "");
  const rows = [
    ["found", found],
    ["expected", expected],
    ["fix", fix]
  ].flatMap(([label = "", text]) =>
    text === undefined || text === "" ? [] : [`  ${paint(label.padEnd(8), "faint")}  ${harmless(text)}`]
  );
  const parts = [
    [head.join("  "), `  ${harmless(message)}`],
    place === null ? [] : frame(place, severity, paint, width),
    rows
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function placeWords(place: Place | null): string {
  if (place === null) return "";
  return [harmless(place.file), place.line, place.line === undefined ? undefined : place.column]
    .filter((part) => part !== undefined)
    .join(":");
}

function frame({line, column, text}: Place, severity: Severity, paint: Paint, width: number): string[] {
  if (line === undefined || text === undefined || text.trim() === "") return [];
  const gutter = `  ${line} | `;
  const {shown, before} = cutAround(text, column ?? 1, width - gutter.length);
  const lines = [`${paint(gutter.trimEnd(), "faint")} ${shown.trimEnd()}`];
  if (column !== undefined) {
    const bar = paint(`${" ".repeat(gutter.length - 2)}|`, "faint");
    lines.push(`${bar} ${" ".repeat(displayWidth(before))}${paint("^", severity)}`);
  }
  return lines;
}
