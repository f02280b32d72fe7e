import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {main} from "../../pipeline/cli/program.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";

/** A project whose two years of ten incidents a month anybody can count. */
const files: Readonly<Record<string, string>> = {
  "milepost.yaml": `
title: Small town
time_zone: America/Los_Angeles
calendar: {week_starts: sunday, fiscal_year_starts: 07-01}
paths: {inbox: inbox, warehouse: warehouse, out: out}
segments: seeds/segments.csv
`,
  "seeds/segments.csv": `type,code,name,aliases,parent_type,parent_code,valid_from,valid_to
city,all,Small Town,,,,,
area,1,North,,city,all,,
area,2,South,,city,all,,
`,
  "sources/incidents.yaml": `
source: incidents
title: Incidents
files: ["incidents-*.csv"]
delivery: period
covers: {from: rows}
date: occurred_on
columns:
  occurred_on: {from: Date, type: date, formats: ["yyyy-MM-dd"], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  incidents: {title: Incidents, count: rows, nature: outcome, better: lower, unit: incidents}
`,
  "targets/incidents.yaml": `
- target: fewer
  title: Incidents down 10%
  measure: incidents
  goal: {change: -10%}
  baseline: {period: previous}
  period: "2024"
  by_segment: [area]
`,
  "reports/quarterly.yaml": `
report: quarterly
title: Quarterly report
period: quarter
audience: The mayor
segments: [area]
sections: [summary, scorecard, goal-pages, data-quality, methods]
`
};

let folder: string;
let out: string;
let err: string;
let terminal = false;

const run = async (...words: string[]) => {
  out = "";
  err = "";
  return main(words, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => new Date("2024-07-05T12:00:00Z"),
    cwd: folder,
    terminal,
    version: "0.0.0-test"
  });
};

const draft = () => join(folder, "out/quarterly/2024-Q2/internal/draft");
const shelf = () => dirname(draft());
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const issueArguments = ["issue", "quarterly", "--period", "2024-Q2", "--by", "A. Analyst"];

/** An incident every third day from the first to the last day, turn about in both areas. */
const extract = (year: number, lastMonth: number) => {
  const lines = ["Date,Area"];
  const end = Date.UTC(year, lastMonth, 0);
  for (let day = Date.UTC(year, 0, 1), index = 0; day <= end; day += 864e5, index += 1) {
    if (index % 3 === 0 || day === end) lines.push(`${new Date(day).toISOString().slice(0, 10)},${(index % 2) + 1}`);
  }
  return `${lines.join("\n")}\n`;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "milepost-publish-"));
  for (const [path, text] of Object.entries({
    ...files,
    "inbox/incidents-2023.csv": extract(2023, 12),
    "inbox/incidents-2024.csv": extract(2024, 6)
  })) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  expect(await run("load"), err).toBe(0);
});

afterEach(() => rmSync(folder, {recursive: true, force: true}));

describe("report", () => {
  test("makes a draft of the last quarter covered to its end, and says where it is", async () => {
    expect(await run("report", "quarterly"), err).toBe(0);
    expect(out).toMatch(/^quarterly 2024-Q2, draft\nCounted through 30 June 2024: the one binding target /);
    expect(out).toContain("out/quarterly/2024-Q2/internal/draft/index.html");
    expect(readdirSync(draft()).sort()).toEqual(["charts", "data", "index.html", "manifest.json", "report.pdf"]);
    expect(read("out/quarterly/2024-Q2/internal/draft/index.html")).toContain("DRAFT");
    // The definitions are kept before anything is made by them.
    expect(readdirSync(join(folder, "warehouse/definitions")).length).toBeGreaterThan(0);
    expect(readdirSync(shelf())).toEqual(["draft"]);
  });

  test("the same again is unchanged and leaves every byte; a damaged draft is made anew, with the same bytes", async () => {
    await run("report", "quarterly");
    const before = everything(draft());
    expect(await run("report", "quarterly")).toBe(0);
    expect(out).toContain("unchanged");
    expect(everything(draft())).toEqual(before);
    writeFileSync(join(draft(), "index.html"), "scribbled over");
    expect(await run("report", "quarterly")).toBe(0);
    expect(out).not.toContain("unchanged");
    expect(everything(draft())).toEqual(before);
  });

  test("with --png each chart is a picture too, and without it none is", async () => {
    const drawn = (ending: string) =>
      readdirSync(join(draft(), "charts"))
        .filter((name) => name.endsWith(ending))
        .map((name) => name.slice(0, -ending.length));
    expect(await run("report", "quarterly", "--png"), err).toBe(0);
    expect(drawn(".png").length).toBeGreaterThan(0);
    expect(drawn(".png")).toEqual(drawn(".svg"));
    const [first] = drawn(".png");
    const bytes = readFileSync(join(draft(), "charts", `${first}.png`));
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(await run("report", "quarterly"), err).toBe(0);
    expect(drawn(".png")).toEqual([]);
  });

  test("a mended definition, another last day and a new load each make another draft", async () => {
    await run("report", "quarterly");
    const manifests = [read("out/quarterly/2024-Q2/internal/draft/manifest.json")];
    const steps = [
      async () => run("report", "quarterly", "--through", "2024-05-31"),
      async () => {
        writeFileSync(
          join(folder, "targets/incidents.yaml"),
          files["targets/incidents.yaml"]!.replace("-10%\n  measure", "-9%\n  measure").replace(
            "change: -10%",
            "change: -9%"
          )
        );
        return run("report", "quarterly");
      },
      async () => {
        writeFileSync(join(folder, "inbox/incidents-2024.csv"), extract(2024, 6).replace("2024-04-03,", "2024-04-04,"));
        await run("load");
        return run("report", "quarterly");
      }
    ];
    for (const step of steps) {
      expect(await step(), err).toBe(0);
      expect(out).not.toContain("unchanged");
      manifests.push(read("out/quarterly/2024-Q2/internal/draft/manifest.json"));
    }
    expect(new Set(manifests.map((text) => JSON.parse(text).knowledge)).size).toBe(4);
  });

  test("by as-of nothing is known before the first load", async () => {
    expect(await run("report", "quarterly", "--as-of", "2024-07-01")).toBe(1);
    expect(err).toContain("Nothing is loaded yet");
  });

  test.each([
    [["report", "quartely"], 2, 'Did you mean "quarterly"?'],
    [["report", "quarterly", "--period", "2024-01"], 2, "a quarter, such as 2024-Q1"],
    [["report", "quarterly", "--period", "2025-Q1"], 1, "No day of 2025-Q1 is covered"],
    [["report", "quarterly", "--period", "2024-Q2", "--through", "2024-07-01"], 2, "2024-04-01 to 2024-06-30"],
    [["report", "quarterly", "--edition", "public"], 2, "error  edition-not-supported"],
    [["issue", "quarterly", "--edition", "public"], 2, "--edition public is not supported yet"],
    [["report", "quarterly", "--edition", "secret"], 2, "error  bad-arguments"],
    [["issue", "quarterly", "--period", "2024-Q2"], 2, "--by"],
    [["issue", "quarterly", "--by", "B. Officer"], 2, '--period 2024-Q2 --by "B. Officer"']
  ])("%j ends with %i and says %s", async (words, code, said) => {
    expect(await run(...words)).toBe(code);
    expect(err).toContain(said);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  test("prints JSON on demand, and writes where it is told to", async () => {
    expect(await run("report", "quarterly", "--format", "json", "--out", "elsewhere"), err).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({
      outcome: "written",
      report: "quarterly",
      period: "2024-Q2",
      number: null,
      warnings: []
    });
    expect(answer.page).toBe(join(folder, "elsewhere/quarterly/2024-Q2/internal/draft/index.html"));
    expect(existsSync(answer.paper)).toBe(true);
  });

  test("says in a log what it does, step by step; on a terminal one line moves, and is gone at the end", async () => {
    await run("report", "quarterly");
    const steps = ["reading what is known", "drawing charts", "writing pages, paper and data"];
    expect(err.match(/^quarterly 2024-Q2: .*$/gm)).toEqual(steps.map((step) => `quarterly 2024-Q2: ${step}`));
    rmSync(join(folder, "warehouse/cache/rollups"), {recursive: true});
    terminal = true;
    await run(...issueArguments);
    terminal = false;
    expect(err).toMatch(/quarterly 2024-Q2: counting 2 of 2 loads of incidents/);
    expect(err).toMatch(/quarterly 2024-Q2 {2}drawing {2}\d+ charts?/);
    expect(err).not.toContain("\n");
    expect(err.endsWith("\r\u001b[2K")).toBe(true);
    expect(out).toContain("quarterly 2024-Q2, issue 1");
  });

  test("a draft whose writer was stopped between two renames is there again after the next call", async () => {
    await run("report", "quarterly");
    const before = everything(draft());
    renameSync(draft(), join(shelf(), ".draft.00000000.former"));
    expect(await run("report", "quarterly")).toBe(0);
    expect(everything(draft())).toEqual(before);
    expect(readdirSync(shelf())).toEqual(["draft"]);
  });
});

test("two drafts at once leave one whole draft and nothing beside it", async () => {
  const codes = await Promise.all([run("report", "quarterly"), run("report", "quarterly", "--through", "2024-05-31")]);
  expect(codes, err).toEqual([0, 0]);
  expect(readdirSync(shelf())).toEqual(["draft"]);
  const {outputs} = JSON.parse(read("out/quarterly/2024-Q2/internal/draft/manifest.json"));
  expect(Object.keys(everything(draft()))).toHaveLength(outputs.length + 1);
});

describe("issue", () => {
  test("publishes under the next number, with an entry in the ledger and the way to it", async () => {
    expect(await run(...issueArguments), err).toBe(0);
    expect(out).toContain("issue 1");
    const entry = (await readLedger(join(folder, "warehouse"))).at(-1)!;
    const manifest = read("out/quarterly/2024-Q2/internal/1/manifest.json");
    expect(entry).toMatchObject({
      kind: "issue",
      issue: {
        report: "quarterly",
        period: "2024-Q2",
        number: 1,
        by: "A. Analyst",
        through: "2024-06-30",
        folder: "quarterly/2024-Q2/internal/1",
        knowledge: JSON.parse(manifest).knowledge
      }
    });
    expect(JSON.parse(read("out/quarterly/2024-Q2/internal/latest.json"))).toMatchObject({
      number: 1,
      page: "1/index.html"
    });
    expect(read("out/quarterly/2024-Q2/internal/latest.html")).toContain("url=1/index.html");
    expect(read("out/quarterly/2024-Q2/internal/1/index.html")).not.toContain("DRAFT");
    expect(readdirSync(shelf()).sort()).toEqual(["1", "latest.html", "latest.json"]);
  });

  test("the same knowledge and definitions give no new one; a new load gives the next, and the first stays", async () => {
    await run(...issueArguments);
    const first = everything(join(shelf(), "1"));
    expect(await run(...issueArguments)).toBe(0);
    expect(out).toContain("unchanged");
    writeFileSync(join(folder, "inbox/incidents-2024.csv"), extract(2024, 6).replace("2024-04-03,", "2024-04-04,"));
    await run("load");
    expect(await run(...issueArguments), err).toBe(0);
    expect(out).toContain("issue 2");
    expect(everything(join(shelf(), "1"))).toEqual(first);
    expect(JSON.parse(read("out/quarterly/2024-Q2/internal/latest.json")).number).toBe(2);
  });

  test("what its writer left undone after the entry is finished by the next call", async () => {
    await run(...issueArguments);
    const before = everything(join(shelf(), "1"));
    const {issue} = (await readLedger(join(folder, "warehouse"))).at(-1) as unknown as {
      issue: {manifest_sha256: string};
    };
    renameSync(join(shelf(), "1"), join(shelf(), `.1.00000000.${issue.manifest_sha256.slice(0, 16)}.ready`));
    rmSync(join(shelf(), "latest.json"));
    expect(await run(...issueArguments), err).toBe(0);
    expect(out).toContain("unchanged");
    expect(everything(join(shelf(), "1"))).toEqual(before);
    expect(existsSync(join(shelf(), "latest.json"))).toBe(true);
  });

  test("a published folder that was changed is told, never written over", async () => {
    await run(...issueArguments);
    writeFileSync(join(shelf(), "1/index.html"), "scribbled over");
    expect(await run(...issueArguments)).toBe(1);
    expect(err).toContain("Issue 1 is published and its folder does not hold what was published");
    expect(read("out/quarterly/2024-Q2/internal/1/index.html")).toBe("scribbled over");
  });

  test("a folder that stands in the way is left alone", async () => {
    mkdirSync(join(shelf(), "1"), {recursive: true});
    writeFileSync(join(shelf(), "1/mine.txt"), "mine");
    expect(await run(...issueArguments)).toBe(1);
    expect(err).toContain("Something stands where issue 1 would go");
    expect(readdirSync(join(shelf(), "1"))).toEqual(["mine.txt"]);
  });

  test("two at once publish once", async () => {
    const codes = await Promise.all([run(...issueArguments), run(...issueArguments)]);
    expect(codes, err).toEqual([0, 0]);
    const issues = (await readLedger(join(folder, "warehouse"))).filter(({kind}) => kind === "issue");
    expect(issues).toHaveLength(1);
    expect(readdirSync(shelf()).sort()).toEqual(["1", "latest.html", "latest.json"]);
  });
});

/** All files of a folder with their contents. */
function everything(root: string): Record<string, string> {
  const paths = readdirSync(root, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
  return Object.fromEntries(
    paths
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(root.length), readFileSync(path).toString("base64")])
  );
}
