import {existsSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, expect, test} from "vitest";
import type {LedgerEntry} from "../../pipeline/ledger/contract.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {knowledge} from "../../pipeline/ledger/knowledge.ts";
import {program, start} from "./mortal.ts";
import {answers, extract, halfWritten, leftAfterSweeping, livedInTown, milepost, removeTown, today} from "./town.ts";

/*
 * Real processes, killed at random moments of their work, over one town that lives on: every other one by the clock, and
 * the rest at a call of the file layer, where moments are short and matter most. MILEPOST_KILLS says how many, 300 take
 * about ten minutes; MILEPOST_SEED plays the same moments again, as far as a machine does anything twice.
 */
const kills = Number(process.env.MILEPOST_KILLS ?? 16);
const seed = Number(process.env.MILEPOST_SEED ?? Math.floor(Math.random() * 2 ** 31));

const months = ["2024-01", "2024-02", "2024-03"] as const;

let state = seed;
/** From 0 to 1: a linear congruential generator is random enough for moments of death. */
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}
const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;

let town: string | null = null;
afterEach(() => {
  if (town !== null) removeTown(town);
});

/** The rows that count by the ledger alone: of each month the last load that was not taken back; NaN where one is missing. */
function countedByLedger(entries: readonly LedgerEntry[]): number {
  const byMonth = new Map<string, number>();
  for (const {file, kept} of knowledge(entries, null).loads) byMonth.set(file.slice(6, 13), kept);
  const last = [...byMonth.keys()].sort().at(-1) ?? "";
  const wanted = months.filter((month) => month <= last);
  return wanted.reduce((sum, month) => sum + (byMonth.get(month) ?? Number.NaN), 0);
}

async function countedByMilepost(folder: string): Promise<number> {
  const {out} = await milepost(folder, today, "attain", "--segment", "city:all", "--format", "json");
  const [row] = JSON.parse(out) as {actual_value: number}[];
  return row?.actual_value ?? Number.NaN;
}

test.skipIf(!existsSync(program))(
  `killed at ${kills} random moments, nothing is lost or half written (skipped where the program is not built)`,
  async () => {
    town = await livedInTown();
    const folder = town;
    let made = 0;
    const known = async () => knowledge(await readLedger(join(folder, "warehouse")), null).loads;
    const period = async () => one(await known()).file.slice(6, 13);
    const commands: Readonly<Record<string, () => Promise<readonly string[]>>> = {
      load: async () => {
        made += 1;
        const month = one(months);
        // Other records each time: the same bytes would be known.
        writeFileSync(join(folder, `calls-${month}-${made}.csv`), extract(month, 30 + (made % 40), made * 100));
        return ["load", `calls-${month}-${made}.csv`];
      },
      retract: async () => {
        const loads = await known();
        // The last one stays, so that there is something to report.
        if (loads.length < 2) return commands.load!();
        return ["retract", one(loads).id, "--reason", "an extract of another town"];
      },
      report: async () => ["report", "monthly", "--period", await period()],
      issue: async () => ["issue", "monthly", "--period", await period(), "--by", "A. Analyst"]
    };
    const names = Object.keys(commands);
    // How far a life may reach, by way and command: a little longer after each death, shorter after one that lived on.
    const reach = new Map<string, number>();
    for (const name of names) {
      const {code, milliseconds, err} = await start(folder, await commands[name]!(), null);
      expect(code, `${name}: ${err}`).toBe(0);
      reach.set(`clock ${name}`, milliseconds).set(`call ${name}`, 30);
    }

    const then = new Map<string, string>();
    const files = new Map<string, string>();
    const tally = new Map(names.map((name) => [name, {killed: 0, committed: 0}]));
    const inspect = async (about: string, all: boolean) => {
      const ledger = join(folder, "warehouse", "ledger");
      for (const [name, text] of files) expect(readFileSync(join(ledger, name), "utf8"), about).toBe(text);
      for (const name of readdirSync(ledger).filter((one) => !one.startsWith("."))) {
        files.set(name, readFileSync(join(ledger, name), "utf8"));
      }
      const entries = await readLedger(join(folder, "warehouse"));
      expect(await halfWritten(folder), about).toEqual([]);
      expect(await countedByMilepost(folder), about).toBe(countedByLedger(entries));
      for (const at of all ? then.keys() : [...then.keys()].slice(-2)) {
        expect((await answers(folder, at))[0] === then.get(at), `${about}: what was known at ${at} changed`).toBe(true);
      }
      const last = entries.at(-1)!.at;
      if (!then.has(last)) then.set(last, (await answers(folder, last))[0]!);
      return entries.length;
    };

    let committed = await inspect("before any", true);
    for (let killed = 0; killed < kills; ) {
      const name = one(names);
      const words = await commands[name]!();
      const way = killed % 2 === 0 ? "clock" : "call";
      const most = reach.get(`${way} ${name}`)!;
      // By the clock a process spends the first part of its life on loading itself.
      const after = way === "clock" ? most * (0.4 + 0.6 * random()) : 1 + most * random();
      const {code, err} = await start(folder, words, {way, after});
      const about = `seed ${seed}, kill ${killed + 1} (${words.join(" ")}) by ${way}, ${after.toFixed(0)}\n${err}`;
      const now = await inspect(about, false);
      reach.set(`${way} ${name}`, most * (code === null ? 1.06 : 0.85));
      // One that was quicker than its death has done what it should, and does not count.
      if (code !== null) expect([0, 1], about).toContain(code);
      const counted = tally.get(name)!;
      if (code === null) {
        killed += 1;
        counted.killed += 1;
        if (now > committed) counted.committed += 1;
      }
      committed = now;
      if (code === null && killed % 50 === 0) console.log(`seed ${seed}: ${killed} killed, ${committed} entries`);
    }

    await inspect(`seed ${seed}, at the end`, true);
    for (const name of ["load", "report", "issue", "retract"]) {
      const {code, err} = await start(folder, await commands[name]!(), null);
      expect(code, `seed ${seed}: ${name} after all\n${err}`).toBe(0);
    }
    const run = await start(folder, ["run"], null);
    expect(run.code, `seed ${seed}: run after all\n${run.err}`).toBe(0);
    await inspect(`seed ${seed}, after all`, true);
    expect(await leftAfterSweeping(folder)).toEqual([]);
    const ended = [...tally].map(([name, {killed, committed: of}]) => `${name} ${killed} (${of} past its entry)`);
    console.log(`seed ${seed}; killed while at work: ${ended.join(", ")}; ${committed} entries in the ledger`);
  },
  60_000 + kills * 20_000
);
