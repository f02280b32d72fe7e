import {existsSync, readdirSync, readFileSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {describe, expect, test} from "vitest";
import {commands} from "../../pipeline/cli/commands.ts";

const reference = readFileSync("docs/commands.md", "utf8");

/** The text under a heading of docs/commands.md, up to the next one of its level. */
function sectionOf(heading: string): string {
  return reference.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? "";
}

describe("docs/commands.md", () => {
  test("has a section for each command and none for others", () => {
    const headings = [...reference.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(Object.keys(commands));
  });

  test.each(Object.entries(commands))("%s: every option and an example", (name, {options}) => {
    const section = sectionOf(name);
    expect(section).toContain(`npx milepost ${name}`);
    const general = reference.split(/^## /m)[0]!;
    for (const [option, {value}] of Object.entries(options)) {
      const written = `\`--${option}${value === null ? "" : ` ${value}`}\``;
      expect(`${general}${section}`, `${name} --${option}`).toContain(written);
    }
  });

  test("names no option that a command doesn't have", () => {
    for (const [name, {options}] of Object.entries(commands)) {
      const named = [...sectionOf(name).matchAll(/--([a-z][a-z-]*)/g)].map(([, option]) => option!);
      expect([...new Set(named)].filter((option) => !Object.hasOwn(options, option))).toEqual([]);
    }
  });
});

const pages = [
  "README.md",
  ...["pipeline", "sources", "targets", "reports", "seeds"].map((folder) => join(folder, "README.md")),
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name))
];

describe.each(pages)("%s", (page) => {
  const text = readFileSync(page, "utf8");
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^[a-z]+:/.test(link));

  test("has no broken relative link", () => {
    for (const link of links) {
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? resolve(page) : resolve(dirname(page), path);
      expect(existsSync(file), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(readFileSync(file, "utf8")), link).toContain(anchor);
    }
  });

  test("names no file of ours that isn't there", () => {
    const named = [...text.matchAll(/`((?:pipeline|tests|docs|seeds|scripts)\/[\w./-]+\.\w+)`/g)].map(
      ([, file]) => file!
    );
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });
});

/** Anchors as GitHub makes them: lower case, punctuation dropped, blanks to hyphens. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-")
  );
}

test("pipeline/README.md has a line for each folder, and names no file that isn't there", () => {
  const text = readFileSync("pipeline/README.md", "utf8");
  const folders = readdirSync("pipeline", {withFileTypes: true}).filter((entry) => entry.isDirectory());
  const named = [...text.matchAll(/^\| `(\w+)\/` \|/gm)].map(([, folder]) => folder);
  expect(named.sort()).toEqual(folders.map(({name}) => name).sort());
  const files = [...text.matchAll(/`((?:\w+\/)[\w-]+\.ts)`/g)].map(([, file]) => file!);
  expect(files.filter((file) => !existsSync(join("pipeline", file)))).toEqual([]);
});
