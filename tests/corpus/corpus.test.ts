import {mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import type {ProjectSource} from "../../pipeline/config/project.ts";
import {sourceOf, workplace} from "../extract/support.ts";
import {cases} from "./cases.mjs";
import {sources} from "./sources.mjs";
import {writeCorpus} from "./write.mjs";

interface Expected {
  readonly name: string;
  readonly file: string;
  readonly source: string;
  /** Not in the repository: too long for it. */
  readonly made?: string;
  readonly outcome: "read" | "refused";
  /** Left out of a refusal: the file need not be read to its end. */
  readonly records?: number;
  readonly kept: number;
  readonly rejects?: Readonly<Record<string, number>>;
  /** Of everything that is said, each once, the reason of a refusal first. */
  readonly codes: readonly string[];
  /** Line and column of the first. */
  readonly at?: readonly [number, number] | null;
}

const here = import.meta.dirname;
const expected = JSON.parse(readFileSync(join(here, "expected/outcomes.json"), "utf8")) as readonly Expected[];
const {write, read} = workplace();
const bySource = new Map(
  Object.entries(sources).map(([name, definition]): [string, ProjectSource] => [name, sourceOf(definition)])
);

describe("the corpus of damaged, odd and hostile extracts", () => {
  test.each(expected.map((one) => [one.name, one] as const))("%s", async (_, {file, source, made, ...wanted}) => {
    const bytes = made === undefined ? readFileSync(join(here, "files", file)) : bytesOf(file);
    const outcome = await read(write(file, bytes), bySource.get(source)!);
    const {records, kept, rejected, rejects_by_reason, diagnostics} = outcome;
    const [first] = diagnostics;
    expect({
      outcome: outcome.outcome,
      ...(outcome.outcome === "read" ? {records, kept, rejects: rejects_by_reason} : {kept}),
      codes: [...new Set(diagnostics.map(({code}) => code))].sort(),
      ...(wanted.at == null ? {} : {at: [first?.place?.line, first?.place?.column]})
    }).toEqual({
      outcome: wanted.outcome,
      ...(wanted.outcome === "read"
        ? {records: wanted.records, kept: wanted.kept, rejects: wanted.rejects}
        : {kept: 0}),
      codes: [...new Set(wanted.codes)].sort(),
      ...(wanted.at == null ? {} : {at: wanted.at})
    });
    if (outcome.outcome === "read") expect(records).toBe(kept + rejected);
    else expect(diagnostics.find(({severity}) => severity === "error")?.code).toBe(wanted.codes[0]);
  });

  test("holds at least 150 files, each of its own", () => {
    expect(expected.length).toBeGreaterThanOrEqual(150);
    expect(new Set(expected.map(({file}) => file)).size).toBe(expected.length);
    expect(new Set(expected.map(({name}) => name)).size).toBe(expected.length);
  });

  test("is what its script writes (else: node tests/corpus/write.mjs, and look at the difference)", () => {
    const anew = mkdtempSync(join(tmpdir(), "milepost-corpus-"));
    try {
      writeCorpus(anew);
      expect(readFileSync(join(here, "expected/outcomes.json"), "utf8")).toBe(
        readFileSync(join(anew, "expected/outcomes.json"), "utf8")
      );
      expect(readdirSync(join(here, "files"))).toEqual(readdirSync(join(anew, "files")));
      for (const file of readdirSync(join(anew, "files"))) {
        expect(readFileSync(join(here, "files", file)).equals(readFileSync(join(anew, "files", file))), file).toBe(
          true
        );
      }
    } finally {
      rmSync(anew, {recursive: true, force: true});
    }
  });
});

function bytesOf(file: string): Uint8Array {
  return cases.find((one) => one.file === file)!.bytes();
}
