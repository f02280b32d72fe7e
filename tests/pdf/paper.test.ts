import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {beforeAll, describe, expect, test} from "vitest";
import {readAssets} from "../../pipeline/bundle/assets.ts";
import {type Bundle, buildBundle} from "../../pipeline/bundle/bundle.ts";
import type {BundleRequest} from "../../pipeline/bundle/contract.ts";
import {statusMarks} from "../../pipeline/charts/contract.ts";
import {drawnRequest} from "../bundle/drawn-request.ts";
import {bundleRequest, wanted} from "../bundle/fixture.ts";
import {nodesOf, type ReadPdf, readPdf} from "../support/read-pdf.ts";

const titles = Object.fromEntries(wanted.map(({id, title}) => [id, title]));

const contentsOf = ({files}: Bundle, path: string) => files.find((file) => file.path === path)!.contents;

describe("The report on paper", () => {
  let request: BundleRequest;
  let bundle: Bundle;
  let pdf: ReadPdf;

  beforeAll(async () => {
    request = await drawnRequest();
    bundle = await buildBundle(request, await readAssets());
    pdf = await readPdf(contentsOf(bundle, "report.pdf") as Uint8Array);
  });

  test("is a tagged PDF/UA-1 with language and title", () => {
    expect(pdf.marked).toBe(true);
    expect(pdf.xmp).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
    expect(pdf.language).toBe("en");
    expect(pdf.title).toBe("Quarterly report, 1 January to 31 March 2024");
  });

  test("has a bookmark for every section, and each target under its initiative", () => {
    expect(pdf.outline.map(({title}) => title)).toEqual([
      "Summary",
      "Scorecard",
      "Goal 1. Fewer incidents",
      "Goal 2. More presence",
      "Data quality",
      "Methods"
    ]);
    expect(pdf.outline[2]!.items).toEqual(["Initiative A. On the streets", "Initiative B. Near schools"]);
  });

  test("describes each figure in words", () => {
    const {gap, targets, timelines, segments} = request.charts;
    const charts = [gap!, ...targets.values(), ...[...timelines.values()].flat(), ...segments.values()].map(
      ({wide}) => wide.alt_text
    );
    const figures = nodesOf(pdf, "Figure").map(({alt}) => alt);
    expect(figures.toSorted()).toEqual(charts.toSorted());
  });

  test("has a header in each table and a caption over it", () => {
    const tables = nodesOf(pdf, "Table");
    expect(tables.length).toBeGreaterThan(wanted.length);
    for (const table of tables) expect(table.children.map(({role}) => role)).toContain("THead");
    expect(tables.flatMap(({children}) => children.filter(({role}) => role === "Caption")).length).toBeGreaterThan(0);
  });

  test("says DRAFT, synthetic and the page's number on every page", () => {
    expect(pdf.texts).toHaveLength(pdf.pages);
    for (const [index, text] of pdf.texts.entries()) {
      expect(text).toContain("DRAFT");
      expect(text).toContain("Made from synthetic extracts");
      expect(text).toContain("An invented plan, issued by nobody.");
      expect(text).toContain(`Page ${index + 1} of ${pdf.pages}`);
    }
  });

  test("an issue carries its number and its publisher, and no DRAFT", async () => {
    const request = {...bundleRequest(), issue: {number: 3, by: "A. Analyst"}};
    const issued = await readPdf(
      contentsOf(await buildBundle(request, await readAssets()), "report.pdf") as Uint8Array
    );
    expect(issued.texts.join(" ")).not.toContain("DRAFT");
    expect(issued.texts[0]).toContain("Internal, issue 3, published by A. Analyst");
  });

  test("prints the same figures as the page and the CSV, for every binding target", () => {
    const rows = csvRows(contentsOf(bundle, "data/attainment.csv") as string).filter(({binding}) => binding === "true");
    const onPaper = scorecardOnPaper(pdf);
    const onPage = scorecardOnPage(contentsOf(bundle, "index.html") as string);
    expect(rows.map(({target}) => target)).toEqual(wanted.map(({id}) => id));
    for (const row of rows) {
      const title = titles[row.target!]!;
      const paper = onPaper.get(title);
      expect(paper, title).toBeDefined();
      expect(onPage.get(title), title).toEqual(paper);
      const [actual, expected, goal, , status] = paper!;
      expect(actual, title).toBe(asPrinted(row.actual_value!));
      expect(expected, title).toBe(asPrinted(row.expected_to_date!));
      expect(goal!.split(" ")[0], title).toBe(asPrinted(row.target_value!));
      const word = statusMarks[row.status as keyof typeof statusMarks].word;
      expect(status!.toLowerCase().startsWith(word), `${title}: ${status}`).toBe(true);
      expect(status, title).toContain(row.status_reason);
    }
  });
});

test("hostile titles are printed and nothing more comes of them", async () => {
  const hostile = (title: string) =>
    `${title} #read("/etc/passwd") *x* $1$ <script> \\ "q" ${"w".repeat(150)} \u{1f694}`;
  const bundle = await buildBundle(bundleRequest(hostile), await readAssets());
  const pdf = await readPdf(contentsOf(bundle, "report.pdf") as Uint8Array);
  expect(bundle.unprintable).toEqual(["\u{1f694}"]);
  const title = `#read("/etc/passwd") *x* $1$ <script> \\ "q" ${"w".repeat(150)} ?`;
  const headings = nodesOf(pdf, "H3").map(({text}) => text.replaceAll(" ", ""));
  for (const {title: own} of wanted) {
    expect(headings.some((text) => text.startsWith(`${own}${title}`.replaceAll(" ", "")))).toBe(true);
  }
});

test("the printer finds nothing on the machine: only the fonts that milepost brings are embedded", async () => {
  const bundle = await buildBundle(
    bundleRequest((title) => `${title} \u0639`),
    await readAssets()
  );
  const fonts = Buffer.from(contentsOf(bundle, "report.pdf") as Uint8Array)
    .toString("latin1")
    .match(/\/FontName \/[A-Z]{6}\+[\w-]+/g);
  expect(fonts!.length).toBeGreaterThan(0);
  for (const font of fonts!) expect(font).toMatch(/PublicSans/);
  const licence = createRequire(import.meta.url).resolve("@expo-google-fonts/public-sans/LICENSE_FONT");
  expect(readFileSync(licence, "utf8")).toMatch(/Open Font License/i);
});

/** Grouped by thousands, at most one decimal, a dash for nothing: read off the contract, not off the code. */
function asPrinted(value: string): string {
  if (value === "") return "\u2013";
  return Number(value).toLocaleString("en-US", {maximumFractionDigits: 1}).replace("-", "\u2212");
}

/** Title -> the other cells of its row in the scorecard. */
function scorecardOnPaper(pdf: ReadPdf): Map<string, string[]> {
  const rows = nodesOf(pdf, "TR").map(({children}) => children.filter(({role}) => role === "TD").map(({text}) => text));
  return new Map(
    rows.flatMap(([first, ...cells]) => {
      const title = Object.values(titles).find((one) => first?.startsWith(one));
      return title === undefined || cells.length !== 5 ? [] : [[title, cells] as const];
    })
  );
}

function scorecardOnPage(html: string): Map<string, string[]> {
  const table = /<table[^>]*id="scorecard-table">(.*?)<\/table>/s.exec(html)![1]!;
  const rows = [...table.matchAll(/<tr role="row">(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => plainText(cell!))
  );
  return new Map(
    rows.flatMap(([first, ...cells]) => {
      const title = Object.values(titles).find((one) => first?.startsWith(one));
      return title === undefined ? [] : [[title, cells] as const];
    })
  );
}

function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Enough of RFC 4180 for a bundle's own files. */
function csvRows(text: string): Record<string, string>[] {
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? ""
      )
    );
  const [columns, ...rows] = lines;
  return rows.map((cells) => Object.fromEntries(columns!.map((column, index) => [column, cells[index] ?? ""])));
}
