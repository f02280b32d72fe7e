import {mkdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {cases} from "./cases.mjs";

/** Writes the corpus anew: `node tests/corpus/write.mjs`. The same cases give the same bytes. */

const folder = new URL("./", import.meta.url).pathname;

export function writeCorpus(into = folder) {
  rmSync(join(into, "files"), {recursive: true, force: true});
  mkdirSync(join(into, "files"), {recursive: true});
  mkdirSync(join(into, "expected"), {recursive: true});
  const kept = cases.filter((one) => one.made === undefined);
  for (const {file, bytes} of kept) writeFileSync(join(into, "files", file), bytes());
  const expected = cases.map(({name, file, source, expect, made}) => ({
    name,
    file,
    source,
    ...(made === undefined ? {} : {made}),
    ...expect
  }));
  writeFileSync(
    join(into, "expected", "outcomes.json"),
    `[\n${expected.map((one) => `  ${JSON.stringify(one)}`).join(",\n")}\n]\n`
  );
}

if (process.argv[1] === new URL(import.meta.url).pathname) writeCorpus();
