import {existsSync, readdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {endOfDay} from "../../pipeline/calendar/instant.ts";
import {RunFailure} from "../../pipeline/diagnostics/failure.ts";
import {answer, type Question} from "../../pipeline/run/answer.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

const source = `source: calls
title: Calls
files: ["calls*.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`;
const target = (percent: string) => `target: fewer-calls
title: Fewer calls
measure: calls
goal: {change: ${percent}}
baseline: {period: previous}
period: 2024-Q1
by_segment: [bureau, area]
`;

/** A record on the first and last day of both quarters, then `now` more of 2024 in Alder, of 30 in all of 2023. */
function calls(now: number): string {
  const before = Array.from({length: 28}, () => "2023-02-02,Birch");
  const after = Array.from({length: now - 2}, () => "2024-02-02,Alder");
  const edges = ["2023-01-01,1", "2023-03-31,1", "2024-01-01,10", "2024-03-31,10"];
  return ["Day,Area", ...edges, ...before, ...after, ""].join("\n");
}

let directory: string;
beforeEach(() => {
  directory = projectFolder({"sources/calls.yaml": source, "targets/calls.yaml": target("-10%")});
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const everything: Question = {asOf: null, definitions: "then", through: null};
async function ask(question: Partial<Question> = {}) {
  return answer(await readFolder(directory), {...everything, ...question});
}
const brief = ({rows}: Awaited<ReturnType<typeof ask>>) =>
  rows.map(({segment_name, baseline_value, actual_value, target_value, status}) =>
    [segment_name, baseline_value, actual_value, target_value, status].join(" ")
  );
const endOf = (day: string) => endOfDay(day, "America/Los_Angeles");

describe("an answer", () => {
  test("has a row for each segment, in the roster's order, counted by hand", async () => {
    writeFiles(directory, {"calls.csv": calls(27)});
    await loadFiles(directory, ["calls.csv"], "2024-04-02T12:00:00.000Z");
    const given = await ask();
    expect(brief(given)).toEqual([
      "City 30 27 27 met",
      "West 30 25 27 met",
      "East 0 2 0 missed",
      "Alder 2 25 1.8 missed",
      "Birch 28 0 25.2 met",
      "Cedar 0 2 0 missed"
    ]);
    expect(given.rows.map(({as_of}) => as_of)).toEqual(Array(6).fill("2024-04-02T12:00:00.000Z"));
    expect(given.measured).toHaveLength(6);
    // The engine is closed; what was counted is still there.
    expect(given.actuals.over("calls", {type: "area", code: "1"}, "2024-02-02", "2024-02-02").value).toBe(25);
  });

  test("with nothing loaded says so in every row, and leaves no trace", async () => {
    const given = await ask();
    expect(given.rows.map(({status, reason_code}) => `${status} ${reason_code}`)).toEqual(
      Array(6).fill("no_data not_covered")
    );
    expect(given.knowledge.as_of).toBeNull();
    expect(existsSync(join(directory, "warehouse"))).toBe(false);
  });

  test("leaves nothing beside the warehouse's own files", async () => {
    writeFiles(directory, {"calls.csv": calls(27)});
    await loadFiles(directory, ["calls.csv"]);
    const before = readdirSync(join(directory, "warehouse")).sort();
    await ask();
    expect(readdirSync(join(directory, "warehouse")).sort()).toEqual(before);
  });

  test("keeps the rows asked for: by target, overlapping period, segment", async () => {
    writeFiles(directory, {
      "calls.csv": calls(27),
      "targets/more.yaml": "target: watched\ntitle: Watched\nmeasure: calls\ngoal: {track: true}\nperiod: 2024-Q2\n"
    });
    await loadFiles(directory, ["calls.csv"]);
    const targets = async (question: Partial<Question>) => (await ask(question)).rows.map((row) => row.target);
    expect(await targets({target: "watched"})).toEqual(["watched"]);
    const month = {name: "2024-03", kind: "month", from: "2024-03-01", to: "2024-03-31"} as const;
    expect(new Set(await targets({period: month}))).toEqual(new Set(["fewer-calls"]));
    expect(brief(await ask({segments: [{type: "area", code: "10"}]}))).toEqual(["Cedar 0 2 0 missed"]);
    const unknown = await ask({target: "fewer-cals"}).catch((error: RunFailure) => error);
    expect(unknown).toBeInstanceOf(RunFailure);
    expect((unknown as RunFailure).diagnostics[0]).toMatchObject({
      code: "unknown-target",
      fix: 'Did you mean "fewer-calls"?'
    });
    expect((unknown as RunFailure).exitCode).toBe(2);
  });
});

describe("two clocks", () => {
  beforeEach(async () => {
    writeFiles(directory, {"calls.csv": calls(27)});
    await loadFiles(directory, ["calls.csv"], "2024-04-02T12:00:00.000Z");
    writeFiles(directory, {"calls-later.csv": calls(29), "targets/calls.yaml": target("-5%")});
    await loadFiles(directory, ["calls-later.csv"], "2024-05-02T12:00:00.000Z");
  });

  test("now: the later load, the later goal", async () => {
    expect(brief(await ask())[0]).toBe("City 30 29 28.5 missed");
  });

  test("as of then: the loads and the definitions of then, to the byte", async () => {
    const then = await ask({asOf: endOf("2024-04-30")});
    expect(brief(then)[0]).toBe("City 30 27 27 met");
    expect(then.rows[0]!.as_of).toBe("2024-04-02T12:00:00.000Z");
    expect(then.project.directory).toBe(directory);
    const again = await ask({asOf: endOf("2024-04-02")});
    expect(JSON.stringify(again.rows)).toBe(JSON.stringify(then.rows));
  });

  test("as of then with today's definitions", async () => {
    expect(brief(await ask({asOf: endOf("2024-04-30"), definitions: "now"}))[0]).toBe("City 30 27 28.5 met");
  });

  test("before anything was known", async () => {
    expect(brief(await ask({asOf: endOf("2024-03-31")}))[0]).toBe("City    no_data");
  });

  test("definitions of then that can't be read any more are told, with the way out", async () => {
    const stored = join(directory, "warehouse/definitions");
    const {knowledge} = await ask({asOf: endOf("2024-04-30")});
    writeFiles(join(stored, knowledge.definitions!), {"sources/calls.yaml": "source: calls\nolder: true\n"});
    const failure = (await ask({asOf: endOf("2024-04-30")}).catch((error: unknown) => error)) as RunFailure;
    expect(failure).toBeInstanceOf(RunFailure);
    expect(failure.diagnostics.at(-1)).toMatchObject({code: "stored-definitions"});
    expect(failure.diagnostics.at(-1)!.fix).toContain("--definitions now");
  });
});
