import {createHash} from "node:crypto";
import {beforeAll, describe, expect, test} from "vitest";
import {type BundleAssets, readAssets} from "../../pipeline/bundle/assets.ts";
import {byLine, comparisonTable, rowNotes, windowNotes} from "../../pipeline/bundle/comparison-table.ts";
import {type BundleRequest, segmentKeyOf} from "../../pipeline/bundle/contract.ts";
import {renderHtml} from "../../pipeline/bundle/html.ts";
import {pageModel} from "../../pipeline/bundle/page.ts";
import type {Block, Cell, Section} from "../../pipeline/bundle/page-model.ts";
import {shortRange} from "../../pipeline/bundle/words.ts";
import type {ComparisonRow, Windows} from "../../pipeline/comparisons/contract.ts";
import {meetingRequest, meetingRoster} from "./meeting-request.ts";

const year = (name: number, to = "12-29") => ({from: `${name}-01-01`, to: `${name}-${to}`});
const windows: Windows = {
  current: {from: "2018-12-02", to: "2018-12-29"},
  previous: {from: "2018-11-04", to: "2018-12-01"},
  year_to_date: year(2018),
  last_year: year(2017),
  two_years_before: year(2016)
};

const row: ComparisonRow = {
  measure: "collisions",
  title: "Traffic collisions",
  unit: "collisions",
  better: "lower",
  total: false,
  segment_type: "area",
  segment: "5",
  segment_name: "Harbor",
  through: "2018-12-29",
  current_28_days: 1203,
  previous_28_days: 1300,
  change_28_days: 1203 / 1300 - 1,
  change_28_days_kind: "percent",
  year_to_date: 12,
  last_year: 9,
  change_last_year: 12 / 9 - 1,
  change_last_year_kind: "counts_only",
  two_years_before: 0,
  change_two_years_before: null,
  change_two_years_before_kind: "not_calculable",
  reason_code: null,
  reason: null
};

/** What the row of a table prints, one text a cell. */
const printed = (own: Partial<ComparisonRow>) =>
  comparisonTable({id: "t", caption: "t", head: byLine}, windows, [{...row, ...own}]).groups[0]!.rows[0]!.map(
    ({text, way, note}: Cell) => [text, way, note].filter((part) => part).join(" ")
  );

describe("the table that officers know", () => {
  test("prints the counts, and a change as percent, as counts under 10, as N.C. over 0", () => {
    expect(printed({})).toEqual([
      "Traffic collisions",
      "1,203",
      "1,300",
      "\u22127.5% better",
      "12",
      "9",
      "+3 worse",
      "0",
      "N.C."
    ]);
  });

  test.each<[string, Partial<ComparisonRow>, string]>([
    ["a fall where less is wanted", {current_28_days: 90, previous_28_days: 100}, "\u221210.0% better"],
    ["a rise where less is wanted", {current_28_days: 110, previous_28_days: 100}, "+10.0% worse"],
    ["a rise where more is wanted", {better: "higher", current_28_days: 110, previous_28_days: 100}, "+10.0% better"],
    [
      "a fall where more is wanted",
      {better: "higher", current_28_days: 90, previous_28_days: 100},
      "\u221210.0% worse"
    ],
    ["a change where nothing is wanted", {better: "none", current_28_days: 90, previous_28_days: 100}, "\u221210.0%"],
    ["a fall by a hair's breadth", {current_28_days: 996, previous_28_days: 1000}, "\u22120.4%"],
    ["a rise by a hair's breadth", {current_28_days: 1009, previous_28_days: 1000}, "+0.9%"],
    ["a fall by 1%", {current_28_days: 990, previous_28_days: 1000}, "\u22121.0% better"],
    [
      "a hair's breadth where nothing is wanted",
      {better: "none", current_28_days: 996, previous_28_days: 1000},
      "\u22120.4%"
    ],
    ["no change", {current_28_days: 100, previous_28_days: 100}, "0.0%"],
    ["a change that prints as none", {current_28_days: 9999, previous_28_days: 10000}, "0.0%"],
    ["no change of few", {current_28_days: 3, previous_28_days: 3, change_28_days_kind: "counts_only"}, "0"],
    ["fewer of few", {current_28_days: 3, previous_28_days: 9, change_28_days_kind: "counts_only"}, "\u22126 better"],
    ["none after none", {current_28_days: 0, previous_28_days: 0, change_28_days_kind: "not_calculable"}, "N.C."],
    ["what is not known", {current_28_days: null, change_28_days_kind: "not_known"}, "\u2013"],
    ["what was counted otherwise", {change_28_days_kind: "series_break"}, "not comparable"]
  ])("says of %s %#: its way by what is wanted, never by the sign", (_, own, expected) => {
    expect(printed(own)[3]).toBe(expected);
  });

  test("says in the head of each column which days it counts", () => {
    const {columns} = comparisonTable({id: "t", caption: "t", head: byLine}, windows, [row]);
    expect(columns.map(({title, note}) => `${title}: ${note ?? ""}`)).toEqual([
      "Counted: ",
      "Current 28 days: 2\u201329\u00a0Dec 2018",
      "Previous 28 days: 4\u00a0Nov\u20131\u00a0Dec 2018",
      "Change: from the previous 28 days",
      "Year to date: 1\u00a0Jan\u201329\u00a0Dec 2018",
      "Last year: 1\u00a0Jan\u201329\u00a0Dec 2017",
      "Change: from last year",
      "Two years before: 1\u00a0Jan\u201329\u00a0Dec 2016",
      "Change: from two years before"
    ]);
    expect(shortRange("2017-12-17", "2018-01-13")).toBe("17\u00a0Dec\u00a02017\u201313\u00a0Jan 2018");
    expect(shortRange("2018-01-13", "2018-01-13")).toBe("13\u00a0Jan 2018");
  });

  test("owns up where the same dates are not as many days", () => {
    expect(windowNotes({...windows, two_years_before: year(2015)}, false)).toEqual([]);
    expect(windowNotes(windows, true)).toEqual([
      "Counted by the date of occurrence.",
      "The same dates, but not as many days because of 29 February: 363 days in the year to date, 363 in last year's, " +
        "364 two years before."
    ]);
  });

  test("explains only what occurs, and gives the reason of what is not known once for all rows that share it", () => {
    const named = ({title}: ComparisonRow) => title;
    const plain = {change_last_year_kind: "percent", change_two_years_before_kind: "percent"} as const;
    expect(rowNotes([{...row, ...plain}], named)).toEqual([]);
    expect(rowNotes([row], named)).toEqual([
      "N.C. (not calculable): the earlier count is 0.",
      "With fewer than 10 before, the difference of the counts stands in place of a percentage."
    ]);
    const unknown = {...row, ...plain, reason_code: "not_covered", reason: "only 31 of 89 days are covered"};
    expect(rowNotes([unknown, {...unknown, title: "Robbery"}], named)).toEqual([
      "A dash stands for not known: only 31 of 89 days are covered."
    ]);
    expect(rowNotes([unknown, {...row, ...plain, title: "Robbery"}], named)).toEqual([
      "A dash stands for not known in Traffic collisions: only 31 of 89 days are covered."
    ]);
  });
});

describe("the meeting's bundle", () => {
  let assets: BundleAssets;
  let request: BundleRequest;

  beforeAll(async () => {
    assets = await readAssets();
    request = await meetingRequest();
  }, 60_000);

  const sectionsOf = (own: BundleRequest) => pageModel(own).sections;
  const find = (sections: readonly Section[], id: string) => sections.find((section) => section.id === id)!;
  const kindsOf = ({blocks}: Section) => blocks.map(({kind}) => kind);
  const textsOf = (blocks: readonly Block[]) => blocks.flatMap((block) => (block.kind === "text" ? [block.text] : []));

  test("has a page for each segment, in the order given, with a key each: 26 are a to z", () => {
    const pages = sectionsOf(request).flatMap(({page}) => (page === undefined ? [] : [page]));
    expect(pages.map(({file}) => file)).toEqual(meetingRoster.segments.map((one) => `areas/${segmentKeyOf(one)}.html`));
    expect(pages.map(({key}) => key).join("")).toBe("abcdefghijklmnopqrstuvwxyz");
    expect(pages.flatMap(({begins, name}) => (begins ? [name] : []))).toEqual(["North Bureau", "Hill"]);
  });

  test("has digits for more segments than letters, and then no key", () => {
    const first = request.comparisons!.rows[0]!;
    const many = Array.from({length: 40}, (_, index) => ({...first, segment_type: "area", segment: `${index}`}));
    const own = {...request, comparisons: {...request.comparisons!, rows: many, trends: []}};
    const keys = sectionsOf(own).flatMap(({page}) => (page === undefined ? [] : [page.key]));
    expect(keys.slice(24)).toEqual(["y", "z", ..."123456789", null, null, null, null, null]);
  });

  test("has on a segment's page its table, its targets, their gap and its trends; targets are judged only where they bind", () => {
    const sections = sectionsOf(request);
    expect(kindsOf(find(sections, "segment-area-3"))).toEqual([
      "text",
      "items",
      "table",
      "text",
      "table",
      "chart",
      "charts"
    ]);
    const standings = (id: string, own = request) =>
      find(sectionsOf(own), id)
        .blocks.flatMap((block) => (block.kind === "table" && block.id.startsWith("targets-") ? block.groups : []))
        .flatMap(({rows}) => rows.map((cells) => cells.at(-1)!.status));
    expect(standings("segment-city-all")).toEqual(["at_risk", "off_track", "on_track", "missed", "too_early", "met"]);
    for (const {type, code} of meetingRoster.segments.slice(1)) {
      for (const standing of standings(`segment-${type}-${code}`)) expect(["ahead", "behind"]).toContain(standing);
    }
    const early = request.rows.map((row) => ({...row, status: "too_early" as const}));
    expect(standings("segment-area-3", {...request, rows: early})).toEqual(["too_early"]);
  });

  test("says so on the page of a segment that no target is shown for", () => {
    const own = {...request, rows: request.rows.filter(({segment_type}) => segment_type !== "area")};
    const section = find(sectionsOf(own), "segment-area-3");
    expect(textsOf(section.blocks)).toContain("No target of this period is set for, or shown by, Harbor Gate.");
  });

  test("shows all segments at once, each total a table, in the order given", () => {
    const tables = find(sectionsOf(request), "comparisons").blocks.filter((block) => block.kind === "table");
    expect(tables.map(({caption}) => caption)).toEqual([
      "Sample City: counts compared",
      "Total violent",
      "Total property",
      "Total Part I"
    ]);
    for (const {groups} of tables.slice(1)) {
      const first = groups.flatMap(({rows}) => rows.map((cells) => cells[0]!));
      expect(first.map(({text}) => text)).toEqual(meetingRoster.segments.map(({name}) => name));
      expect(first.map(({section}) => section)).toEqual(
        meetingRoster.segments.map((one) => `segment-${segmentKeyOf(one)}`)
      );
    }
  });

  test("tells of refused extracts at the head of the report and of the data quality, with time, reason and no value", () => {
    const sections = sectionsOf(request);
    const itemsOf = (block: Block | undefined) => (block?.kind === "items" ? block.items : []);
    expect(itemsOf(find(sections, "summary").blocks[1])).toEqual([
      {
        title: "1 extract was refused",
        section: "data-quality",
        status: null,
        text: "incidents-2024-03.csv: not counted in this report until corrected and loaded."
      }
    ]);
    expect(itemsOf(find(sections, "data-quality").blocks[0])).toEqual([
      {
        title: "Warning: incidents-2024-03.csv was refused",
        section: null,
        status: null,
        text:
          "Incidents, one row a report. Refused 2 April 2024, 06:00 (America/Los Angeles): Too many records are rejected, " +
          "so nothing of the file is kept. 14 of 1,204 records were rejected. Nothing of it is counted; what was known " +
          "before stands."
      }
    ]);
    for (const {page, blocks} of sections) {
      if (page !== undefined)
        expect(itemsOf(blocks[1]), page.file).toEqual(itemsOf(find(sections, "summary").blocks[1]));
    }
    for (const {path, contents} of renderHtml(pageModel(request), assets).slice(1)) {
      expect(String(contents), path).toContain('<a href="../index.html#data-quality">1 extract was refused</a>');
    }
    const without = {...request, report: {...request.report, sections: ["comparisons" as const]}};
    expect(itemsOf(find(sectionsOf(without), "comparisons").blocks[0])[0]!.section).toBeNull();
    const elsewhere = request.knowledge.refusals.map((refusal) => ({...refusal, source: "unread"}));
    const unread = {...request, knowledge: {...request.knowledge, refusals: elsewhere}};
    expect(JSON.stringify(pageModel(unread))).not.toContain("refused");
  });

  test("says its days once in the head of a segment's page and once over its table", () => {
    const [overview, ...pages] = renderHtml(pageModel(request), assets).map(({contents}) => String(contents));
    const head = (html: string) => /<header.*?<\/header>/s.exec(html)![0];
    expect(head(overview!)).toContain("Current 28 days");
    for (const html of pages) {
      expect(head(html)).not.toMatch(/28d-|Current 28 days/);
      const body = /<main.*?<\/main>/s.exec(html)![0];
      expect(body).not.toContain("3 March to 30 March 2024");
      expect(body.split("3\u201330\u00a0Mar").length - 1).toBe(1);
    }
  });

  test("tells how far the extracts reach, beyond the last day counted as well", () => {
    const told = (codes: readonly string[], last: string) => {
      const {knowledge} = request;
      const covered = codes.map((partition) => ({
        partition,
        days: [["2022-07-01", partition === "2" ? last : "2024-04-09"] as const]
      }));
      const loads = knowledge.loads.map((load) => ({...load, covered}));
      const {sections} = find(sectionsOf({...request, knowledge: {...knowledge, loads}}), "data-quality");
      return sections.flatMap(({blocks}) => textsOf(blocks)).find((text) => text.startsWith("Covered"));
    };
    const all = meetingRoster.segments.flatMap(({type, code}) => (type === "area" ? [code] : []));
    expect(told(all, "2024-04-01")).toBe("Covered through 1 April 2024 in all 21 Areas.");
    expect(told(all, "2024-03-30")).toBe(
      "Covered through 9 April 2024 in 20 of 21 Areas; not covered: Lake (to 30 March 2024)."
    );
  });

  test("explains its table in the methods, and only where it has one", () => {
    const methods = (own: BundleRequest) => JSON.stringify(find(sectionsOf(own), "methods"));
    expect(methods(request)).toContain("Four whole weeks, 3 March to 30 March 2024");
    expect(methods({...request, comparisons: null})).not.toContain("How counts are compared");
  });

  test("is dense with links, and none leads to a section that the report leaves out", () => {
    const model = pageModel({...request, report: {...request.report, sections: ["summary", "scorecard"]}});
    expect(JSON.stringify(model)).not.toContain('"section":"target-');
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  test("has on each page the same style, one script, and a policy that allows both by their hashes alone", () => {
    const files = renderHtml(pageModel(request), assets);
    expect(files).toHaveLength(27);
    for (const {path, contents} of files) {
      const html = String(contents);
      const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
      const style = /<style>(.*?)<\/style>/s.exec(html)![1]!;
      const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script]) => script!);
      expect(scripts, path).toEqual([assets.script]);
      expect(policy, path).toBe(
        `default-src 'none'; style-src 'sha256-${hash(style)}'; script-src 'sha256-${hash(assets.script)}'; ` +
          "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
      );
      expect(html.replaceAll("http://www.w3.org/2000/svg", ""), path).not.toMatch(/https?:\/\/|<link|<iframe| style="/);
      expect(html.length, path).toBeLessThan(path === "index.html" ? 600_000 : 250_000);
    }
  });
});

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
