import {createHash} from "node:crypto";
import {beforeAll, describe, expect, test} from "vitest";
import {attainmentDataColumns} from "../../pipeline/attainment/contract.ts";
import {type BundleAssets, readAssets} from "../../pipeline/bundle/assets.ts";
import {buildBundle} from "../../pipeline/bundle/bundle.ts";
import {actualColumns, type BundleFile, type BundleRequest} from "../../pipeline/bundle/contract.ts";
import {escapeHtml} from "../../pipeline/bundle/escape.ts";
import {renderHtml} from "../../pipeline/bundle/html.ts";
import {sortedJson} from "../../pipeline/bundle/manifest.ts";
import {pageModel} from "../../pipeline/bundle/page.ts";
import {bundleRequest, wanted} from "./fixture.ts";
import {meetingRequest} from "./meeting-request.ts";

const textOf = (files: readonly BundleFile[], path: string) =>
  String(files.find((file) => file.path === path)?.contents);

describe("a bundle", () => {
  let assets: BundleAssets;
  let files: readonly BundleFile[];

  beforeAll(async () => {
    assets = await readAssets();
    ({files} = await buildBundle(bundleRequest(), assets));
  });

  test("holds page, paper, data, charts and manifest, and nothing else", () => {
    const charts = ["gap", ...wanted.map(({id}) => `cumulative-${id}`)];
    expect(files.map(({path}) => path).sort()).toEqual(
      [
        "index.html",
        "report.pdf",
        ...["attainment", "actuals"].flatMap((name) =>
          ["csv", "parquet", "arrow"].map((kind) => `data/${name}.${kind}`)
        ),
        "data/rejects-by-reason.csv",
        "manifest.json",
        ...charts.flatMap((id) => [`charts/${id}.svg`, `charts/${id}.vl.json`])
      ].sort()
    );
  });

  test("has the same bytes when it is built again", async () => {
    const again = await buildBundle(bundleRequest(), assets);
    expect(again.files.map(({path, contents}) => [path, sha256(contents)])).toEqual(
      files.map(({path, contents}) => [path, sha256(contents)])
    );
  });

  test("its manifest names every other file by size and SHA-256, with sorted keys and no path of a machine", () => {
    const text = textOf(files, "manifest.json");
    const manifest = JSON.parse(text) as {outputs: {path: string; bytes: number; sha256: string}[]};
    const others = files.filter(({path}) => path !== "manifest.json");
    expect(manifest.outputs).toEqual(
      others
        .map(({path, contents}) => ({bytes: Buffer.from(contents as string).length, path, sha256: sha256(contents)}))
        .sort((a, b) => (a.path < b.path ? -1 : 1))
    );
    expect(text).toBe(sortedJson(manifest));
    expect(text).not.toMatch(/"\/|[A-Z]:\\\\|nowhere/);
  });

  test("its manifest tells what it was made from", () => {
    expect(JSON.parse(textOf(files, "manifest.json"))).toMatchObject({
      report: "quarterly",
      period: {name: "2024-Q1", from: "2024-01-01", to: "2024-03-31"},
      edition: "internal",
      issue: null,
      through: "2024-03-31",
      as_of: "2024-04-12T16:30:00Z",
      definitions: "d".repeat(64),
      synthetic: "all",
      notice: "An invented plan, issued by nobody.",
      inputs: [{file: "incidents-2023.csv", sha256: "a".repeat(64), records: 12004, kept: 12001, rejected: 3}]
    });
  });

  test("its data has the contract's columns, and a row for each reason of rejects", () => {
    expect(textOf(files, "data/attainment.csv").split("\n")[0]).toBe(attainmentDataColumns.join(","));
    expect(textOf(files, "data/actuals.csv")).toBe(
      `${actualColumns.join(",")}\nincidents,city,all,month,2024-01-01,2024-01-31,,,158,158\n`
    );
    expect(textOf(files, "data/rejects-by-reason.csv").split("\n").slice(1, 3)).toEqual([
      `incidents,aaaaaaaaaaaa,incidents-2023.csv,${"a".repeat(64)},unknown_segment,1`,
      `incidents,aaaaaaaaaaaa,incidents-2023.csv,${"a".repeat(64)},unreadable_value,2`
    ]);
  });

  test("its page stands alone: no script, nothing fetched, a policy that allows its own style only", () => {
    const html = textOf(files, "index.html");
    const style = /<style>(.*?)<\/style>/s.exec(html)![1]!;
    const hash = createHash("sha256").update(style).digest("base64");
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).not.toContain("unsafe");
    expect(html).not.toMatch(/<script|<link|<iframe| style="| on[a-z]+="/i);
    expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\//);
  });

  test("its model can be sent through JSON: text and numbers, nothing hidden", () => {
    const model = pageModel(bundleRequest());
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});

describe("text of users", () => {
  test.each([
    [`<b a="1">'x'</b> & co`, "&lt;b a=&quot;1&quot;&gt;&#39;x&#39;&lt;/b&gt; &amp; co"],
    ["&amp;", "&amp;amp;"],
    ["a\u0000b\u0008c\ufffe", "abc"],
    ["tab\tline\nend", "tab\tline\nend"],
    ["\u{1f694} \u4e2d", "\u{1f694} \u4e2d"],
    ["half \ud83d a pair", "half  a pair"]
  ])("%j enters the page as %j", (text, expected) => {
    expect(escapeHtml(text)).toBe(expected);
  });

  test("makes no element and no attribute, wherever it stands", async () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)> ' onload='x' </style></title>`;
    const assets = await readAssets();
    const whole = (request: BundleRequest) =>
      renderHtml(pageModel(request), assets)
        .map(({contents}) => String(contents))
        .join("");
    const titles = (title: string) => title + hostile;
    expect(elements(whole(bundleRequest(titles)))).toEqual(elements(whole(bundleRequest())));
    // A longer title takes more lines of a drawing; nothing that acts may come into one, see below.
    const undrawn = (html: string) => html.replaceAll(/<svg[^>]* role="img".*?<\/svg>/gs, "");
    const meeting = whole(await meetingRequest(titles));
    expect(elements(undrawn(meeting))).toEqual(elements(undrawn(whole(await meetingRequest()))));
    expect(meeting).not.toMatch(/<img|<script>alert|<[^>]* on[a-z]+="/);
  });

  test("a drawing that brings a script, a style or a link is a bug, not a page", async () => {
    const assets = await readAssets();
    for (const part of [
      "<script>1</script>",
      '<g style="x"/>',
      '<a href="https://x.example/">x</a>',
      '<g onload="x"/>'
    ]) {
      const request = bundleRequest();
      const gap = request.charts.gap!;
      const wide = {...gap.wide, svg: gap.wide.svg.replace("</svg>", `${part}</svg>`)};
      const broken: BundleRequest = {...request, charts: {...request.charts, gap: {...gap, wide}}};
      expect(() => renderHtml(pageModel(broken), assets), part).toThrow(/no page may carry/);
    }
  });
});

/** Names of all elements and attributes, as often as they come. */
function elements(html: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [tag] of html.matchAll(/<[a-z][^>]*>/gi)) {
    const names = [/^<([a-z0-9]+)/i.exec(tag)![1]!, ...[...tag.matchAll(/\s([a-z-]+)="/gi)].map(([, name]) => name!)];
    for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function sha256(contents: string | Uint8Array): string {
  return createHash("sha256").update(contents).digest("hex");
}
