import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {readAssets} from "../../pipeline/bundle/assets.ts";
import {plain, type TableBlock} from "../../pipeline/bundle/page-model.ts";
import {renderPdf} from "../../pipeline/bundle/pdf.ts";
import {nodesOf, readPdf} from "../support/read-pdf.ts";
import {paperModel, paperSection} from "./paper-model.ts";

const tableOf = (id: string, title: string, screen_links: boolean): TableBlock => ({
  kind: "table",
  id,
  caption: id,
  columns: [{title: "Target", numeric: false}],
  widths: [100],
  narrow: "cards",
  dense: true,
  screen_links,
  groups: [{title: null, rows: [[{...plain(title), section: "led-to"}]]}]
});

test("a title leads to its section, but in a table that is looked up from there, and is printed all the same", async () => {
  const model = paperModel([
    paperSection("leading", [tableOf("first", "Leads there", false), tableOf("second", "Stays here", true)]),
    paperSection("led-to", [{kind: "text", style: "body", text: "Here it is."}])
  ]);
  const scratch = await mkdtemp(join(tmpdir(), "milepost-links-"));
  try {
    const {pdf} = await renderPdf(model, await readAssets(), 0, scratch);
    const read = await readPdf(pdf);
    expect(nodesOf(read, "Link").map(({text}) => text)).toEqual(["Leads there"]);
    expect(read.texts.join(" ")).toContain("Stays here");
  } finally {
    await rm(scratch, {recursive: true});
  }
});
