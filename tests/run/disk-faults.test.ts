import {existsSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {RunFailure} from "../../pipeline/diagnostics/failure.ts";
import {tellingDiskFaults} from "../../pipeline/run/disk-faults.ts";
import {openEngine} from "../../pipeline/warehouse/engine.ts";
import {writeFileSafely} from "../../pipeline/warehouse/safe-files.ts";
import {loadFiles, projectFolder, writeFiles} from "../support/project-folder.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "milepost-disk-"));
});
afterAll(() => rmSync(folder, {recursive: true}));

async function complaintOf(work: () => Promise<unknown>) {
  const failure = await tellingDiskFaults(work).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RunFailure);
  const [diagnostic] = (failure as RunFailure).diagnostics;
  return `${diagnostic?.code}: ${diagnostic?.message}`;
}

/** A device of Linux on which every write finds the disk full. */
const full = "/dev/full";

test.skipIf(!existsSync(full))("a full disk is told (skipped where there is no /dev/full)", async () => {
  expect(await complaintOf(() => writeFile(full, "x"))).toBe("disk-refused: Can't write: no space left on the disk");
});

test.skipIf(!existsSync(full))(
  "a disk that fills under the engine is told (skipped where there is no /dev/full)",
  async () => {
    const engine = await openEngine({temporary: join(folder, "engine"), reads: [], writes: [full]});
    const copy = `copy (select range from range(1000000)) to '${full}' (format csv, use_tmp_file false)`;
    expect(await complaintOf(() => engine.run(copy))).toContain("no space left on the disk");
    engine.close();
  }
);

test("a file where a folder must be is told", async () => {
  writeFileSync(join(folder, "file"), "");
  expect(await complaintOf(() => writeFileSafely(join(folder, "file", "a", "b.json"), ""))).toContain(
    "a file stands where a folder is needed"
  );
});

test("a file where the warehouse must be stops a load before anything is read", async () => {
  const directory = projectFolder({
    "sources/calls.yaml": `source: calls
title: Calls
files: ["calls*.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
`
  });
  writeFiles(directory, {"calls.csv": "Day\n2024-01-01\n", warehouse: ""});
  expect(await complaintOf(() => loadFiles(directory, ["calls.csv"]))).toContain(
    "a file stands where a folder is needed"
  );
  rmSync(directory, {recursive: true});
});

test("what is no fault of the disk stays what it is", async () => {
  const bug = new TypeError("x is not a function");
  await expect(tellingDiskFaults(() => Promise.reject(bug))).rejects.toBe(bug);
});
