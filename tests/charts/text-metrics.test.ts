import {createRequire} from "node:module";
import fc from "fast-check";
import type {Font} from "fontkit";
import {describe, expect, it} from "vitest";
import {fontTables} from "../../pipeline/charts/font-table.ts";
import {fontFiles, textWidth, wrapEvenly, wrapText} from "../../pipeline/charts/text-metrics.ts";

/**
 * What Chromium 143 answers for `getComputedTextLength()` of SVG text in @fontsource/public-sans 5.3.0, in px: at 11,
 * 12 and 14 px of weight 400, then of weight 600.
 */
const measured: readonly [string, ...number[]][] = [
  ["31,216 last year", 78.8, 86, 100.3, 80.7, 88.1, 102.8],
  ["28,094.4 target", 80.1, 87.4, 102, 82.4, 89.9, 104.9],
  ["\u2212115.3 ahead", 65.4, 71.4, 83.3, 66.8, 72.9, 85.1],
  ["AVATAR To Ty P. 77th Street", 141.9, 154.8, 180.6, 144.2, 157.4, 183.6],
  ["through 30 September 2024", 145.8, 159.1, 185.6, 148.4, 161.9, 188.8],
  ["Part I crime in the Neighborhood Engagement Areas of the", 297.4, 324.5, 378.5, 301.2, 328.5, 383.3]
];

describe("textWidth", () => {
  it.each(measured)("of %s is what a browser measures, within a pixel", (text, ...widths) => {
    const ours = ([400, 600] as const).flatMap((weight) => [11, 12, 14].map((size) => textWidth(text, size, weight)));
    for (const [index, width] of ours.entries()) expect(Math.abs(width - widths[index]!)).toBeLessThan(1);
  });
});

describe("wrapText", () => {
  const title = "Violent crime on the Metro system down 10%";

  it("breaks at blanks, and every line fits", () => {
    const lines = wrapText(title, 160, 2, 12);
    expect(lines).toEqual(["Violent crime on the Metro", "system down 10%"]);
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(160);
  });

  it("ends in an ellipsis when there is more", () => {
    const lines = wrapText(title, 100, 2, 12);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/\u2026$/);
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(100);
  });

  it("cuts a word wider than the line", () => {
    expect(wrapText("Unpronounceablylongword", 60, 2, 12)).toEqual([expect.stringMatching(/^Unpro.*\u2026$/)]);
  });

  it("has no lines for no words", () => {
    expect(wrapText("  ", 60, 2, 12)).toEqual([]);
  });
});

it("wraps evenly: no last line of one short word", () => {
  expect(wrapEvenly("Fatal and severe hit-and-run collisions down 5%", 246, 2, 12)).toEqual([
    "Fatal and severe hit-and-run",
    "collisions down 5%"
  ]);
});

describe.each([400, 600] as const)("the table of weight %s", (weight) => {
  const require = createRequire(import.meta.url);
  const font = (require("fontkit") as typeof import("fontkit")).openSync(require.resolve(fontFiles[weight])) as Font;
  const tabled = [...fontTables[weight].advances].filter((character) => character !== " ");
  const isSame = (word: string) => {
    expect(textWidth(word, font.unitsPerEm, weight), word).toBeCloseTo(font.layout(word).advanceWidth, 6);
  };

  it("is the font's", () => {
    expect(fontTables[weight].unitsPerEm).toBe(font.unitsPerEm);
    expect(fontTables[weight].blank).toBe(font.layout(" ").advanceWidth);
  });

  it("tells the width of each character before each other", () => {
    const sought = [...new Set(tabled)];
    for (const left of sought) isSame(sought.map((right) => `${left}${right}`).join(""));
  });

  it("tells the width of any word, with its ligatures", () => {
    const part = fc.constantFrom("fi", "fl", "ffi", "ff", "f", ...tabled);
    fc.assert(
      fc.property(fc.array(part, {minLength: 1, maxLength: 12}), (parts) => isSame(parts.join(""))),
      {numRuns: 500, seed: 1}
    );
  });
});

it.each(["Straße", "naïve", "Łódź"])("measures %s, which the table can't", (word) => {
  const known = textWidth("Strasse", 12);
  expect(textWidth(word, 12)).toBeGreaterThan(known / 3);
  expect(textWidth(word, 12)).toBeLessThan(known * 1.5);
});
