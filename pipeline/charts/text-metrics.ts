import {createRequire} from "node:module";
import type {Font} from "fontkit";
import {fontTables} from "./font-table.ts";
import type {FontWeight} from "./theme.ts";

/** Stands for what was left out. */
const ellipsis = "\u2026";

/** The fonts as TrueType, by weight: paths for `require.resolve`. */
export const fontFiles: Readonly<Record<FontWeight, string>> = {
  400: "@expo-google-fonts/public-sans/400Regular/PublicSans_400Regular.ttf",
  600: "@expo-google-fonts/public-sans/600SemiBold/PublicSans_600SemiBold.ttf"
};

/**
 * Width of one line of text in Public Sans, in px, kerned as browsers and Typst do it.
 *
 * @example textWidth("31,216 last year", 12) //=> 86.04
 */
export function textWidth(text: string, size: number, weight: FontWeight = 400): number {
  const words = text.split(" ");
  const blanks = (words.length - 1) * fontTables[weight].blank;
  return inPixels(
    words.reduce((units, word) => units + wordUnits(word, weight), blanks),
    size,
    weight
  );
}

function inPixels(units: number, size: number, weight: FontWeight): number {
  return (size * units) / fontTables[weight].unitsPerEm;
}

/** In the font's units, by weight and word: the same words come again in every chart. */
const measured: Readonly<Record<FontWeight, Map<string, number>>> = {400: new Map(), 600: new Map()};

function wordUnits(word: string, weight: FontWeight): number {
  const known = measured[weight].get(word);
  if (known !== undefined) return known;
  const units = tableUnits(word, weight) ?? fontOf(weight).layout(word).advanceWidth;
  measured[weight].set(word, units);
  return units;
}

/** Each character as it stands before the next; null where one of them is not in the table. */
function tableUnits(word: string, weight: FontWeight): number | null {
  const {advances, kerning} = tableOf(weight);
  let units = 0;
  let kerned: ReadonlyMap<string, number> | undefined;
  for (const character of word.replaceAll("fi", "\uFB01").replaceAll("fl", "\uFB02")) {
    const advance = advances.get(character);
    if (advance === undefined) return null;
    units += advance + (kerned?.get(character) ?? 0);
    kerned = kerning.get(character);
  }
  return units;
}

/** A table of the font as it is looked up. */
interface Widths {
  readonly advances: ReadonlyMap<string, number>;
  /** By a character, then by the one that follows. */
  readonly kerning: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const tables = new Map<FontWeight, Widths>();

function tableOf(weight: FontWeight): Widths {
  const known = tables.get(weight);
  if (known !== undefined) return known;
  const {advances, kerning} = fontTables[weight];
  const rows = kerning.split("\n").flatMap((line) => {
    const [lefts = "", ...row] = line.split(" ");
    const kerned = numbersOf(row);
    return [...lefts].map((left) => [left, kerned] as const);
  });
  const table = {advances: numbersOf(advances.split(" ")), kerning: new Map(rows)};
  tables.set(weight, table);
  return table;
}

/** numbersOf(["1", "ac", "2", "b"]) //=> a to 1, c to 1, b to 2 */
function numbersOf(words: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (let at = 0; at < words.length; at += 2) {
    for (const character of words[at + 1]!) numbers.set(character, Number(words[at]));
  }
  return numbers;
}

/**
 * Breaks a text at blanks into at most `lines` lines of `width` px. What does not fit ends in an ellipsis; a word
 * wider than a line is cut.
 *
 * @example wrapText("Violent crime on the Metro system down 10%", 160, 2, 12) //=> ["Violent crime on the", "Metro system down 10%"]
 */
export function wrapText(text: string, width: number, lines: number, size: number, weight: FontWeight = 400): string[] {
  const fits = (line: string) => textWidth(line, size, weight) <= width;
  const wrapped: string[] = [];
  let last = 0;
  for (const word of text.split(/\s+/)) {
    if (word === "") continue;
    const units = wordUnits(word, weight);
    const longer = last + fontTables[weight].blank + units;
    if (wrapped.length > 0 && inPixels(longer, size, weight) <= width) {
      wrapped[wrapped.length - 1] += ` ${word}`;
      last = longer;
    } else if (wrapped.length === lines) return [...wrapped.slice(0, -1), cut(`${wrapped.at(-1)} ${word}`, fits)];
    else {
      const isWide = inPixels(units, size, weight) > width;
      wrapped.push(isWide ? cut(word, fits) : word);
      // Nothing stands behind what was cut.
      last = isWide ? Number.POSITIVE_INFINITY : units;
    }
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
  if (wrapped.length < 2) return wrapped;
  // The narrower the lines, the more there are: the narrowest that do are found by halving, in steps of 4 px.
  for (let [does, fails] = [0, Math.ceil(width / 8)]; fails - does > 1; ) {
    const middle = Math.floor((does + fails) / 2);
    const tried = wrapText(text, width - 4 * middle, lines, size, weight);
    if (tried.length > wrapped.length || tried.some((line) => line.endsWith(ellipsis))) fails = middle;
    else [does, wrapped] = [middle, tried];
  }
  return wrapped;
}

/** The longest beginning that fits together with an ellipsis. */
function cut(text: string, fits: (line: string) => boolean): string {
  const letters = [...text];
  while (letters.length > 0 && !fits(`${letters.join("").trimEnd()}${ellipsis}`)) letters.pop();
  return `${letters.join("").trimEnd()}${ellipsis}`;
}

const fonts = new Map<FontWeight, Font>();

/** Read for the first word with a character that is not in the table, which is seldom: to load fontkit takes a tenth of a second. */
function fontOf(weight: FontWeight): Font {
  const known = fonts.get(weight);
  if (known !== undefined) return known;
  const require = createRequire(import.meta.url);
  const {openSync} = require("fontkit") as typeof import("fontkit");
  const font = openSync(require.resolve(fontFiles[weight])) as Font;
  fonts.set(weight, font);
  return font;
}
