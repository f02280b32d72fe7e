import {createRequire} from "node:module";
import type {Font} from "fontkit";
import type {PageModel} from "./page-model.ts";

/** Line ends and tabs are blanks on paper. */
const blank = /[\t\n\r]/;

/** What has to be looked up: the font has the printable characters of ASCII, and drawings are megabytes of these. */
const unusual = /[^ -~]/gu;

/**
 * The model with every character that the font lacks replaced by a question mark: a PDF/UA may not hold a letter
 * without a shape, and another font found on the machine would make other bytes on the next one.
 */
export function printable(model: PageModel, truetype: Buffer): {text: PageModel; unprintable: string[]} {
  // In the form in which the charts have it loaded already: its other form is another tenth of a second.
  const {create} = createRequire(import.meta.url)("fontkit") as typeof import("fontkit");
  const font = create(truetype) as Font;
  const lacking = new Set<string>();
  const shown = new Map<string, string>();
  const show = (character: string): string => {
    if (blank.test(character)) return " ";
    if (font.hasGlyphForCodePoint(character.codePointAt(0)!)) return character;
    lacking.add(character);
    return "?";
  };
  const clean = (text: string) =>
    text.normalize("NFC").replace(unusual, (character) => {
      const known = shown.get(character) ?? show(character);
      shown.set(character, known);
      return known;
    });
  const text = mapTexts(model, clean) as PageModel;
  return {text, unprintable: [...lacking].sort()};
}

function mapTexts(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((part) => mapTexts(part, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapTexts(part, clean)]));
}
