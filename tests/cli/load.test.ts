import {mkdirSync, rmSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import type {Context} from "../../pipeline/cli/context.ts";
import {main} from "../../pipeline/cli/program.ts";
import {projectFolder, writeFiles} from "../support/project-folder.ts";

const calls = `source: calls
title: Calls
files: ["calls*.csv"]
delivery: snapshot
partition: [area]
covers: {from: rows}
rejects: {at_most: 40%}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  kind: {from: Kind, type: text}
`;

let directory: string;
beforeEach(() => {
  directory = projectFolder({"sources/calls.yaml": calls});
});
afterEach(() => rmSync(directory, {recursive: true}));

async function run(at: string, ...words: string[]) {
  return runOn(false, at, ...words);
}

async function runOn(terminal: boolean, at: string, ...words: string[]) {
  let out = "";
  let err = "";
  const context: Context = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => new Date(at),
    cwd: directory,
    terminal,
    version: "1.2.3"
  };
  return {code: await main(words, context), out, err};
}

const noon = "2024-06-01T12:00:00.000Z";

test("a receipt says what was kept, what is covered and what it changes", async () => {
  writeFiles(directory, {
    "calls.csv": "Day,Area,Strange\u001b[31m\n2024-01-31,1,x\n2024-02-01,Birch,x\n2024-02-30,1,x\n"
  });
  const {code, out, err} = await run(noon, "load", "calls.csv");
  expect(out.replace(/load [0-9a-f]{12}/, "load 0123456789ab")).toBe(`calls.csv  calls  LOADED  load 0123456789ab
  records   3 = 2 kept + 1 rejected (unreadable value 1)
  covered   2 of 3 Areas  2024-01-31 .. 2024-02-01 (2 days)
  columns   not in the file, so not known of it: kind
            in the file, neither declared nor ignored: Strange␛[31m
  months    month     added  changed  gone
            2024-01       1        0     0
            2024-02       1        0     0
            together      2        0     0
`);
  expect(err).toContain("calls.csv:4:1");
  expect(err).toContain("rejects/");
  expect(code).toBe(0);

  const again = await run(noon, "load", "calls.csv");
  expect(again.out).toContain("UNCHANGED");
  expect(again.code).toBe(0);
});

test("more than three months before the last twelve are summed up, many files are a table", async () => {
  const months = Array.from(
    {length: 14},
    (_, index) => `${2023 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-05`
  );
  const file = (area: string) => ["Day,Area", ...months.map((day) => `${day},${area}`), ""].join("\n");
  writeFiles(directory, {
    "inbox/calls-1.csv": file("1"),
    "inbox/calls-2.csv": file("2"),
    "inbox/calls-3.csv": file("10"),
    "inbox/calls-4.csv": "Day\n"
  });
  const {code, out} = await run(noon, "load");
  expect(code).toBe(1);
  expect(out.replace(/[0-9a-f]{12}/g, "0123456789ab")).toBe(`calls, 4 files

file         outcome              load          records  kept  rejected  covered
calls-1.csv  loaded               0123456789ab       14    14         0  Alder  2023-01-05 .. 2024-02-05 (397 days)
calls-2.csv  loaded               0123456789ab       14    14         0  Birch  2023-01-05 .. 2024-02-05 (397 days)
calls-3.csv  loaded               0123456789ab       14    14         0  Cedar  2023-01-05 .. 2024-02-05 (397 days)
calls-4.csv  REFUSED                                  0     0         0
together     3 loaded, 1 refused                     42    42         0

  covered   3 of 3 Areas  2023-01-05 .. 2024-02-05 (397 days)
  columns   not in the file, so not known of it: kind
  months    month               added  changed  gone
            2023-01 .. 2023-02      6        0     0
            2023-03                 3        0     0
            2023-04                 3        0     0
            2023-05                 3        0     0
            2023-06                 3        0     0
            2023-07                 3        0     0
            2023-08                 3        0     0
            2023-09                 3        0     0
            2023-10                 3        0     0
            2023-11                 3        0     0
            2023-12                 3        0     0
            2024-01                 3        0     0
            2024-02                 3        0     0
            together               42        0     0
`);
});

test("as JSON the receipts are one array on standard output, refused ones complained about on the other", async () => {
  writeFiles(directory, {"calls-a.csv": "Day,Area\n2024-01-31,1\n", "calls-b.csv": "Day\n2024-01-31\n"});
  const {code, out, err} = await run(noon, "load", "calls-a.csv", "calls-b.csv", "--format", "json");
  expect(code).toBe(1);
  const receipts = JSON.parse(out);
  expect(receipts.map(({outcome}: {outcome: string}) => outcome)).toEqual(["loaded", "refused"]);
  expect(Object.keys(receipts[0])).toEqual([
    "file",
    "source",
    "sha256",
    "outcome",
    "load",
    "records",
    "kept",
    "rejected",
    "rejects_by_reason",
    "covered",
    "months",
    "closed",
    "columns",
    "drift",
    "moved_keys",
    "checks",
    "approved",
    "effects",
    "diagnostics"
  ]);
  expect(err).toContain("column-not-found");
});

describe("loads", () => {
  test("lists what is loaded, and what was by then", async () => {
    expect((await run(noon, "loads")).out).toBe("Nothing is loaded yet.\n");
    writeFiles(directory, {"calls-a.csv": "Day,Area\n2024-01-31,1\n", "calls-b.csv": "Day,Area\n2024-01-31,2\n"});
    await run(noon, "load", "calls-a.csv");
    await run("2024-06-02T12:00:00.000Z", "load", "calls-b.csv");
    const {out} = await run(noon, "loads");
    expect(out.replace(/[0-9a-f]{12}/g, "0123456789ab")).toBe(
      `entry  at (America/Los_Angeles)  what   id            file         rows  covered                   months            note
    1  2024-06-01 05:00          calls  0123456789ab  calls-a.csv     1  2024-01-31 .. 2024-01-31  2024-01: 1 added
    2  2024-06-02 05:00          calls  0123456789ab  calls-b.csv     1  2024-01-31 .. 2024-01-31  2024-01: 1 added
`
    );
    expect(JSON.parse((await run(noon, "loads", "--as-of", "2024-06-01", "--format", "json")).out)).toHaveLength(1);
  });
});

describe("a command line that is wrong", () => {
  test.each([
    [["load", "--covers", "2024-01-31..2024-01-01"], 2, "bad-covers"],
    [["loads", "--as-of", "tomorrow"], 2, "bad-as-of"],
    [["load", "--source", "cals"], 2, 'Did you mean "calls"?'],
    [["load"], 1, "no-inbox"],
    [["load", "--project", "nowhere"], 1, "no-project-folder"]
  ])("%j: %d, %s", async (words, code, said) => {
    const answer = await run(noon, ...words);
    expect([answer.code, answer.out]).toEqual([code, ""]);
    expect(answer.err).toContain(said);
  });

  test("an empty inbox is nothing to load, and no fault", async () => {
    mkdirSync(join(directory, "inbox"));
    expect(await run(noon, "load")).toMatchObject({
      code: 0,
      out: "Nothing to load: inbox holds no file named like calls*.csv.\n"
    });
  });
});

test("a link or a folder in the inbox that is named like an extract is left alone, and told of", async () => {
  writeFiles(directory, {
    "elsewhere.csv": "Day,Area\n2024-01-01,1\n",
    "inbox/calls-a.csv": "Day,Area\n2024-01-01,2\n",
    "inbox/calls-folder.csv/calls-b.csv": "Day,Area\n2024-01-01,1\n"
  });
  symlinkSync(join(directory, "elsewhere.csv"), join(directory, "inbox", "calls-link.csv"));
  symlinkSync(join(directory, "elsewhere.csv"), join(directory, "inbox", "other-link.csv"));
  const {code, out, err} = await run(noon, "load");
  expect(code).toBe(0);
  expect(out).toContain("calls-a.csv  calls  LOADED");
  expect(err.split("\n").filter((line) => line.includes("inbox-not-a-file") || line.includes("left alone"))).toEqual([
    "calls-folder.csv  warning  inbox-not-a-file",
    "  This folder in the inbox is named like an extract and was left alone",
    "calls-link.csv  warning  inbox-not-a-file",
    "  This link in the inbox is named like an extract and was left alone"
  ]);
});

test("a source that the project does not have is a fault of the command line, whatever is to be loaded", async () => {
  writeFiles(directory, {"calls.csv": "Day,Area\n2024-01-01,1\n"});
  for (const files of [["calls.csv"], []]) {
    const {code, out, err} = await run(noon, "load", "--source", "callz", ...files);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain('The project has no source "callz"');
    expect(err).toContain('Did you mean "calls"?');
  }
});

test.skipIf(process.platform === "win32")(
  "progress shows no control character of a file's name (skipped on Windows, which has no such names)",
  async () => {
    const name = "calls\u001b]0;owned\u0007.csv";
    writeFiles(directory, {[name]: "Day,Area\n2024-01-01,1\n"});
    for (const terminal of [false, true]) {
      rmSync(join(directory, "warehouse"), {recursive: true, force: true});
      const {code, err} = await runOn(terminal, noon, "load", name);
      expect(code).toBe(0);
      expect(err).toContain("calls␛]0;owned␇.csv: reading (1 of 1)");
      expect(err).not.toContain("\u001b]");
      expect(err).not.toContain("\u0007");
    }
  }
);
