import {rmSync} from "node:fs";
import {expect, test} from "vitest";
import {runAt} from "../support/clocked-project.ts";
import {projectFolder, writeFiles} from "../support/project-folder.ts";

// A user may call a column as a statement of ours calls a thing of its own.

const names = ["was", "is_now", "withdrawn", "row_said", "before", "month", "side", "value0", "fingerprint", "day"];
const definition = (name: string, delivery: string, key: string) => `source: things
title: Things
files: ["things*.csv"]
delivery: ${delivery}
covers: {from: rows}
${key}
date: on
columns:
  ${name}: {from: Name, type: text, required: true}
  on: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  state: {from: State, type: text}
  weight: {from: Weight, type: integer}
measures:
  things: {title: Things, count: rows, nature: outcome, better: lower, unit: things}
  weight: {title: Weight, sum: weight, nature: outcome, better: lower, unit: pounds}
`;
const first = "Name,Day,State,Weight\na,2024-01-01,x,1\nb,2024-01-02,x,5\nc,2024-02-01,x,1\n";
const second = "Name,Day,State,Weight\na,2024-01-01,gone,1\nb,2024-01-02,x,4\nc,2024-02-01,x,1\nd,2024-02-01,x,1\n";

test.each([
  ["period", "key: [NAME]", [{month: "2024-01", added: 0, changed: 2, gone: 0, down: 1}]],
  ["period", "", [{month: "2024-01", added: 2, changed: 0, gone: 2}]],
  ["upsert", "key: [NAME]\nwithdrawn: {state: [gone]}", [{month: "2024-01", added: 0, changed: 1, gone: 1, down: 1}]]
])(
  "what changes (%s, %s) whatever a column is called",
  async (delivery, key, january) => {
    for (const name of names) {
      const directory = projectFolder({"sources/things.yaml": definition(name, delivery, key.replace("NAME", name))});
      writeFiles(directory, {"things-1.csv": first, "things-2.csv": second});
      const load = async (file: string) => {
        const {code, out, err} = await runAt(directory, "2024-05-01T12:00:00Z", "load", "--format", "json", file);
        expect([name, code], err).toEqual([name, 0]);
        return (JSON.parse(out) as {months: {month: string}[]}[])[0]!.months;
      };
      await load("things-1.csv");
      const months = await load("things-2.csv");
      expect([name, months.filter(({month}) => month === "2024-01")]).toEqual([name, january]);
      expect([name, months.find(({month}) => month === "2024-02")]).toMatchObject([
        name,
        {added: 1, changed: 0, gone: 0}
      ]);
      rmSync(directory, {recursive: true});
    }
  },
  60_000
);

test.each(["said", "text", "files"])(
  "files of one command that contradict are refused, also by a key called %s",
  async (name) => {
    const directory = projectFolder({"sources/things.yaml": definition(name, "upsert", `key: [${name}]`)});
    writeFiles(directory, {"things-1.csv": first, "things-2.csv": second});
    const {code, err} = await runAt(directory, "2024-05-01T12:00:00Z", "load", "things-1.csv", "things-2.csv");
    rmSync(directory, {recursive: true});
    expect([code, err]).toEqual([1, expect.stringContaining("contradicting-files")]);
  }
);
