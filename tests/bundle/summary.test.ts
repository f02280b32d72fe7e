import {describe, expect, test} from "vitest";
import type {AttainmentRow, Status} from "../../pipeline/attainment/contract.ts";
import {bindingRows, pageModel} from "../../pipeline/bundle/page.ts";
import type {Block, PageModel, Section} from "../../pipeline/bundle/page-model.ts";
import {summaryLines, summarySection} from "../../pipeline/bundle/summary.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import {bundleRequest} from "./fixture.ts";

const request = bundleRequest();
const rows = bindingRows(request.rows);
const targets = new Map(request.project.targets.map((target) => [target.target, target]));

const summaryOf = (own: readonly AttainmentRow[]) =>
  summarySection(own, targets, "2024-03-31", {gapChart: null, hasScorecard: true, late: null});
const withStatus = (...wanted: Status[]) =>
  rows.slice(0, wanted.length).map((row, index) => ({...row, status: wanted[index]!}));
const lead = (own: readonly AttainmentRow[]) => summaryLines(own, "2024-03-31")[0];

describe("the summary says in words how many stand where", () => {
  test.each<[Status[], string]>([
    [
      ["met", "on_track", "on_track", "off_track"],
      "of 4 binding targets, 1 is met, 2 are on track and 1 is off track."
    ],
    [["missed"], "the one binding target is missed."],
    [["too_early", "no_data"], "none of 2 binding targets can be decided yet."],
    [["met", "no_data"], "of 2 binding targets, 1 is met. 1 can't be decided yet."],
    [["met", "tracked"], "the one binding target is met. 1 measure without a goal is only tracked."]
  ])("%j", (statuses, expected) => {
    expect(lead(withStatus(...statuses))).toBe(`Counted through 31 March 2024: ${expected}`);
  });

  test("with no target at all it says so", () => {
    expect(lead([])).toBe("No target with a goal falls in this period. Counted through 31 March 2024.");
  });
});

test("what needs attention comes worst first, three of them, with reason and owner", () => {
  const worst = withStatus("at_risk", "off_track", "missed", "missed", "off_track");
  const section = summaryOf(
    worst.map((row, index) => ({...row, progress_share: index / 10, status_reason: `Reason ${index}.`}))
  );
  const items = itemsUnder(section.blocks, "Needs attention");
  expect(items.map(({status, text}) => [status, text])).toEqual([
    ["missed", "Reason 2. Owner: Operations."],
    ["missed", "Reason 3. Owner: Operations."],
    ["off_track", "Reason 1. Owner: Operations."]
  ]);
  const texts = section.blocks.flatMap((block) => (block.kind === "text" ? [block.text] : []));
  expect(texts).toContain("2 more are at risk, off track or missed: see the scorecard.");
});

test("nothing to worry about is said, not left out", () => {
  const [, second] = summaryLines(withStatus("met", "on_track"), "2024-03-31");
  expect(second).toBe("No binding target is at risk, off track or missed.");
});

test("a change is told by the goal's direction, never over a small base, and with both numbers", () => {
  const section = summaryOf(rows);
  const items = itemsUnder(section.blocks, "Moved the way the plan asks");
  expect(items.map(({text}) => text)).toEqual([
    "Down 6.8%: 14,004 incidents, 15,033 on the same days a year earlier.",
    "Down 2.7%: 1,401 incidents, 1,440 on the same days a year earlier."
  ]);
});

test("each open target is listed with its reason", () => {
  const items = itemsUnder(summaryOf(rows).blocks, "Not decided yet, and why");
  expect(items.map(({status}) => status)).toEqual(["too_early", "no_data"]);
});

test("segments beside a target are in no count of the summary and in no row of the scorecard", () => {
  expect(request.rows.length).toBeGreaterThan(rows.length);
  const model = pageModel(request);
  const table = section(model, "scorecard").blocks.find((block) => block.kind === "table")!;
  expect(table.groups.flatMap((group) => group.rows)).toHaveLength(rows.length);
});

test("sections come as the report asks for them, and only those", () => {
  const report = {...request.report, sections: ["methods" as const, "summary" as const]};
  expect(pageModel({...request, report}).sections.map(({id}) => id)).toEqual(["methods", "summary"]);
});

test("data quality tells each extract, its rejects by reason and which partitions are behind", () => {
  const behind = {
    ...request,
    through: "2024-03-31",
    rows: request.rows.map((row) => ({...row, through: "2024-04-01"}))
  };
  const words = JSON.stringify(section(pageModel(behind), "data-quality"));
  expect(words).toContain("1 extract with 12,004 records: 12,001 kept, 3 rejected. All of them are synthetic.");
  expect(words).toContain("unknown segment: 1, unreadable value: 2");
  expect(words).toContain(
    "in 0 of 3 Areas; not covered: Hill (to 31 March 2024), Lake (to 31 March 2024) and Harbor Gate (to 31 March 2024)"
  );
});

test("an extract that newer ones replace whole is counted nowhere, and does not make the report synthetic", () => {
  const [load] = request.knowledge.loads;
  const real = {...load!, id: "bbbbbbbbbbbb", file: "real.csv", synthetic: false, sequence: 2, extracted: "2024-04-02"};
  const loads = [load!, real];
  const {project} = request;
  const coverages = new Map([
    ["incidents", coverageOf(project.roster, project.sources.get("incidents")!, loads, "America/Los_Angeles")]
  ]);
  const model = pageModel({...request, knowledge: {...request.knowledge, loads}, coverages});
  expect(model.synthetic).toBeNull();
  const words = JSON.stringify(section(model, "data-quality"));
  expect(words).toContain("1 earlier extract is replaced whole by newer ones and counted nowhere.");
  expect(words).toContain("real.csv");
  expect(words).not.toContain("incidents-2023.csv");
});

function section({sections}: PageModel, id: string): Section {
  return sections.find((one) => one.id === id)!;
}

function itemsUnder(blocks: readonly Block[], heading: string) {
  const start = blocks.findIndex((block) => block.kind === "heading" && block.text === heading);
  const block = blocks.slice(start + 1).find(({kind}) => kind === "items");
  return block?.kind === "items" ? block.items : [];
}
