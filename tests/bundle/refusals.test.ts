import {expect, test} from "vitest";
import {refusalItems} from "../../pipeline/bundle/refusals.ts";
import type {Knowledge} from "../../pipeline/ledger/contract.ts";
import {project} from "../support/small-project.ts";

type OpenRefusal = Knowledge["refusals"][number];

const refusal: OpenRefusal = {
  source: "calls",
  file: "calls-2024-03.csv",
  sha256: "f".repeat(64),
  bytes: 4711,
  definition: "b".repeat(64),
  records: 75,
  rejected: 75,
  reason: "The quote opened here is not closed",
  code: "unclosed-quote",
  sequence: 2,
  at: "2024-04-02T13:00:00Z"
};

function textOf(one: OpenRefusal): string {
  const [block] = refusalItems(project([]), [one]);
  return block?.kind === "items" ? block.items[0]!.text : "";
}

test("a file that was not read to its end is told by its line, without a count of what was read so far", () => {
  const text = textOf({...refusal, line: 77, column: 3});
  expect(text).toContain(": line 77: The quote opened here is not closed. Nothing of it is counted");
  expect(text).not.toContain("75");
});

test("a refusal of before its place was kept is told without it", () => {
  expect(textOf(refusal)).toContain(": The quote opened here is not closed. Nothing of it is counted");
});

test("of a file that was read to its end the rejects are counted", () => {
  const text = textOf({...refusal, code: "too-many-rejects", reason: "Too many records are rejected", rejected: 14});
  expect(text).toContain("Too many records are rejected. 14 of 75 records were rejected. Nothing of it is counted");
});
