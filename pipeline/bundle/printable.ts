import {createRequire} from "node:module";
import type {Font} from "fontkit";
import type {PageModel} from "./page-model.ts";

/** Characters beyond ASCII that the font has, of those that reports hold: the font itself is opened for others alone. */
export const knownCharacters = "§·×÷±½¼¾áéíóúüñÁÉÍÓÚÜÑ¿¡–—‘’“”•…−≤≥≠";

/** Line ends and tabs are blanks on paper. */
const blank = /[\t\n\r]/;

/** What has to be looked up: the font has the printable characters of ASCII, and drawings are megabytes of these. */
const unusual = /[^ -~]/u;
const everyUnusual = new RegExp(unusual, "gu");

/** Texts that are printed and may hold a word too long for its place; members of a list are cells of a chart's table. */
const softened = new Set(["title", "text", "note", "value"]);

export interface Printable {
  /** The model as JSON, for the template. */
  readonly json: string;
  /** Characters that the font can't show; sorted. */
  readonly unprintable: readonly string[];
}

/**
 * The model as paper takes it. Every character that the font lacks is a question mark: a PDF/UA may not hold a letter
 * without a shape, and another font found on the machine would make other bytes on the next one. Long words may break.
 */
export function printable(model: PageModel, truetype: Buffer): Printable {
  const lacking = new Set<string>();
  const shown = new Map([...knownCharacters].map((character) => [character, character]));
  let font: Font | null = null;
  const show = (character: string): string => {
    if (blank.test(character)) return " ";
    font ??= openFont(truetype);
    if (font.hasGlyphForCodePoint(character.codePointAt(0)!)) return character;
    lacking.add(character);
    return "?";
  };
  const clean = (text: string) => {
    if (!unusual.test(text)) return text;
    return text.normalize("NFC").replace(everyUnusual, (character) => {
      const known = shown.get(character) ?? show(character);
      shown.set(character, known);
      return known;
    });
  };
  const json = JSON.stringify(model, function (this: unknown, key, value: unknown) {
    // Of two drawings paper has one; both would be twice as much to hand over.
    if (key === "narrow_svg") return undefined;
    if (typeof value !== "string") return value;
    const isSoft = Array.isArray(this) || (softened.has(key) && this !== model);
    return isSoft ? breakable(clean(value)) : clean(value);
  });
  return {json, unprintable: [...lacking].sort()};
}

/** A zero-width space where a long word may break: after the marks that names of files are made of, and anywhere in a very long part. */
function breakable(text: string): string {
  return text.replace(/[^ ]{15,}/g, (word) =>
    word
      .split(/(?<=[-._/])/)
      .map((part) => (part.length > 22 ? part.replace(/(?<=.)\P{M}/gsu, "\u200b$&") : part))
      .join("\u200b")
  );
}

/** A third of a second, so for a rare character alone. */
function openFont(truetype: Buffer): Font {
  const {create} = createRequire(import.meta.url)("fontkit") as typeof import("fontkit");
  return create(truetype) as Font;
}
