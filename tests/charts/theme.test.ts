import {describe, expect, it} from "vitest";
import {statuses} from "../../pipeline/attainment/contract.ts";
import {standingMarks, statusMarks} from "../../pipeline/charts/theme.ts";

describe("marks", () => {
  it("tell each status by a word, a shape, a path and a glyph of its own", () => {
    for (const key of ["word", "shape", "path", "glyph"] as const) {
      expect(new Set(statuses.map((status) => statusMarks[status][key])).size).toBe(statuses.length);
    }
  });

  it("stay in the box from -1 to 1, and have one glyph", () => {
    for (const {path, glyph} of [...Object.values(statusMarks), ...Object.values(standingMarks)]) {
      for (const [number] of path.matchAll(/-?[\d.]+/g)) expect(Math.abs(Number(number))).toBeLessThanOrEqual(1);
      expect([...glyph]).toHaveLength(1);
    }
  });

  it("contrast with white: marks 3:1, words 4.5:1 (WCAG 1.4.11, 1.4.3)", () => {
    for (const {colour, text_colour} of [...Object.values(statusMarks), ...Object.values(standingMarks)]) {
      expect(contrastOnWhite(colour)).toBeGreaterThanOrEqual(3);
      expect(contrastOnWhite(text_colour)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("show words with blanks, as people read them", () => {
    expect(statusMarks.on_track.word).toBe("on track");
    expect(statusMarks.not_comparable.word).toBe("not comparable");
  });
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrastOnWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
