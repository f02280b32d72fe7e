import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {describe, expect, test} from "vitest";

const page = readFileSync("docs/systems.md", "utf8");
const rows = tableOf(page, "| system |");

/** Cells of each record of the table that begins with this header. */
function tableOf(text: string, header: string): string[][] {
  const from = text.slice(text.indexOf(header));
  const lines = from.slice(0, from.search(/\n(?!\|)/)).split("\n");
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim())
  );
}

/** Everything that stands in the project's target files. */
const targets = readdirSync("targets", {recursive: true, encoding: "utf8"})
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => readFileSync(join("targets", file), "utf8"))
  .join("\n");

describe("docs/systems.md", () => {
  test("every row names a source that exists, or says why there is none", () => {
    for (const [system = "", source = ""] of rows) {
      const named = [...source.matchAll(/\(\.\.\/sources\/([\w-]+\.yaml)\)/g)].map(([, file]) => file!);
      expect(named.length > 0 || /^\**none|register/.test(source), system).toBe(true);
      for (const file of named) expect(existsSync(join("sources", file)), `${system}: ${file}`).toBe(true);
    }
  });

  test("every milestone and target that it names is in a plan", () => {
    const named = [...page.matchAll(/`((?:g\d\.[a-z]|faq|mayor|umcr)\.[\w.]+)`/g)].map(([, id]) => id!);
    expect(named.length).toBeGreaterThan(40);
    const missing = named.filter(
      (id) => !new RegExp(`(milestone|target): ${id.replaceAll(".", "\\.")}[ ,}\\n-]`).test(targets)
    );
    expect(missing).toEqual([]);
  });

  test("the gang database is no source", () => {
    const row = rows.find(([system = ""]) => system.includes("CalGang"));
    expect(row?.[1]).toMatch(/^\*\*none/);
    expect(readdirSync("sources").filter((file) => /gang/i.test(file))).toEqual([]);
  });

  test("is linked from where a newcomer reads", () => {
    expect(readFileSync("README.md", "utf8")).toContain("](docs/systems.md)");
    expect(readFileSync("sources/README.md", "utf8")).toContain("](../docs/systems.md)");
  });
});

const census = resolve("../shared/plan/README.md");

describe.skipIf(!existsSync(census))("the systems of the census (skipped where it is absent)", () => {
  const named = existsSync(census) ? tableOf(readFileSync(census, "utf8"), "| system (document) |") : [];

  test("has as many rows as docs/systems.md, and each of its names stands in the same row there", () => {
    expect(named.length).toBeGreaterThan(20);
    expect(rows).toHaveLength(named.length);
    named.forEach(([system = ""], index) => {
      // Proper names and abbreviations: the words in between are worded anew.
      const names = system.replaceAll(/\([^)]*\)/g, "").match(/[A-Z][\w.-]*[A-Za-z]/g) ?? [];
      const [ours = ""] = rows[index] ?? [];
      expect(
        names.filter((name) => !ours.includes(name)),
        system
      ).toEqual([]);
    });
  });
});
