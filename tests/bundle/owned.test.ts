import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {main} from "../../pipeline/cli/program.ts";
import {records} from "../support/csv-records.ts";
import {readPdf} from "../support/read-pdf.ts";
import {writeOwned} from "./owned-project.ts";

let folder: string;
const say = async (...words: string[]) => {
  const said: string[] = [];
  const code = await main(words, {
    out: (text) => said.push(text),
    err: (text) => said.push(text),
    now: () => new Date("2024-04-05T12:00:00Z"),
    cwd: folder,
    terminal: false,
    version: "0.0.0-test"
  });
  return {code, said: said.join("")};
};
const run = async (...words: string[]) => {
  const {code, said} = await say(...words);
  expect(code, said).toBe(0);
};
const draft = (report: string, period: string) => join(folder, "out", report, period, "internal/draft");
const owner = (path: string) => readFileSync(join(draft("owner", "2024-03"), path), "utf8");
const quarterly = (path: string) => readFileSync(join(draft("quarterly", "2024-Q1"), path), "utf8");

/** What a page shows, without its elements, its drawings and its style. */
const words = (html: string) =>
  html
    .replace(/<(style|script|svg)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
/** Cells of the rows of a table, as text. */
const rowsOf = (html: string, table: string) => {
  const [, body = ""] = new RegExp(`<table(?: role="table")? id="${table}">([\\s\\S]*?)</table>`).exec(html) ?? [];
  return [...body.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)]
    .map(([, row]) => [...row!.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => words(cell!).trim()))
    .slice(1);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "milepost-owned-"));
  writeOwned(folder);
  await run("load");
  await run("report", "owner", "--period", "2024-03");
  await run("report", "quarterly", "--period", "2024-Q1");
}, 300_000);

afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe("a report by owner", () => {
  test("has a page for each owner, and one for what has none", () => {
    expect(readdirSync(join(draft("owner", "2024-03"), "owners")).sort()).toEqual([
      "no-lead-printed.html",
      "operations.html",
      "r-f.html"
    ]);
    for (const page of ["operations", "r-f", "no-lead-printed"])
      expect(owner("index.html")).toContain(`href="owners/${page}.html"`);
  });

  test("counts on its first page what stands with whom, as the data has it", () => {
    const rows = rowsOf(owner("index.html"), "by-owner-table");
    const data = records(owner("data/attainment.csv")).filter(
      ({binding, part}) => binding === "true" && part === "whole"
    );
    const of = (name: string) => data.filter((row) => row.owner === name);
    const count = (name: string, ...statuses: string[]) =>
      String(of(name).filter(({status}) => statuses.includes(status!)).length);
    for (const [name, key] of [
      ["Operations", "Operations"],
      ["R&F Records & Files", "R&F"],
      ["No lead printed", ""]
    ] as const) {
      const [, targets, late, missed, off, , on, met] = rows.find(([first]) => first === name)!;
      expect([targets, missed, off, on, met]).toEqual([
        String(of(key).length),
        count(key, "missed"),
        count(key, "off_track"),
        count(key, "on_track"),
        count(key, "met")
      ]);
      const overdue = of(key).filter(
        ({flags, status}) => flags!.split(";").includes("overdue") && status === "to_be_set"
      );
      expect(late).toBe(String(Number(missed) + Number(off) + overdue.length));
    }
    expect(rows.at(-1)!.slice(0, 2)).toEqual(["All", String(data.length)]);
  });

  test("names an owner in full where it is named first, and as the plan prints it where no source says more", () => {
    const titleOf = (page: string) => words(/<h1>[\s\S]*?<\/h1>/.exec(owner(`owners/${page}.html`))![0]);
    expect(titleOf("r-f")).toContain("Records & Files (R&F)");
    expect(titleOf("operations")).not.toContain("(");
    expect(words(owner("index.html"))).toContain("Records & Files (R&F)");
  });

  test("says what is late with the days, first what can still be done", () => {
    const rows = rowsOf(owner("owners/operations.html"), "late-owner-operations");
    expect(rows.map(([title, due, late]) => [title, due, late])).toEqual([
      ["Overdue, and still to be done", undefined, undefined],
      ["A paper by the end of the year m1", "31 December 2023", "91 days overdue"],
      ["Can't be met any more, or done late", undefined, undefined],
      ["Another paper by January m2", "31 January 2024", "40 days late"]
    ]);
    expect(words(owner("owners/r-f.html"))).toContain("Nothing of R&F is missed, off track or overdue");
  });

  test("says what is next: the day of a deliverable, the quarter of a cadence", () => {
    const rows = rowsOf(owner("owners/r-f.html"), "next-owner-r-f");
    expect(rows.map(([title, by, left]) => [title, by, left])).toEqual([
      ["A third paper by June m3", "15 June 2024", "76"],
      ["A post each quarter m4", "30 June 2024 2024-Q2", "91"]
    ]);
  });

  test("says which targets the register has no row of, and which it has", () => {
    expect(rowsOf(owner("owners/r-f.html"), "entries-owner-r-f")).toEqual([
      ["A third paper by June m3", "15 June 2024", "Not due", "a row with Target third in: Register of what was done"]
    ]);
    expect(words(owner("owners/operations.html"))).toContain(
      "No entry is missing: 2 targets counted from a register, each with a row."
    );
  });

  test("says nothing of an old register before it is too old", () => {
    for (const page of ["operations", "r-f"])
      expect(words(owner(`owners/${page}.html`))).not.toContain("last brought up to date");
  });

  test("shows on paper what its pages show", async () => {
    const {texts} = await readPdf(readFileSync(join(draft("owner", "2024-03"), "report.pdf")));
    const paper = texts.join(" ").replace(/\s+/g, " ");
    for (const said of ["91 days overdue", "40 days late", "A third paper by June", "Register of what was done"])
      expect(paper).toContain(said);
  });
});

describe("a quarterly report of a plan", () => {
  test("says on its first page what is late and whose it is", () => {
    const rows = rowsOf(quarterly("index.html"), "late-by-owner");
    const [operations] = rows.filter(([name]) => name === "Operations");
    expect(operations).toEqual([
      "Operations",
      "2",
      "1",
      "0",
      "1",
      "Missed A paper by the end of the year 91 days overdue"
    ]);
    expect(words(quarterly("index.html"))).toContain(
      "Of 14 late targets, 4 are overdue and still to be done, 3 are off track and can still be met and 7 can't be met any more or were done late."
    );
    expect(
      rowsOf(quarterly("index.html"), "late-table")
        .map(([title]) => title)
        .slice(0, 2)
    ).toEqual(["Operations: 1", "A paper by the end of the year m1"]);
    expect(quarterly("index.html")).toMatch(
      /<details class="fold"><summary>[^<]+: 7<\/summary><div[^>]*><table role="table" id="settled-table">/
    );
    expect(quarterly("index.html").indexOf('id="late-by-owner"')).toBeLessThan(
      quarterly("index.html").indexOf('id="by-goal"')
    );
  });

  test("tells of plain deliverables in a table of their initiative, to which the scorecard leads", () => {
    const page = quarterly("index.html");
    const rows = rowsOf(page, "plain-goal-1-1");
    expect(rows.map(([title]) => title)).toEqual([
      "Another paper by January m2 \u00b7 Operations",
      "A paper by the end of the year m1 \u00b7 Operations",
      "A third paper by June m3 \u00b7 R&F"
    ]);
    expect(page).toContain('href="#target-paper"');
    expect(page.match(/id="target-paper"/g)).toHaveLength(1);
    expect(existsSync(join(draft("quarterly", "2024-Q1"), "charts", "cumulative-pieces-2023-2024.svg"))).toBe(false);
  });

  test("leads nowhere that is not there", () => {
    const page = quarterly("index.html");
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const lost = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!).filter((id) => !ids.has(id));
    expect(lost).toEqual([]);
  });

  test("tells reported results beside what is counted over the same days, in data as on the page", () => {
    const rows = rowsOf(quarterly("index.html"), "reported-table");
    const [counted, plain, state] = records(quarterly("data/reported.csv"));
    expect(counted).toMatchObject({
      milestone: "m7",
      claimed: "9000",
      comparator: "",
      counted_from: "2023-01-01",
      counted_to: "2023-12-31"
    });
    expect(Number(counted!.value)).toBeGreaterThan(300);
    expect(rows[0]).toEqual([
      "Events of 2023 m7",
      "9,000 events, 2023",
      "2024 Yearly report, p. 3",
      `${counted!.value} events, 1 January to 31 December 2023`
    ]);
    expect(plain).toMatchObject({claimed: "80%", value: "", measure: ""});
    expect(rows[1]!.at(-1)).toBe("\u2013");
    expect(state).toMatchObject({comparator: "above", period_from: "2019-04-01", counted_to: "2024-03-31"});
    expect(rows[2]).toEqual([
      "Sworn officers m9",
      "more than 120 officers, April 2019",
      "2024 Yearly report, p. 5",
      `${state!.value} officers, 31 March 2024`
    ]);
  });

  test("says at its end what is not measured, and why", () => {
    const page = quarterly("index.html");
    expect(rowsOf(page, "not-measured-table").at(-1)).toEqual([
      "A feeling of safety m6 \u00b7 2023-2024",
      "Operations",
      "Nobody asks how people feel."
    ]);
    expect(words(page)).toContain("Of 9 milestones, 5 have targets, 3 report a result, and 1 is not measured");
  });
});

test.each([
  ["m6", "A feeling of safety: Nobody asks how people feel."],
  ["m7", "Events of 2023: reported as a result or a claim, not promised"]
])("asked for the milestone %s, which has no target, it tells why", async (milestone, why) => {
  const {code, said} = await say("explain", milestone);
  expect(code).toBe(2);
  expect(said).toContain("milestone-not-measured");
  expect(said).toContain(why);
});

test("an old register is told on the pages of those who keep it", async () => {
  rmSync(join(folder, "warehouse"), {recursive: true});
  rmSync(join(folder, "inbox/register-2024-03-31.csv"));
  await run("load");
  await run("report", "owner", "--period", "2024-03", "--through", "2024-03-31");
  const page = words(owner("owners/r-f.html"));
  expect(page).toContain(
    "Register of what was done: last brought up to date on 15 January 2024, 76 days before 31 March 2024; 45 days are allowed."
  );
}, 120_000);
