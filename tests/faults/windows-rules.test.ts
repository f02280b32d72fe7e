import fs, {closeSync, openSync, readdirSync, readlinkSync} from "node:fs";
import {syncBuiltinESMExports} from "node:module";
import {join, sep} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {livedInTown, milepost, removeTown, today} from "./town.ts";

/*
 * Windows refuses to rename or remove a file that is open, and a folder that holds one. Linux says what a process holds
 * open, the engine's files too: so each rename and each removal of a command is held against that.
 */

const descriptors = "/proc/self/fd";

let town: string;
beforeEach(async () => {
  town = await livedInTown();
});
afterEach(() => removeTown(town));

/** Files of the town that this process holds open at or below a path. */
function openBelow(path: string): string[] {
  const held = readdirSync(descriptors).flatMap((name) => {
    try {
      return [readlinkSync(join(descriptors, name))];
    } catch {
      return [];
    }
  });
  return held.filter((file) => file.startsWith(town) && (file === path || file.startsWith(path + sep)));
}

/** What Windows would have refused while the work was done. */
async function refusedByWindows(work: () => Promise<void>): Promise<string[]> {
  const refused: string[] = [];
  let asked = 0;
  const promises = fs.promises as unknown as Record<string, (...parameters: unknown[]) => unknown>;
  const own = {rename: promises.rename!, rm: promises.rm!, unlink: promises.unlink!};
  for (const [name, does] of Object.entries(own)) {
    promises[name] = (...parameters) => {
      const paths = parameters.slice(0, name === "rename" ? 2 : 1).filter((one) => typeof one === "string");
      asked += 1;
      for (const path of paths) for (const held of openBelow(path)) refused.push(`${name} ${path}: ${held} is open`);
      return does(...parameters);
    };
  }
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(promises, own);
    syncBuiltinESMExports();
  }
  // Nothing renamed would prove nothing.
  expect(asked).toBeGreaterThan(0);
  return refused;
}

test.skipIf(process.platform !== "linux")("a file that is held open would be refused", async () => {
  const path = join(town, "warehouse/held");
  const descriptor = openSync(path, "w");
  const refused = await refusedByWindows(async () => fs.promises.rename(path, `${path}-2`));
  closeSync(descriptor);
  expect(refused).toEqual([`rename ${path}: ${path} is open`]);
});

test.skipIf(process.platform !== "linux")(
  "no command renames or removes what it holds open itself (skipped where the system does not say what is open)",
  async () => {
    const [first] = await readLedger(join(town, "warehouse"));
    const id = first?.kind === "load" ? first.load.id : "";
    for (const words of [
      ["load", "--dry-run"],
      ["load"],
      ["retract", id, "--reason", "wrong year"],
      ["report", "monthly", "--period", "2024-02"],
      ["report", "monthly", "--period", "2024-02", "--as-of", "2024-03-07"],
      ["issue", "monthly", "--period", "2024-02", "--by", "A. Analyst"],
      ["run"]
    ]) {
      const refused = await refusedByWindows(async () => {
        const {code, err} = await milepost(town, today, ...words);
        expect(code, err).toBe(0);
      });
      expect(refused, words.join(" ")).toEqual([]);
    }
  }
);
