import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {codes} from "../../pipeline/diagnostics/messages.ts";

const folder = join(import.meta.dirname, "../../pipeline/diagnostics");

/** Codes of a catalogue file, from the keys of its parameters. */
function codesIn(file: string): string[] {
  const [parameters = ""] =
    /export (?:interface|type) \w+Parameters[\s\S]*?\n}/.exec(readFileSync(join(folder, file), "utf8")) ?? [];
  return [...parameters.matchAll(/^ {2}"([a-z0-9-]+)":/gm)].map(([, code]) => code as string);
}

const catalogues = readdirSync(folder).filter((name) => name.endsWith("-messages.ts"));

test("every code belongs to one catalogue: in two, the later text would win without a word", () => {
  const all = catalogues.flatMap(codesIn);
  expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
  expect([...all].sort()).toEqual(codes);
});

test("codes are kebab-case", () => {
  expect(codes.filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
});
