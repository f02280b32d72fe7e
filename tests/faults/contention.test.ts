import {spawn} from "node:child_process";
import {chmodSync, chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {answers, extract, halfWritten, livedInTown, milepost, moments, removeTown, today} from "./town.ts";

/** Real processes need the built program; `npm test` builds it first. */
const program = fileURLToPath(new URL("../../dist/program/main.js", import.meta.url));

let town: string;
let before: string[];
beforeEach(async () => {
  town = await livedInTown();
  before = await answers(town, ...moments);
});
afterEach(() => removeTown(town));

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

/** @param uid Of the user that runs it; undefined: ours. */
async function start(words: readonly string[], uid?: number): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: town,
    stdio: ["ignore", "ignore", "pipe"],
    ...(uid === undefined ? {} : {uid, gid: uid})
  });
  let err = "";
  child.stderr.on("data", (data) => {
    err += data;
  });
  return {code: await new Promise((resolve) => child.once("close", resolve)), err};
}

async function sound(): Promise<void> {
  expect(await halfWritten(town)).toEqual([]);
  expect(await answers(town, ...moments)).toEqual(before);
  const hidden = readdirSync(town, {recursive: true, encoding: "utf8"}).filter((path) => /(^|\/)\./.test(path));
  expect(hidden).toEqual([]);
}

describe.skipIf(!existsSync(program))("at once (skipped where the program is not built)", () => {
  test("two loads, a report and an issue: each is whole, and each entry has its number", async () => {
    writeFileSync(join(town, "calls-2024-01-b.csv"), extract("2024-01", 55, 500));
    const ended = await Promise.all([
      start(["load"]),
      start(["load", "calls-2024-01-b.csv"]),
      start(["report", "monthly", "--period", "2024-02"]),
      start(["issue", "monthly", "--period", "2024-02", "--by", "A. Analyst"])
    ]);
    for (const {code, err} of ended) expect(code, err).toBe(0);
    const entries = await readLedger(join(town, "warehouse"));
    expect(entries.map(({kind}) => kind).sort()).toEqual(["issue", "issue", "load", "load", "load", "load", "load"]);
    await sound();
  });

  test("the same load twice gives one load", async () => {
    const ended = await Promise.all([start(["load"]), start(["load"])]);
    for (const {code, err} of ended) expect(code, err).toBe(0);
    const loads = (await readLedger(join(town, "warehouse"))).filter(({kind}) => kind === "load");
    expect(loads).toHaveLength(4);
    await sound();
  });

  test("two issues of one period give one number, or two that follow each other", async () => {
    const words = ["issue", "monthly", "--period", "2024-02", "--by", "A. Analyst"];
    const ended = await Promise.all([start(words), start(words)]);
    for (const {code, err} of ended) expect(code, err).toBe(0);
    const shelf = join(town, "out/monthly/2024-02/internal");
    expect(readdirSync(shelf).sort()).toEqual(["1", "latest.html", "latest.json"]);
    expect(JSON.parse(readFileSync(join(shelf, "latest.json"), "utf8"))).toMatchObject({number: 1});
    await sound();
  });
});

/** Nobody: root may write everywhere, so a folder is read-only for somebody else. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const words: Readonly<Record<string, readonly string[]>> = {
  load: ["load"],
  report: ["report", "monthly", "--period", "2024-02"],
  issue: ["issue", "monthly", "--period", "2024-02", "--by", "A. Analyst"],
  run: ["run"]
};

describe.skipIf(!existsSync(program) || !isRoot)(
  "read-only (skipped without the built program, or without root)",
  () => {
    // Temporary folders are their owner's alone.
    beforeEach(() => chmodSync(town, 0o755));

    test.each(Object.keys(words))(
      "a project whose folders may only be read: %s says so, and changes nothing",
      async (name) => {
        const {code, err} = await start(words[name]!, nobody);
        expect(code, err).toBe(1);
        expect(err).toMatch(/error {2}disk-refused\n {2}Can't .*: permission denied/);
        await sound();
      }
    );

    test("asking needs no leave to write", async () => {
      const {code, err} = await start(["attain"], nobody);
      expect(code, err).toBe(0);
    });

    test("an inbox that may only be read is loaded from", async () => {
      for (const path of ["", ...readdirSync(town, {recursive: true, encoding: "utf8"})]) {
        if (!path.startsWith("inbox")) chownSync(join(town, path), nobody, nobody);
      }
      const {code, err} = await start(["load"], nobody);
      expect(code, err).toBe(0);
      expect(await readLedger(join(town, "warehouse"))).toHaveLength(5);
    });
  }
);

test("a file where a folder of the warehouse must be is told, and the next load works", async () => {
  renameSync(join(town, "warehouse/definitions"), join(town, "kept"));
  writeFileSync(join(town, "warehouse/definitions"), "");
  const {code, err} = await milepost(town, today, "load");
  expect(code).toBe(1);
  expect(err).toContain("disk-refused");
  rmSync(join(town, "warehouse/definitions"));
  renameSync(join(town, "kept"), join(town, "warehouse/definitions"));
  expect((await milepost(town, today, "load")).code).toBe(0);
  await sound();
});
