import {cp, mkdir, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";

/**
 * A case is a text file: what is changed in the good project, then what is said about it. A change is one of
 *
 *     ~ sources/incidents.yaml     lines of the file are replaced:
 *     - date: occurred_on          these (they stand there once, on lines that follow one another)
 *     + date: ocurred_on           by these
 *
 *     > targets/new.yaml           the file is written: the lines that follow
 *     x seeds/segments.csv         the file is deleted
 *
 * and the rest, from the line `= said` on, is the text that `check` prints.
 */
export interface Case {
  /** The file as far as the line `= said`, that line included. */
  readonly head: string;
  readonly said: string;
  readonly changes: readonly Change[];
}

type Change =
  | {readonly kind: "edit"; readonly path: string; readonly edits: readonly {from: string; to: string}[]}
  | {readonly kind: "write"; readonly path: string; readonly text: string}
  | {readonly kind: "delete"; readonly path: string};

const mark = "= said\n";

export function parseCase(text: string): Case {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`a case must have a line "${mark.trim()}"`);
  const head = text.slice(0, at + mark.length);
  const sections = text.slice(0, at).split(/^(?=[~>x] )/m);
  const changes = sections.filter((section) => /^[~>x] /.test(section)).map(parseChange);
  return {head, said: text.slice(at + mark.length), changes};
}

function parseChange(section: string): Change {
  const [first = "", ...lines] = section.replace(/\n+$/, "").split("\n");
  const path = first.slice(2).trim();
  if (first.startsWith("x ")) return {kind: "delete", path};
  if (first.startsWith("> ")) return {kind: "write", path, text: `${lines.join("\n")}\n`};
  const edits: {from: string; to: string}[] = [];
  let from: string[] = [];
  let to: string[] = [];
  for (const line of [...lines, "- "]) {
    if (line.startsWith("- ") && to.length > 0) {
      edits.push({from: from.join("\n"), to: to.join("\n")});
      [from, to] = [[], []];
    }
    if (line.startsWith("- ")) from.push(line.slice(2));
    else to.push(line.slice(2));
  }
  return {kind: "edit", path, edits};
}

/** Runs `look` on a copy of the good project with the changes made. */
export async function withProject<T>(
  good: string,
  changes: readonly Change[],
  look: (directory: string) => Promise<T>
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "milepost-config-"));
  try {
    await cp(good, directory, {recursive: true});
    for (const change of changes) await make(change, directory);
    return await look(directory);
  } finally {
    await rm(directory, {recursive: true, force: true});
  }
}

async function make(change: Change, directory: string): Promise<void> {
  const path = join(directory, change.path);
  if (change.kind === "delete") return rm(path);
  if (change.kind === "write") {
    await mkdir(dirname(path), {recursive: true});
    return writeFile(path, change.text);
  }
  let text = await readFile(path, "utf8");
  for (const {from, to} of change.edits) {
    if (text.split(`${from}\n`).length !== 2) throw new Error(`${change.path} must hold once: ${from}`);
    text = text.replace(`${from}\n`, () => `${to}\n`);
  }
  await writeFile(path, text);
}
