import {existsSync, mkdirSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {afterEach, expect, test, vi} from "vitest";
import {livedInTown, milepost, removeTown, today} from "./town.ts";

/*
 * The system's folder for temporary files is everybody's: cleaners sweep it, and so do people. Nothing that a command is
 * made of may lie there while the warehouse can be written.
 */
let town: string | null = null;
afterEach(() => {
  vi.unstubAllEnvs();
  if (town !== null) removeTown(town);
});

const commands = [
  ["load"],
  ["attain", "--out", "rows.parquet"],
  ["report", "monthly", "--period", "2024-01"],
  ["issue", "monthly", "--period", "2024-02", "--by", "A. Analyst"],
  ["explain", "fewer", "--rows", "rows.csv"]
];

test("no command needs the system's folder for temporary files", async () => {
  town = await livedInTown();
  const temporary = join(town, "temporary");
  for (const name of ["TMPDIR", "TEMP", "TMP"]) vi.stubEnv(name, temporary);
  for (const words of commands) {
    const {code, err} = await milepost(town, today, ...words);
    expect(code, `${words.join(" ")}: ${err}`).toBe(0);
  }
  expect(existsSync(temporary)).toBe(false);
  mkdirSync(temporary);
  expect((await milepost(town, today, "reproduce", "out/monthly/2024-02/internal/1")).code).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(join(town, "warehouse")).filter((name) => name.startsWith("."))).toEqual([]);
});
