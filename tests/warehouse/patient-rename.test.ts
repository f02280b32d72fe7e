import {expect, test} from "vitest";
import {renamePatiently} from "../../pipeline/warehouse/patient-rename.ts";

/** A disk that refuses so many times with a code, and what was asked of it. */
function disk(code: string, refusals: number) {
  const waits: number[] = [];
  let calls = 0;
  return {
    waits,
    calls: () => calls,
    effects: {
      rename: async () => {
        calls += 1;
        if (calls <= refusals) throw Object.assign(new Error(`${code}: refused`), {code});
      },
      wait: async (milliseconds: number) => void waits.push(milliseconds)
    }
  };
}

test.each(["EPERM", "EBUSY", "EACCES"])(
  "a file that is open for a moment (%s) is renamed once it is free",
  async (code) => {
    const {effects, waits, calls} = disk(code, 3);
    await renamePatiently("a", "b", effects);
    expect(calls()).toBe(4);
    expect(waits).toEqual([10, 20, 40]);
  }
);

test("one that stays open is refused after little more than a second", async () => {
  const {effects, waits} = disk("EBUSY", Number.POSITIVE_INFINITY);
  await expect(renamePatiently("a", "b", effects)).rejects.toMatchObject({code: "EBUSY"});
  const waited = waits.reduce((sum, one) => sum + one, 0);
  expect(waited).toBeGreaterThan(1000);
  expect(waited).toBeLessThan(1500);
});

test.each(["ENOSPC", "ENOENT", "EROFS", "ENOTEMPTY"])(
  "what waiting does not mend (%s) is refused at once",
  async (code) => {
    const {effects, waits, calls} = disk(code, 1);
    await expect(renamePatiently("a", "b", effects)).rejects.toMatchObject({code});
    expect([calls(), waits.length]).toEqual([1, 0]);
  }
);
