import fs, {appendFileSync, existsSync, readdirSync, rmSync} from "node:fs";
import {syncBuiltinESMExports} from "node:module";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {calls, callsProject, runAt} from "../support/clocked-project.ts";
import {projectFolder, writeFiles} from "../support/project-folder.ts";

/*
 * A pruning deletes rows of a load that was taken back, while another command loads the same extract again: under the same
 * name lie the same bytes, and they belong to a load that counts.
 */
let directory: string;
beforeEach(async () => {
  directory = projectFolder(callsProject);
  writeFiles(directory, {"calls-1.csv": calls("2024-01 4"), "calls-2.csv": calls("2024-01 6")});
  const {out} = await run("2024-05-01", "load", "--format", "json", "calls-1.csv");
  const [{load}] = JSON.parse(out) as [{load: string}];
  await run("2024-05-02", "load", "calls-2.csv");
  await run("2024-05-03", "retract", load, "--reason", "of another town");
  appendFileSync(join(directory, "milepost.yaml"), "retention: {loads: 30 days}\n");
});
afterEach(() => rmSync(directory, {recursive: true}));

const run = (at: string, ...words: string[]) => runAt(directory, `${at}T12:00:00.000Z`, ...words);
const loading = ["load", "calls-1.csv"];

/** Does work, and other work just before or after the first call of the file layer that is meant. */
async function meanwhile(
  name: "link" | "rename",
  isMeant: (from: string, to: string) => boolean,
  when: "before" | "after",
  other: () => Promise<unknown>,
  work: () => Promise<unknown>
): Promise<void> {
  const own = fs.promises[name];
  let met = false;
  const once = async () => {
    met = true;
    await other();
  };
  fs.promises[name] = async (from, to) => {
    const meant = !met && isMeant(String(from), String(to));
    if (meant && when === "before") await once();
    await own(from, to);
    if (meant && when === "after") await once();
  };
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    fs.promises[name] = own;
    syncBuiltinESMExports();
  }
  expect(met).toBe(true);
}

async function expectBothLoadsCount(): Promise<void> {
  const {code, out, err} = await run("2024-07-03", "attain", "--format", "json");
  expect(code, err).toBe(0);
  const rows = JSON.parse(out) as {binding: boolean; actual_value: number | null; through: string}[];
  // The one that was taken back and loaded again is the newer one: 3 days of 4 calls and the last day's.
  expect(rows.find(({binding}) => binding)).toMatchObject({actual_value: 13, through: "2024-01-31"});
  const names = readdirSync(join(directory, "warehouse/loads/calls"));
  expect(names.filter((name) => name.startsWith("."))).toEqual([]);
}

const aside = (from: string, to: string) => /loads.calls/.test(from) && to.endsWith(".tmp");

test.each(["before", "after"] as const)("a load that commits %s the rows are moved aside keeps them", async (when) => {
  const load = async () => expect(await run("2024-07-02", ...loading)).toMatchObject({code: 0});
  await meanwhile("rename", aside, when, load, async () => {
    expect(await run("2024-07-01", "prune")).toMatchObject({code: 0});
  });
  await expectBothLoadsCount();
});

test("a load whose rows are pruned before it commits puts them there again", async () => {
  const [first] = readdirSync(join(directory, "warehouse/ledger")).slice(-1);
  const next = `${String(Number.parseInt(first!, 10) + 1).padStart(6, "0")}.json`;
  let gone = false;
  const prune = async () => {
    const before = readdirSync(join(directory, "warehouse/loads/calls")).length;
    expect(await run("2024-07-01", "prune")).toMatchObject({code: 0});
    gone = readdirSync(join(directory, "warehouse/loads/calls")).length < before;
  };
  await meanwhile(
    "link",
    (_, to) => to.endsWith(next),
    "before",
    prune,
    async () => {
      expect(await run("2024-07-02", ...loading)).toMatchObject({code: 0});
    }
  );
  expect(gone).toBe(true);
  expect(existsSync(join(directory, "warehouse/ledger", next))).toBe(true);
  await expectBothLoadsCount();
});
