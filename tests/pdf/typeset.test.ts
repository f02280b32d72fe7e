import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {readAssets} from "../../pipeline/bundle/assets.ts";
import type {ChartBlock} from "../../pipeline/bundle/page-model.ts";
import {paperInputs} from "../../pipeline/bundle/pdf.ts";
import {openTypesetter} from "../../pipeline/bundle/typeset.ts";
import {paperModel, paperSection} from "./paper-model.ts";

const drawingOf = (word: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100" font-family="Public Sans">` +
  `<rect x="10" y="10" width="90" height="50" fill="#004488"/><text x="10" y="90" font-size="12">${word}</text></svg>`;

const chartOf = (svg: string): ChartBlock => ({
  kind: "chart",
  id: "drawn",
  title: "Drawn",
  alt_text: "A box",
  svg,
  narrow_svg: null,
  table: {columns: [{title: "A", numeric: false}], rows: [["1"]]},
  widths: [10],
  table_title: "Numbers",
  elsewhere: {section: null, text: "Elsewhere."},
  paper_width: 1,
  tall: false
});

let scratch: string;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "milepost-typeset-"));
});

afterEach(() => rm(scratch, {recursive: true}));

/** The paper that shows a drawing, after others were expected. */
async function paperOf(drawing: string, expected: readonly (readonly string[])[]): Promise<Buffer> {
  const {template, truetype} = await readAssets();
  const typesetter = await openTypesetter({truetype, scratch});
  try {
    for (const some of expected) typesetter.expect(some);
    const {inputs} = paperInputs(paperModel([paperSection("one", [chartOf(drawing)])]), truetype);
    return Buffer.from(typesetter.set({template, inputs, made: 0}));
  } finally {
    await typesetter.close();
  }
}

test("paper is the same, byte by byte, whatever was expected before", async () => {
  const shown = drawingOf("shown");
  const alone = await paperOf(shown, []);
  expect(await paperOf(shown, [[shown]])).toEqual(alone);
  expect(await paperOf(shown, [[drawingOf("another")], [shown, drawingOf("third")]])).toEqual(alone);
  expect(await paperOf(drawingOf("another"), [[shown]])).not.toEqual(alone);
});

test("a drawing that can't be read is told when it is set, not when it is expected", async () => {
  const broken = "<svg";
  const shown = drawingOf("shown");
  expect(await paperOf(shown, [[broken, shown]])).toEqual(await paperOf(shown, []));
  await expect(paperOf(broken, [[broken]])).rejects.toThrow(/the template can't be set: .*SVG/);
});

test("nothing is left in the scratch folder", async () => {
  await paperOf(drawingOf("shown"), [[drawingOf("shown")]]);
  expect(await readdir(scratch)).toEqual([]);
});
