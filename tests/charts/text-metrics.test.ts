import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import sparticuz from "@sparticuz/chromium";
import {chromium} from "playwright-core";
import {describe, expect, it} from "vitest";
import {textWidth, wrapEvenly, wrapText} from "../../pipeline/charts/text-metrics.ts";

const samples = [
  "31,216 last year",
  "28,094.4 target",
  "\u2212115.3 ahead",
  "AVATAR To Ty P. 77th Street",
  "through 30 September 2024",
  "Part I crime in the Neighborhood Engagement Areas of the"
];

describe("textWidth", () => {
  it("is what a browser measures, within a pixel, at every size and weight in use and lines as long as charts have", async () => {
    const require = createRequire(import.meta.url);
    const face = (weight: number) => {
      const file = require.resolve(`@fontsource/public-sans/files/public-sans-latin-${weight}-normal.woff2`);
      const data = readFileSync(file).toString("base64");
      return `@font-face{font-family:"Public Sans";font-weight:${weight};src:url(data:font/woff2;base64,${data})}`;
    };
    const texts = samples.flatMap((text) =>
      [400, 600].flatMap((weight) => [11, 12, 14].map((size) => ({text, weight: weight as 400 | 600, size})))
    );
    const browser = await chromium.launch({executablePath: await sparticuz.executablePath(), args: sparticuz.args});
    const page = await browser.newPage();
    await page.setContent(
      `<style>${face(400)}${face(600)}text{font-family:"Public Sans"}</style><svg width="900" height="900">${texts
        .map(
          ({text, size, weight}, i) => `<text y="${i * 20}" font-size="${size}" font-weight="${weight}">${text}</text>`
        )
        .join("")}</svg>`
    );
    const measured = await page.evaluate(
      `document.fonts.ready.then(() => [...document.querySelectorAll("text")].map((text) => text.getComputedTextLength()))`
    );
    await browser.close();
    for (const [index, {text, size, weight}] of texts.entries()) {
      const difference = Math.abs(textWidth(text, size, weight) - (measured as number[])[index]!);
      expect(difference, `${text} at ${size}/${weight}`).toBeLessThan(1);
    }
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
