import {rm} from "node:fs/promises";
import {afterAll, expect, test} from "vitest";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {copyRootProject} from "../support/root-project.ts";

const project = copyRootProject("2024-01-11T12:00:00Z");
afterAll(() => rm(project.directory, {recursive: true}));

async function milepost(...words: string[]): Promise<string> {
  const {exitCode, out} = await project.milepost(...words);
  expect(exitCode).toBe(0);
  return out;
}

test("the sample's extracts load without a reject or an unknown column, and show every kind of status", async () => {
  await milepost("sample", "--rows", "23000");
  const receipts: Receipt[] = JSON.parse(await milepost("load", "--format", "json"));
  expect(receipts).toHaveLength(12);
  for (const {file, records, kept, rejected, columns, covered, checks, diagnostics} of receipts) {
    const year = /\d{4}/.exec(file)![0];
    expect({file, kept, rejected, columns: {...columns, mapped: []}, diagnostics}).toEqual({
      file,
      kept: records,
      rejected: 0,
      columns: {mapped: [], missing: [], unknown: []},
      diagnostics: []
    });
    expect(checks.map(({failed}) => failed)).toEqual(checks.map(() => 0));
    expect(checks.length).toBeGreaterThanOrEqual(3);
    expect(covered).toHaveLength(21);
    for (const {days} of covered) expect(days).toEqual([[`${year}-01-01`, `${year}-12-31`]]);
  }
  const rows: {target: string; binding: boolean; status: string}[] = JSON.parse(
    await milepost("attain", "--format", "json")
  );
  const binding = rows.filter((row) => row.binding).map(({target, status}) => [target, status]);
  // The levels of pipeline/sample/levels.ts were chosen so that the demo has something of each to show: at its volume
  // the first is at risk; here, with a tenth, chance may say otherwise. Deaths are the same at every volume.
  expect(Object.fromEntries(binding)).toEqual({
    "g1.a.1.y1.1": expect.stringMatching(/^(at_risk|on_track)$/),
    "g1.a.6.y2.1": "not_due",
    "g1.a.10.y1.1": "tracked",
    "g1.b.1.y1.1": "on_track",
    "g1.e.2.y1.2": "off_track",
    "g1.e.2.y1.3": "missed",
    "g1.e.2.y2.2": "not_due",
    "g1.e.2.y2.3": "not_due",
    "g1.e.4.y1.1": "on_track",
    "g1.e.4.y2.1": "not_due"
  });
}, 180_000);
