import {appendFileSync, existsSync, readdirSync, rmSync, utimesSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {calls, callsProject, runAt} from "../support/clocked-project.ts";
import {fingerprint, projectFolder, writeFiles} from "../support/project-folder.ts";

let directory: string;
beforeEach(() => {
  directory = projectFolder(callsProject);
});
afterEach(() => rmSync(directory, {recursive: true}));

const run = (at: string, ...words: string[]) => runAt(directory, `${at}T12:00:00.000Z`, ...words);
const load = async (at: string, file: string, contents: string) => {
  writeFiles(directory, {[file]: contents});
  const {code, out, err} = await run(at, "load", "--format", "json", file);
  expect(code, err).toBe(0);
  return (JSON.parse(out) as [{load: string}])[0].load;
};
const value = async (at: string, ...options: string[]) => {
  const {code, out, err} = await run(at, "attain", "--format", "json", ...options);
  expect(code, err).toBe(0);
  return (JSON.parse(out) as {binding: boolean; actual_value: number | null}[]).find(({binding}) => binding)!
    .actual_value;
};
const rowsOf = (load: string) => existsSync(join(directory, `warehouse/loads/calls/${load}.parquet`));
const keep = (loads: string) => appendFileSync(join(directory, "milepost.yaml"), `retention: {loads: ${loads}}\n`);

describe("rejects", () => {
  const withReject = `${calls("2024-01 2")}x,2024-01-99,1,K\n`;
  const rejects = () => readdirSync(join(directory, "warehouse/rejects"));
  const age = (days: number, of: string) => {
    const then = new Date(Date.parse(`${of}T12:00:00Z`) - days * 864e5);
    for (const name of rejects()) utimesSync(join(directory, "warehouse/rejects", name), then, then);
  };

  test("go after 90 days, by prune or by the scheduled run, and the ledger says so", async () => {
    for (const [command, number] of [
      ["prune", 1],
      ["run", 2]
    ] as const) {
      writeFiles(directory, {"inbox/keep": ""});
      await load("2024-05-01", `calls-${number}.csv`, withReject.replace("x,", `x${number},`));
      age(89, "2024-06-01");
      expect((await run("2024-06-01", command)).code).toBe(0);
      expect(rejects()).toHaveLength(1);
      age(91, "2024-06-01");
      const before = await value("2024-06-01");
      const list = (await run("2024-06-01", "attain")).out;
      expect((await run("2024-06-01", command)).code).toBe(0);
      expect(rejects()).toEqual([]);
      expect((await run("2024-06-01", "loads")).out).toContain("pruned");
      // Nothing known has changed: not even the moment of knowledge.
      expect(await value("2024-06-01")).toBe(before);
      expect((await run("2024-06-01", "attain")).out).toBe(list);
    }
  });

  test("--dry-run says what would go, and forever keeps them", async () => {
    await load("2024-05-01", "calls-1.csv", withReject);
    age(91, "2024-06-01");
    const before = fingerprint(directory);
    const {out} = await run("2024-06-01", "prune", "--dry-run");
    expect(out).toContain("1 file would be deleted");
    expect(fingerprint(directory)).toEqual(before);
    appendFileSync(join(directory, "milepost.yaml"), "retention: {rejects: forever}\n");
    await run("2024-06-01", "prune");
    expect(rejects()).toHaveLength(1);
  });
});

describe("rows of loads", () => {
  const first = calls("2024-01 4", "2024-02 1", "2024-03 1");
  const second = calls("2024-01 6", "2024-02 1", "2024-03 1");

  test("are kept forever where nothing else is declared", async () => {
    const old = await load("2025-05-01", "calls-1.csv", first);
    await load("2025-06-01", "calls-2.csv", second);
    expect((await run("2029-06-01", "prune")).out).toContain("rows of loads are kept forever");
    expect(rowsOf(old)).toBe(true);
  });

  test("go where they decided nothing at the horizon; an --as-of before it that needs them is told of it", async () => {
    keep("3 years");
    const old = await load("2025-05-01", "calls-1.csv", first);
    const next = await load("2025-06-01", "calls-2.csv", second);
    const newest = await load("2028-06-01", "calls-3.csv", calls("2024-01 7", "2024-02 1", "2024-03 1"));
    await run("2025-05-15", "issue", "quarterly", "--period", "2024-Q1", "--by", "A. Analyst", "--as-of", "2025-05-02");
    const between = await value("2029-06-01", "--as-of", "2027-01-01");
    const {code, out} = await run("2029-06-01", "prune");
    expect([code, out]).toEqual([0, expect.stringContaining("the rows of 1 load deleted")]);
    expect(out).toContain("Horizon: what was known before 2026-06-02");
    // The second decided until a year ago: a question from the horizon on needs it.
    expect([old, next, newest].map(rowsOf)).toEqual([false, true, true]);
    expect(await value("2029-06-01", "--as-of", "2027-01-01")).toBe(between);
    const refused = await run("2029-06-01", "attain", "--as-of", "2025-05-02");
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("rows-pruned")]);
    expect(refused.err).toMatch(/what was known since 2026-06-02 05:00 .* can be asked for/);
    // Its own data are its own: it stands, and only can't be made again.
    expect((await run("2029-06-01", "verify", "quarterly/2024-Q1/internal/1")).code).toBe(0);
    expect((await run("2029-06-01", "reproduce", "quarterly/2024-Q1/internal/1")).err).toContain("rows-pruned");
    expect((await run("2029-06-01", "loads")).out).toMatch(new RegExp(`${old} .*pruned`));
    expect((await run("2029-06-01", "prune")).out).toContain("no load has rows to delete");
  });

  test.each(["upsert", "append"])(
    "of an %s all count, and prune says so; one that was retracted goes",
    async (delivery) => {
      keep("1 year");
      const source = callsProject["sources/calls.yaml"]!.replace("delivery: period", `delivery: ${delivery}`);
      writeFiles(directory, {"sources/calls.yaml": source});
      const wrong = await load("2025-05-01", "calls-1.csv", first);
      await run("2025-05-02", "retract", wrong, "--reason", "wrong");
      const right = await load("2025-05-03", "calls-2.csv", first.replace(",K", ",L"));
      const more = await load("2025-06-01", "calls-3.csv", calls("2024-04 1"));
      const known = await value("2029-06-01");
      const {out} = await run("2029-06-01", "prune");
      expect(out).toContain("the rows of 1 load deleted");
      expect(out).toContain(`of calls only what was retracted or read again can go: with delivery ${delivery}`);
      expect([wrong, right, more].map(rowsOf)).toEqual([false, true, true]);
      expect(await value("2029-06-01")).toBe(known);
    }
  );

  test("can be put back from the extract itself", async () => {
    keep("1 year");
    const old = await load("2025-05-01", "calls-1.csv", first);
    await load("2025-06-01", "calls-2.csv", second);
    const then = await value("2029-06-01", "--as-of", "2025-05-02");
    await run("2029-06-01", "prune");
    expect(rowsOf(old)).toBe(false);
    expect((await run("2029-06-01", "load", "calls-1.csv")).code).toBe(0);
    expect(await value("2029-06-01", "--as-of", "2025-05-02")).toBe(then);
  });

  test("are needed when what replaced them is taken back: retract says so, and changes nothing", async () => {
    keep("1 year");
    await load("2025-05-01", "calls-1.csv", first);
    const newer = await load("2025-06-01", "calls-2.csv", second);
    await run("2029-06-01", "prune");
    const before = fingerprint(join(directory, "warehouse/ledger"));
    const {code, err} = await run("2029-06-01", "retract", newer, "--reason", "wrong");
    expect([code, err]).toEqual([1, expect.stringContaining("milepost load calls-1.csv")]);
    expect(fingerprint(join(directory, "warehouse/ledger"))).toEqual(before);
  });
});
