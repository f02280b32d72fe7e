import {existsSync, rmSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {program, start} from "./mortal.ts";
import {answers, copyTown, halfWritten, leftAfterSweeping, livedInTown, milepost, moments, removeTown} from "./town.ts";

/*
 * Real processes, each killed just before another call that changes the disk, from the first to the last: no moment
 * between two calls is left to chance. MILEPOST_KILLS=each takes every call, without it every 29th one is taken.
 */
const step = process.env.MILEPOST_KILLS === "each" ? 1 : 29;

let town: string;
beforeAll(async () => {
  town = await livedInTown();
});
afterAll(() => removeTown(town));

async function firstLoad(): Promise<string> {
  const [entry] = await readLedger(join(town, "warehouse"));
  if (entry?.kind !== "load") throw new Error("the first entry of the town is a load");
  return entry.load.id;
}

/** Real processes go by the real clock: later than all of them. */
const later = "2100-01-01T00:00:00.000Z";

/** What is known in the end, but for the time of the last entry. */
async function inTheEnd(folder: string): Promise<string> {
  const [found] = await answers(folder, later);
  return found!.replace(/"as_of": "[^"]*"/g, "");
}

interface Tried {
  readonly words: readonly string[];
  /** Exit codes of the same command afterwards; 1 where there is nothing left to do. */
  readonly again?: readonly number[];
}

const tried: Readonly<Record<string, () => Promise<Tried>>> = {
  load: async () => ({words: ["load"]}),
  retract: async () => ({words: ["retract", await firstLoad(), "--reason", "wrong year"], again: [0, 1]}),
  report: async () => ({words: ["report", "monthly", "--period", "2024-02"]}),
  issue: async () => ({words: ["issue", "monthly", "--period", "2024-02", "--by", "A. Analyst"]})
};

test.skipIf(!existsSync(program)).each(Object.keys(tried))(
  "%s killed before any call that changes the disk leaves the state before or after (skipped where the program is not built)",
  async (name) => {
    const {words, again = [0]} = await tried[name]!();
    const before = await answers(town, ...moments);
    const untouched = await inTheEnd(town);
    const whole = copyTown(town);
    const {code, err} = await start(whole, words, null);
    expect(code, err).toBe(0);
    const after = await inTheEnd(whole);
    removeTown(whole);

    const ended = {before: 0, after: 0, between: 0};
    for (let call = 1; ; call += step) {
      const folder = copyTown(town);
      const about = `${name}, killed before call ${call}`;
      const died = await start(folder, words, {way: "call", after: call});
      if (died.code !== null) {
        expect(died.code, `${about}: ${died.err}`).toBe(0);
        removeTown(folder);
        break;
      }
      expect(await halfWritten(folder), about).toEqual([]);
      expect(await answers(folder, ...moments), about).toEqual(before);
      const now = await inTheEnd(folder);
      // What was counted into the cache is what the rows are.
      rmSync(join(folder, "warehouse/cache"), {recursive: true, force: true});
      expect((await inTheEnd(folder)) === now, `${about}: what the cache holds`).toBe(true);
      ended[now === untouched ? "before" : now === after ? "after" : "between"] += 1;
      const next = await milepost(folder, later, ...words);
      expect(again, `${about}\n${next.err}`).toContain(next.code);
      expect((await inTheEnd(folder)) === after, `${about}: after the next ${name}`).toBe(true);
      expect(await halfWritten(folder), about).toEqual([]);
      expect(await leftAfterSweeping(folder), about).toEqual([]);
      removeTown(folder);
    }
    // Of two extracts in the inbox the first may be loaded and the second not.
    if (name !== "load") expect(ended.between).toBe(0);
    expect(ended.before + ended.after + ended.between).toBeGreaterThan(step === 1 ? 3 : 0);
    if (step === 1) console.log(`${name}: ${JSON.stringify(ended)}`);
  },
  step === 1 ? 3_600_000 : 300_000
);
