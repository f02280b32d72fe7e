import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {type Fault, withFailingDisk} from "./failing-disk.ts";
import {
  answers,
  copyTown,
  halfWritten,
  leftAfterSweeping,
  livedInTown,
  milepost,
  moments,
  removeTown,
  today
} from "./town.ts";

/*
 * Each call of the file layer fails in turn, and after every one the town is in the state before or after. The whole of
 * it (each call with each fault) takes half an hour: MILEPOST_FAULTS=all. MILEPOST_FAULTS=each is each call with one
 * fault after the other, and without either every 13th call fails so.
 */
const all = process.env.MILEPOST_FAULTS === "all";
const step = all || process.env.MILEPOST_FAULTS === "each" ? 1 : 13;
const codes: readonly Fault["code"][] = ["ENOSPC", "EIO", "EACCES", "EROFS"];

let town: string;
beforeAll(async () => {
  town = await livedInTown();
});
afterAll(() => removeTown(town));

/** What a failed command may say: of the disk, or of the one folder that can't be replaced. */
const clear = /error {2}(disk-refused|bundle-in-use)\n/;

interface Tried {
  readonly words: readonly string[];
  /** Exit codes of the same command on a disk that works again; 1 where there is nothing left to do. */
  readonly again?: readonly number[];
}

async function firstLoad(): Promise<string> {
  const [entry] = await readLedger(join(town, "warehouse"));
  if (entry?.kind !== "load") throw new Error("the first entry of the town is a load");
  return entry.load.id;
}

const tried: Readonly<Record<string, () => Promise<Tried>>> = {
  load: async () => ({words: ["load"]}),
  // What failed after its entry stands is a retraction: the same again says so.
  retract: async () => ({words: ["retract", await firstLoad(), "--reason", "wrong year"], again: [0, 1]}),
  report: async () => ({words: ["report", "monthly", "--period", "2024-01"]}),
  issue: async () => ({words: ["issue", "monthly", "--period", "2024-02", "--by", "A. Analyst"]}),
  run: async () => ({words: ["run"]})
};

test.each(Object.keys(tried))(
  "a disk that fails at any call of %s leaves the state before or after, and the next one works",
  async (name) => {
    const {words, again = [0]} = await tried[name]!();
    const before = await answers(town, ...moments);
    const whole = copyTown(town);
    const {result, calls} = await withFailingDisk(whole, null, () => milepost(whole, today, ...words));
    expect(result.code, result.err).toBe(0);
    const after = await answers(whole, today);
    removeTown(whole);
    expect(calls.length).toBeGreaterThan(5);

    let failures = 0;
    let lost = 0;
    for (let call = 1; call <= calls.length; call += step) {
      for (const code of all ? codes : [codes[((call - 1) / step) % codes.length]!]) {
        const about = `${name}, ${code} at call ${call}: ${JSON.stringify(calls[call - 1])}`;
        const folder = copyTown(town);
        const {result: came, failed} = await withFailingDisk(folder, {code, call}, () =>
          milepost(folder, today, ...words)
        );
        expect(failed, about).not.toBeNull();
        failures += 1;
        expect([0, 1], `${about}\n${came.err}`).toContain(came.code);
        // A file that only saves time may fail to be written without a word.
        if (came.code === 1) {
          lost += 1;
          expect(`${came.err}${came.out}`, about).toMatch(clear);
        }
        expect(await halfWritten(folder), about).toEqual([]);
        expect(await answers(folder, ...moments), about).toEqual(before);
        const next = await milepost(folder, today, ...words);
        expect(again, `${about}\n${next.err}`).toContain(next.code);
        const now = await answers(folder, ...moments, today);
        expect(
          now.map((one, at) => one === [...before, ...after][at]),
          `${about}\n${came.err}\n${next.out}${next.err}`
        ).toEqual(now.map(() => true));
        expect(await halfWritten(folder), about).toEqual([]);
        expect(await leftAfterSweeping(folder), about).toEqual([]);
        removeTown(folder);
      }
    }
    // A test that lets nothing fail would prove nothing.
    expect(lost).toBeGreaterThan(failures / 4);
    if (step === 1) console.log(`${name}: ${calls.length} calls, ${failures} failures, ${lost} stopped the command`);
  },
  step === 1 ? 3_600_000 : 300_000
);
