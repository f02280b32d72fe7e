import {beforeAll, describe, expect, test} from "vitest";
import {readAssets} from "../../pipeline/bundle/assets.ts";
import {type Bundle, buildBundle} from "../../pipeline/bundle/bundle.ts";
import {type BundleRequest, segmentKeyOf} from "../../pipeline/bundle/contract.ts";
import type {ComparisonRow} from "../../pipeline/comparisons/contract.ts";
import {meetingRequest, meetingRoster} from "../bundle/meeting-request.ts";
import {type PdfNode, type ReadPdf, readPdf} from "../support/read-pdf.ts";

describe("the meeting's report on paper", () => {
  let request: BundleRequest;
  let bundle: Bundle;
  let pdf: ReadPdf;

  beforeAll(async () => {
    request = await meetingRequest();
    bundle = await buildBundle(request, await readAssets());
    pdf = await readPdf(contentsOf(bundle, "report.pdf") as Uint8Array);
  }, 120_000);

  test("has one sheet for each segment, in order, with its table, its targets and its four trends", () => {
    const titles = meetingRoster.segments.map(({type, name}) => (type === "area" ? `${name} Area` : name));
    const sheets = titles.map((title) => sheetsOf(pdf, title));
    const first = sheets[0]![0]!;
    expect(sheets).toEqual(titles.map((_, index) => [first + index]));
    for (const [index, sheet] of sheets.entries()) {
      const words = pdf.texts[sheet[0]!]!;
      const {name} = meetingRoster.segments[index]!;
      for (const part of ["counts compared", "targets"]) expect(words).toContain(`${name}: ${part}`);
      for (const trend of ["Total violent", "Total property", "Total Part I", "Traffic collisions"]) {
        expect(words, name).toContain(`${trend} by month`);
      }
      const figures = allOf(pdf.trees[sheet[0]!]!, "Figure");
      expect(figures.length, name).toBeGreaterThanOrEqual(4);
      for (const {alt} of figures) expect(alt).toMatch(/\S/);
    }
    // What follows the last segment begins on a sheet of its own.
    expect(pdf.texts[first + titles.length]).toContain("Data quality");
  });

  test("is a tagged PDF/UA-1 whose bookmarks lead to every segment", () => {
    expect(pdf.xmp).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
    expect(pdf.outline.map(({title}) => title)).toEqual([
      "Summary",
      "Comparisons",
      ...meetingRoster.segments.map(({type, name}) => (type === "area" ? `${name} Area` : name)),
      "Data quality",
      "Methods"
    ]);
  });

  test("prints each row that was compared as its page does, and both print the counts of the rows", () => {
    const {rows} = request.comparisons!;
    expect(rows).toHaveLength(26 * 14);
    for (const {type, code, name} of meetingRoster.segments) {
      const key = segmentKeyOf({type, code});
      const own = rows.filter(({segment_type, segment}) => segment_type === type && segment === code);
      const onPage = rowsOnPage(String(contentsOf(bundle, `areas/${key}.html`)), `compared-${key}`);
      const [sheet] = sheetsOf(pdf, type === "area" ? `${name} Area` : name);
      const onPaper = rowsOnPaper(pdf.trees[sheet!]!);
      expect(onPage.map(([title]) => title)).toEqual(own.map(({title}) => title));
      for (const [index, row] of own.entries()) {
        const place = `${name}, ${row.title}`;
        expect(onPaper, place).toContainEqual(onPage[index]);
        expect(onPage[index], place).toEqual(asPrinted(row));
      }
    }
  });

  test("prints on the overview's tables, by segment, what each segment's page prints", () => {
    const html = String(contentsOf(bundle, "index.html"));
    for (const measure of ["violent", "property", "part_one"]) {
      const own = request.comparisons!.rows.filter((row) => row.measure === measure);
      expect(rowsOnPage(html, `compared-by-segment-${measure}`)).toEqual(
        own.map((row) => [row.segment_name, ...asPrinted(row).slice(1)])
      );
    }
  });
});

test("targets too many for one sheet flow on to the next, and none is lost", async () => {
  const request = await meetingRequest();
  const one = request.rows.find(({segment, segment_type}) => segment_type === "area" && segment === "3")!;
  const many = Array.from({length: 60}, (_, index) => ({...one, title: `Promise ${index} of many`}));
  const own = {...request, rows: [...request.rows, ...many]};
  const pdf = await readPdf(contentsOf(await buildBundle(own, await readAssets()), "report.pdf") as Uint8Array);
  const all = pdf.texts.join(" ");
  for (const {title} of many) expect(all).toContain(title);
}, 120_000);

test("hostile names and titles are printed on the segments' sheets, and nothing more comes of them", async () => {
  const hostile = (title: string) => `${title} #read("/etc/passwd") *x* $1$ <b> \\ ${"w".repeat(60)} \u{1f694}`;
  const bundle = await buildBundle(await meetingRequest(hostile), await readAssets());
  const pdf = await readPdf(contentsOf(bundle, "report.pdf") as Uint8Array);
  expect(bundle.unprintable).toEqual(["\u{1f694}"]);
  const bare = (text: string) => text.replaceAll(/\s/g, "");
  const heads = pdf.trees.flatMap((tree) => allOf(tree, "H1").map(({text}) => bare(text)));
  for (const {name} of meetingRoster.segments) {
    const printed = bare(hostile(name)).replace("\u{1f694}", "?");
    expect(heads.some((head) => head.startsWith(printed))).toBe(true);
  }
}, 120_000);

const contentsOf = ({files}: Bundle, path: string) => files.find((file) => file.path === path)!.contents;

/** The sheets that begin with a title; from 0. */
function sheetsOf({trees}: ReadPdf, title: string): number[] {
  return trees.flatMap((tree, index) => (allOf(tree, "H1").some(({text}) => text === title) ? [index] : []));
}

function allOf(node: PdfNode, role: string): PdfNode[] {
  return [...(node.role === role ? [node] : []), ...node.children.flatMap((child) => allOf(child, role))];
}

function rowsOnPaper(tree: PdfNode): string[][] {
  return allOf(tree, "TR").map((tr) => allOf(tr, "TD").map(({text}) => text));
}

function rowsOnPage(html: string, id: string): string[][] {
  const table = new RegExp(`<table[^>]*id="${id}">(.*?)</table>`, "s").exec(html)![1]!;
  const body = /<tbody.*<\/tbody>/s.exec(table)![0];
  return [...body.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, tr]) =>
    [...tr!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) =>
      cell!
        .replaceAll(/<[^>]+>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim()
    )
  );
}

/** Worked out from the row's counts and kinds alone, as the domain's rules say it: not with the product's own words. */
function asPrinted(row: ComparisonRow): string[] {
  const count = (value: number | null) => (value === null ? "\u2013" : value.toLocaleString("en-US"));
  const change = (kind: ComparisonRow["change_28_days_kind"], now: number | null, before: number | null) => {
    if (kind === "series_break") return "not comparable";
    if (now === null || before === null) return "\u2013";
    if (before === 0) return "N.C.";
    const tenths = Math.round(Math.abs((1000 * (now - before)) / before));
    const size = before < 10 ? `${Math.abs(now - before)}` : `${(tenths / 10).toFixed(1)}%`;
    if (now === before || (before >= 10 && tenths === 0)) return size;
    const isBetter = now < before === (row.better === "lower");
    return `${now < before ? "\u2212" : "+"}${size} ${isBetter ? "better" : "worse"}`;
  };
  return [
    row.title,
    count(row.current_28_days),
    count(row.previous_28_days),
    change(row.change_28_days_kind, row.current_28_days, row.previous_28_days),
    count(row.year_to_date),
    count(row.last_year),
    change(row.change_last_year_kind, row.year_to_date, row.last_year),
    count(row.two_years_before),
    change(row.change_two_years_before_kind, row.year_to_date, row.two_years_before)
  ];
}
