import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {basename, dirname, extname, join} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {parse} from "yaml";
import {z} from "zod";
import {main} from "../pipeline/cli/program.ts";
import {againstHand} from "./support/by-hand.ts";

/*
 * A case is a folder: `given/` is a project as its user would have it, with `run.yaml`; `expected/` is every file that
 * must come of it, with `transcript.txt` of what was printed; `README.md` holds the calculation by hand, and
 * `by-hand.csv`, where there is one, its numbers: they must agree however often `expected/` is written anew.
 * Missing and unexpected files both fail. Without `expected/`, outside CI, the files are written and the case fails
 * once, so that somebody looks at them.
 */

const runSchema = z.strictObject({
  /** The clock of each command, in order; the last one holds for the rest. */
  now: z.array(z.string()).min(1),
  /** Words of each command line after `milepost`, split at blanks; a quoted run is one word. */
  commands: z.array(z.string()).min(1),
  /** A project of tests/projects to begin with; what is in `given/` is laid over it. */
  project: z.string().optional(),
  /** Files of ../shared that the case loads; it is skipped where they are absent. */
  shared: z.array(z.string()).default([]),
  /** Folders and files of the project that are compared. */
  compare: z.array(z.string()).default(["out"])
});

const root = join(import.meta.dirname, "golden");
const shared = join(import.meta.dirname, "../../shared");
const scratch = mkdtempSync(join(tmpdir(), "milepost-golden-"));
afterAll(() => rmSync(scratch, {recursive: true, force: true}));

describe.each(readdirSync(root).filter((name) => existsSync(join(root, name, "given"))))("%s", (name) => {
  const folder = join(root, name);
  const run = runSchema.parse(parse(readFileSync(join(folder, "given/run.yaml"), "utf8")));
  const absent = run.shared.find((file) => !existsSync(join(shared, file)));
  const skip = absent !== undefined;

  test.skipIf(skip)(skip ? `is skipped: ../shared/${absent} is not here` : "gives what is expected", async () => {
    const project = join(scratch, name);
    if (run.project !== undefined)
      cpSync(join(import.meta.dirname, "projects", run.project), project, {recursive: true});
    cpSync(join(folder, "given"), project, {recursive: true});
    rmSync(join(project, "run.yaml"));
    mkdirSync(join(project, "inbox"), {recursive: true});
    for (const file of run.shared) cpSync(join(shared, file), join(project, "inbox", basename(file)));

    const actual = new Map([["transcript.txt", await transcript(project, run)]]);
    for (const compared of run.compare) {
      for (const path of filesBelow(project, compared)) actual.set(path, comparable(project, path));
    }

    expect.soft(againstHand(folder, actual), `${name}: by hand`).toEqual([]);
    const expected = join(folder, "expected");
    if (!existsSync(expected) && process.env.CI === undefined) {
      for (const [path, text] of actual) {
        mkdirSync(dirname(join(expected, path)), {recursive: true});
        writeFileSync(join(expected, path), text);
      }
      expect.fail(`${name}: expected/ was written; look at it, then run again`);
    }
    expect([...actual.keys()].sort()).toEqual(filesBelow(expected, ".").sort());
    for (const [path, text] of actual) {
      expect.soft(text, `${name}: ${path}`).toBe(readFileSync(join(expected, path), "utf8"));
    }
  });
});

/** Runs the commands and writes down what a user would see. */
async function transcript(project: string, {commands, now}: z.output<typeof runSchema>): Promise<string> {
  let text = "";
  const write = (part: string) => {
    text += part.replaceAll(project, "PROJECT").replaceAll(scratch, "SCRATCH");
  };
  for (const [index, command] of commands.entries()) {
    write(`$ milepost ${command}\n`);
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
    const clock = now[Math.min(index, now.length - 1)] as string;
    const context = {
      out: write,
      err: write,
      now: () => new Date(clock),
      cwd: project,
      terminal: false,
      version: "0.0.0"
    };
    const code = await main(words, context);
    write(`[exit ${code}]\n\n`);
  }
  return text;
}

/** Everything but what differs by machine: renderers' SVG and PDF, and their hashes in the manifest. */
function comparable(project: string, path: string): string {
  const bytes = readFileSync(join(project, path));
  if ([".svg", ".pdf"].includes(extname(path))) return "(drawn by a renderer; compared by other tests)\n";
  if ([".parquet", ".arrow"].includes(extname(path))) return "(not text; its hash stands in the manifest)\n";
  const text = bytes.toString("utf8");
  if (basename(path) === "manifest.json") {
    // The renderers' bytes, and of the page that holds their drawings.
    return text.replace(/\{[^{}]*"path": "[^"]*\.(svg|pdf|html)"[^{}]*\}/g, (entry) =>
      entry.replace(/"bytes": \d+/, '"bytes": 0').replace(/[0-9a-f]{64}/, "(sha256)")
    );
  }
  // Over a manifest with those hashes in it.
  if (basename(path) === "latest.json")
    return text.replace(/"manifest_sha256": "[0-9a-f]{64}"/, '"manifest_sha256": "(sha256)"');
  return text
    .replace(/data:font\/woff2;base64,[A-Za-z0-9+/=]+/g, "data:font/woff2;base64,(font)")
    .replace(/<style>[\s\S]*?<\/style>/g, "<style>(pipeline/bundle/page.css)</style>")
    .replace(/'sha256-[A-Za-z0-9+/=]+'/g, "'sha256-(hash)'")
    .replace(/<svg[\s\S]*?<\/svg>/g, "<svg>(drawn by a renderer)</svg>");
}

function filesBelow(folder: string, below: string): string[] {
  const start = join(folder, below);
  if (!existsSync(start)) return [];
  if (statSync(start).isFile()) return [below];
  return readdirSync(start, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/")
    )
    .sort();
}
