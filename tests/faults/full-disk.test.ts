import {execFileSync, spawnSync} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterEach, beforeEach, expect, test} from "vitest";
import {removeTown, writeTown} from "./town.ts";

/** Real processes need the built program; `npm test` builds it first. */
const program = fileURLToPath(new URL("../../dist/program/main.js", import.meta.url));
const cannotRun = !existsSync(program) || process.platform === "win32";

let town: string;
beforeEach(() => {
  town = writeTown();
  // The text is hard to pack: what is written of it is large.
  const source = join(town, "sources/calls.yaml");
  writeFileSync(source, readFileSync(source, "utf8").replace("  area:", "  note: {from: Note, type: text}\n  area:"));
  const lines = Array.from({length: 60_000}, (_, index) => {
    const note = createHash("sha256").update(String(index)).digest("hex");
    return `${index},2024-01-${String(1 + (index % 28)).padStart(2, "0")},1,${note}`;
  });
  writeFileSync(join(town, "inbox/calls-2024-01.csv"), ["Id,Day,Area,Note", ...lines, ""].join("\n"));
});
afterEach(() => removeTown(town));

const load = (shell: string) =>
  spawnSync("sh", ["-c", `${shell} exec "$0" "$@"`, process.execPath, program, "load"], {cwd: town, encoding: "utf8"});

test.skipIf(cannotRun)("a limit on the size of files is told, nothing is kept, and without it the load works", () => {
  const limited = load("ulimit -f 1000;");
  expect(limited.status, limited.stderr).toBe(1);
  expect(limited.stderr).toContain("error  disk-refused");
  expect(limited.stderr).toContain("larger than the disk or a limit of the system allows");
  expect(existsSync(join(town, "warehouse"))).toBe(false);
  expect(load("").status).toBe(0);
});

test.skipIf(cannotRun)("a disk that is really full is told (skipped where no small disk can be mounted)", (context) => {
  const disk = join(town, "warehouse");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "none", disk], {stdio: "ignore"});
  } catch {
    context.skip("no small disk can be mounted here");
  }
  try {
    const full = load("");
    expect(full.status, full.stderr).toBe(1);
    expect(full.stderr).toContain("error  disk-refused");
    expect(full.stderr).toContain("no space left on the disk");
    execFileSync("mount", ["-o", "remount,size=200m", disk]);
    expect(load("").status).toBe(0);
  } finally {
    execFileSync("umount", [disk]);
  }
});
