import {createRequire} from "node:module";
import type {Font} from "fontkit";
import type {FontWeight} from "./theme.ts";

/** Stands for what was left out. */
const ellipsis = "\u2026";

/** The fonts as TrueType, by weight: paths for `require.resolve`. */
export const fontFiles: Readonly<Record<FontWeight, string>> = {
  400: "@expo-google-fonts/public-sans/400Regular/PublicSans_400Regular.ttf",
  600: "@expo-google-fonts/public-sans/600SemiBold/PublicSans_600SemiBold.ttf"
};

const fonts = new Map<FontWeight, Font>();
/** Width of a word at 1 px, by weight and word: the same words come again in every chart. */
const widths = new Map<string, number>();

/**
 * Width of one line of text in Public Sans, in px, kerned as browsers and Typst do it. The font is read at the first
 * call, because a command that draws nothing should not wait for it.
 */
export function textWidth(text: string, size: number, weight: FontWeight = 400): number {
  const words = text.split(" ");
  const blanks = (words.length - 1) * wordWidth(" ", weight);
  return size * words.reduce((width, word) => width + wordWidth(word, weight), blanks);
}

function wordWidth(word: string, weight: FontWeight): number {
  const key = `${weight}${word}`;
  let width = widths.get(key);
  if (width === undefined) {
    const font = fontOf(weight);
    const units = word === "" ? 0 : number.test(word) ? numberUnits(word, weight) : font.layout(word).advanceWidth;
    width = units / font.unitsPerEm;
    widths.set(key, width);
  }
  return width;
}

/**
 * Numbers, as they are printed. Every chart brings others, and to lay out a word takes longer than anything else in a
 * chart; of these characters the font kerns pairs and nothing more, so that a number is as wide as its pairs are.
 */
const number = /^[0-9.,%()+\u2212-]+$/;

/** Width of a number in the font's units: each character as it stands before the next. */
function numberUnits(word: string, weight: FontWeight): number {
  let units = unitsOf(word.slice(-1), weight);
  for (let at = 0; at < word.length - 1; at++) {
    units += unitsOf(word.slice(at, at + 2), weight) - unitsOf(word.charAt(at + 1), weight);
  }
  return units;
}

/** Of one or two characters of numbers. */
const units = new Map<string, number>();

function unitsOf(text: string, weight: FontWeight): number {
  const key = `${weight}${text}`;
  const known = units.get(key) ?? fontOf(weight).layout(text).advanceWidth;
  units.set(key, known);
  return known;
}

/**
 * Breaks a text at blanks into at most `lines` lines of `width` px. What does not fit ends in an ellipsis; a word
 * wider than a line is cut.
 *
 * @example wrapText("Violent crime on the Metro system down 10%", 160, 2, 12) //=> ["Violent crime on the", "Metro system down 10%"]
 */
export function wrapText(text: string, width: number, lines: number, size: number, weight: FontWeight = 400): string[] {
  const fits = (line: string) => textWidth(line, size, weight) <= width;
  const words = text.split(/\s+/).filter((word) => word !== "");
  const wrapped: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const longer = wrapped.length === 0 ? word : `${wrapped.at(-1)} ${word}`;
    if (wrapped.length > 0 && fits(longer)) wrapped[wrapped.length - 1] = longer;
    else if (wrapped.length < lines) wrapped.push(fits(word) ? word : cut(word, fits));
    else return [...wrapped.slice(0, -1), cut(longer, fits)];
  }
  return wrapped;
}

/** The same, with lines of about equal length: no last line of one short word. */
export function wrapEvenly(
  text: string,
  width: number,
  lines: number,
  size: number,
  weight: FontWeight = 400
): string[] {
  let wrapped = wrapText(text, width, lines, size, weight);
  for (let narrower = width - 4; narrower > width / 2; narrower -= 4) {
    const tried = wrapText(text, narrower, lines, size, weight);
    if (tried.length > wrapped.length || tried.some((line) => line.endsWith(ellipsis))) break;
    wrapped = tried;
  }
  return wrapped;
}

/** The longest beginning that fits together with an ellipsis. */
function cut(text: string, fits: (line: string) => boolean): string {
  const letters = [...text];
  while (letters.length > 0 && !fits(`${letters.join("").trimEnd()}${ellipsis}`)) letters.pop();
  return `${letters.join("").trimEnd()}${ellipsis}`;
}

function fontOf(weight: FontWeight): Font {
  const known = fonts.get(weight);
  if (known !== undefined) return known;
  const require = createRequire(import.meta.url);
  const {openSync} = require("fontkit") as typeof import("fontkit");
  const font = openSync(require.resolve(fontFiles[weight])) as Font;
  fonts.set(weight, font);
  return font;
}
