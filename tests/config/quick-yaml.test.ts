import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {readQuickly} from "../../pipeline/config/quick-yaml.ts";
import {readYaml} from "../../pipeline/config/read-yaml.ts";
import {readText} from "../../pipeline/config/text-file.ts";
import {readYamlWithFaults} from "../../pipeline/config/yaml-faults.ts";
import type {Path, YamlFile} from "../../pipeline/config/yaml-file.ts";
import "../support/property-seed.ts";

const root = join(import.meta.dirname, "../..");
const folders = ["targets", "sources", "reports", "tests/golden", "tests/config/good"];
const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), {recursive: true})
    .map(String)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(root, folder, name))
);

const fileOf = (text: string) => readText({path: "a.yaml", contents: new TextEncoder().encode(text)}).file;

/** Every way down into a value. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const entries = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : [];
  return [path, ...entries.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function expectSame(quick: YamlFile, slow: YamlFile, text: string): void {
  expect(slow.diagnostics, text).toEqual([]);
  expect(quick.value, text).toEqual(slow.value);
  for (const path of [...pathsOf(slow.value), ["no", "such", "key"]]) {
    expect([path, quick.placeOf(path), quick.placeOfKey(path)]).toEqual([
      path,
      slow.placeOf(path),
      slow.placeOfKey(path)
    ]);
  }
}

test.each(files.map((file) => [file.slice(root.length + 1), file]))(
  "%s is read quickly, as the reader that tells faults reads it",
  async (_, path) => {
    const file = fileOf(readFileSync(path, "utf8"));
    expect(readQuickly(file.text)).not.toBeNull();
    expectSame(await readYaml(file), readYamlWithFaults(file), path);
  }
);

describe("whatever is read quickly", () => {
  const texts = files.map((file) => readFileSync(file, "utf8")).filter(({length}) => length < 6000);
  const scraps = fc.oneof(
    fc.string({maxLength: 3}),
    fc.constantFrom(
      ..."{}[],:-#'\"|>&*!%@`?\n\t ~",
      "\n  ",
      ": ",
      "- ",
      " #",
      "---\n",
      "...",
      "<<: ",
      "null",
      "0x1f",
      "0o7",
      "1e3",
      ".5",
      "+1",
      "1_000",
      "007",
      "-0",
      "1234567890123456",
      "2024-01-01",
      "yes",
      ".inf",
      "\r\n",
      "\u2028",
      "\u0085",
      "\ufeff"
    )
  );

  test("after any small change is what the other reader reads, without a fault and at the same places", () => {
    let quick = 0;
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat({max: 4}), scraps, (text, at, removed, scrap) => {
        const from = at % text.length;
        const file = fileOf(text.slice(0, from) + scrap + text.slice(from + removed));
        const read = readQuickly(file.text);
        if (read === null) return;
        quick++;
        const slow = readYamlWithFaults(file);
        expect(slow.diagnostics, file.text.slice(Math.max(0, from - 60), from + 60)).toEqual([]);
        expect(read.value).toEqual(slow.value);
      }),
      {numRuns: 1000}
    );
    expect(quick).toBeGreaterThan(200);
  });

  test("small files of any signs too", async () => {
    const words = fc.array(scraps, {maxLength: 12}).map((parts) => `a: ${parts.join("")}\nb: 1\n`);
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const file = fileOf(text);
        if (readQuickly(file.text) !== null) expectSame(await readYaml(file), readYamlWithFaults(file), text);
      }),
      {numRuns: 3000}
    );
  });
});
