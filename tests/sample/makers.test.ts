import {createHash} from "node:crypto";
import {beforeAll, describe, expect, test} from "vitest";
import type {Project} from "../../pipeline/config/project.ts";
import {readProject} from "../../pipeline/config/read-project.ts";
import {csvText} from "../../pipeline/sample/csv-text.ts";
import {makers} from "../../pipeline/sample/makers.ts";
import {type World, worldOf} from "../../pipeline/sample/world.ts";

/** The repository's own project, a two-hundredth of its volume. */
let project: Project;
beforeAll(async () => {
  const read = await readProject(".");
  if (read.project === null) throw new Error("The repository's own project has faults: milepost check");
  project = read.project;
});

function world(given: Partial<Pick<World, "seed" | "through">>): World {
  return worldOf({project, seed: 5, scale: 0.005, through: "2024-03-31", ...given});
}

function hashOf(source: string, given: Parameters<typeof world>[0]): string {
  const hash = createHash("sha256");
  for (const extract of makers[source]!(world(given))) {
    hash.update(extract.file);
    for (const piece of csvText(extract).text) hash.update(piece);
  }
  return hash.digest("hex");
}

/** Records by their key, or as they are where the source has none. */
function rowsOf(source: string, given: Parameters<typeof world>[0]): Map<string, string> {
  const {key = [], columns} = project.sources.get(source)!;
  return new Map(
    makers[source]!(world(given)).flatMap(({header, records}) => {
      const at = key.map((column) => header.findIndex((name) => columns[column]!.from.includes(name)));
      return Array.from(records, (record) => {
        const row = JSON.stringify(record);
        return [key.length === 0 ? row : JSON.stringify(at.map((index) => record[index])), row] as const;
      });
    })
  );
}

describe.each(Object.keys(makers))("%s", (source) => {
  test("one seed makes one set of bytes, another seed others", () => {
    const made = hashOf(source, {});
    expect(hashOf(source, {})).toBe(made);
    expect(hashOf(source, {seed: 6})).not.toBe(made);
  });

  test("a later extract holds the same rows and more, but for a few that were withdrawn", () => {
    const before = rowsOf(source, {});
    const now = rowsOf(source, {through: "2024-09-30"});
    const gone = [...before.keys()].filter((key) => !now.has(key));
    expect(gone.length).toBeLessThanOrEqual(0.02 * before.size);
    expect(now.size).toBeGreaterThanOrEqual(before.size - gone.length);
  });

  test("names its files as synthetic, and as the source expects them", () => {
    const patterns = project.sources
      .get(source)!
      .files.map((name) => new RegExp(`^${name.replace(/[.]/g, "\\.").replaceAll("*", ".*")}$`));
    for (const {file} of makers[source]!(world({}))) {
      expect(file).toContain("synthetic");
      expect(patterns.some((pattern) => pattern.test(file))).toBe(true);
    }
  });
});

test("every source of the project has its maker, but for crime and collisions, which come year by year", () => {
  const without = [...project.sources.keys()].filter((source) => makers[source] === undefined);
  expect(without.sort()).toEqual(["crime-incidents", "traffic-collisions"]);
});
