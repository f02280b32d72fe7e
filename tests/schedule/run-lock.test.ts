import {spawn} from "node:child_process";
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {hostname, tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {type LockHolder, type RunLock, takeRunLock} from "../../pipeline/schedule/run-lock.ts";
import {thisProcess} from "../../pipeline/schedule/this-process.ts";

let warehouse: string;
beforeEach(() => {
  warehouse = mkdtempSync(join(tmpdir(), "milepost-lock-"));
});
afterEach(() => rmSync(warehouse, {recursive: true, force: true}));

const path = () => join(warehouse, "run.lock");

function take(id: string, dead: string[] = []): Promise<RunLock | LockHolder> {
  const started = "2024-05-01T12:00:00.000Z";
  return takeRunLock(warehouse, {id, how: "run", started}, async (holder) => void dead.push(holder.id));
}

function isLock(taken: RunLock | LockHolder): taken is RunLock {
  return "release" in taken;
}

/** Leaves the lock of a holder who is described, with the last sign of life some minutes ago. */
async function leave(holder: Partial<LockHolder>, minutesAgo = 0): Promise<void> {
  const whole = {id: "dead", how: "run", started: "2024-04-30T12:00:00.000Z", ...(await thisProcess()), ...holder};
  writeFileSync(path(), JSON.stringify(whole));
  const at = new Date(Date.now() - minutesAgo * 60_000);
  utimesSync(path(), at, at);
}

/** The number of a process that has ended. */
async function gone(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => child.once("exit", resolve));
  return child.pid!;
}

test("says who is at work, and since when; after the release the next one gets it", async () => {
  const first = await take("first");
  expect(isLock(first)).toBe(true);
  expect(await take("second")).toMatchObject({
    id: "first",
    how: "run",
    started: "2024-05-01T12:00:00.000Z",
    pid: process.pid,
    host: hostname()
  });
  await (first as RunLock).release();
  expect(readdirSync(warehouse)).toEqual([]);
  expect(isLock(await take("second"))).toBe(true);
});

describe("the lock of a dead process is taken over", () => {
  test("where its number is gone, and whoever takes it tells of it first", async () => {
    await leave({pid: await gone()});
    const dead: string[] = [];
    const taken = await take("next", dead);
    expect(isLock(taken)).toBe(true);
    expect(dead).toEqual(["dead"]);
    expect(JSON.parse(readFileSync(path(), "utf8")).id).toBe("next");
    expect(readdirSync(warehouse)).toEqual(["run.lock"]);
  });

  test.skipIf(!existsSync("/proc/self/stat"))("where its number was given to another process since", async () => {
    await leave({pid: process.pid, born: "12"});
    expect(isLock(await take("next"))).toBe(true);
  });

  test("not where it lives, however long it has been silent: the machine may have slept", async () => {
    await leave({}, 600);
    expect(await take("next")).toMatchObject({id: "dead"});
  });

  test("on another machine only after five silent minutes", async () => {
    await leave({machine: "elsewhere", pid: 1}, 4);
    expect(await take("next")).toMatchObject({id: "dead"});
    await leave({machine: "elsewhere", pid: 1}, 6);
    expect(isLock(await take("next"))).toBe(true);
  });

  test("where nothing can be read in it, after the same five minutes", async () => {
    writeFileSync(path(), "{");
    expect(isLock(await take("next"))).toBe(false);
    const at = new Date(Date.now() - 6 * 60_000);
    utimesSync(path(), at, at);
    expect(isLock(await take("next"))).toBe(true);
  });

  test("also after others that died while they took it over", async () => {
    const pid = await gone();
    await leave({pid});
    const holder = {id: "second", how: "run", started: "2024-04-30T13:00:00.000Z", ...(await thisProcess()), pid};
    writeFileSync(`${path()}.dead`, JSON.stringify(holder));
    writeFileSync(`${path()}.dead.second`, JSON.stringify({...holder, id: "third"}));
    const dead: string[] = [];
    expect(isLock(await take("next", dead))).toBe(true);
    expect(dead).toEqual(["dead"]);
    expect(readdirSync(warehouse)).toEqual(["run.lock"]);
  });

  test("by one of many that try at once", async () => {
    for (let round = 0; round < 8; round += 1) {
      await leave({pid: await gone()});
      const taken = await Promise.all(Array.from({length: 8}, (_, index) => take(`next-${index}`)));
      const locks = taken.filter(isLock);
      expect(locks).toHaveLength(1);
      expect(taken.filter((one) => !isLock(one))).toHaveLength(7);
      await locks[0]!.release();
      expect(readdirSync(warehouse)).toEqual([]);
    }
  });
});

test("a holder that was taken for dead notices, and leaves the other's lock alone", async () => {
  const lock = (await take("slow")) as RunLock;
  expect(await lock.isHeld()).toBe(true);
  await leave({id: "other"});
  expect(await lock.isHeld()).toBe(false);
  await lock.release();
  expect(JSON.parse(readFileSync(path(), "utf8")).id).toBe("other");
});
