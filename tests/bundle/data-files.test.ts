import {readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import type {z} from "zod";
import {attainmentDataSchema} from "../../pipeline/attainment/contract.ts";
import {readAssets} from "../../pipeline/bundle/assets.ts";
import {buildBundle} from "../../pipeline/bundle/bundle.ts";
import {actualColumns, type BundleFile, type BundleRequest, type PageChart} from "../../pipeline/bundle/contract.ts";
import {actualsKinds, attainmentKinds, comparisonsKinds} from "../../pipeline/bundle/data-columns.ts";
import {dataFiles} from "../../pipeline/bundle/data-files.ts";
import type {DrawnChart} from "../../pipeline/charts/contract.ts";
import {type ComparisonRow, comparisonRowSchema} from "../../pipeline/comparisons/contract.ts";
import {records} from "../support/csv-records.ts";
import {openArrow, openParquet} from "../support/data-files.ts";
import {bundleRequest} from "./fixture.ts";

describe("the columns", () => {
  test.each([
    ["attainment", attainmentDataSchema, attainmentKinds],
    ["comparisons", comparisonRowSchema, comparisonsKinds]
  ] as const)("of %s are those of the contract: order, null, whole numbers and days", (_, schema, kinds) => {
    expect(Object.keys(kinds)).toEqual(Object.keys(schema.shape));
    for (const [name, field] of Object.entries(schema.shape)) {
      const kind = (kinds as Record<string, string>)[name]!;
      expect(kind.endsWith("?"), name).toBe(field.safeParse(null).success);
      expect(kind.startsWith("whole"), name).toBe(holdsNumber(field) && !field.safeParse(0.5).success);
      expect(kind.startsWith("day"), name).toBe(/(^|_)(on|through)$|^period_(from|to)$/.test(name));
    }
  });

  test("of actuals are those of the contract", () => {
    expect(Object.keys(actualsKinds)).toEqual(actualColumns);
  });
});

function holdsNumber(field: z.ZodType): boolean {
  return field.safeParse(1).success;
}

describe("the data of a bundle", () => {
  let request: BundleRequest;
  let files: ReadonlyMap<string, BundleFile["contents"]>;
  const relations = ["attainment", "actuals", "comparisons"] as const;

  beforeAll(async () => {
    request = compared(bundleRequest());
    files = byPath(await dataFiles(request, request.knowledge.loads, null));
  });

  test("is three relations in three formats, and the rejects as CSV", () => {
    expect([...files.keys()].filter((path) => path.startsWith("data/")).sort()).toEqual(
      [
        ...relations.flatMap((name) => ["arrow", "csv", "parquet"].map((ending) => `data/${name}.${ending}`)),
        "data/rejects-by-reason.csv"
      ].sort()
    );
  });

  test("has no comparisons where the report compares nothing", async () => {
    const {knowledge} = bundleRequest();
    const paths = (await dataFiles(bundleRequest(), knowledge.loads, null)).map(({path}) => path);
    expect(paths.filter((path) => path.includes("comparisons"))).toEqual([]);
  });

  test.each(relations)("%s: CSV, Parquet and Arrow hold the same cells", async (name) => {
    const text = String(files.get(`data/${name}.csv`));
    const csv = records(text);
    const header = text.split("\n", 1)[0]!.split(",");
    const arrow = openArrow(files.get(`data/${name}.arrow`) as Uint8Array);
    const parquet = await openParquet(files.get(`data/${name}.parquet`) as Uint8Array);
    expect(csv.length).toBeGreaterThan(0);
    for (const opened of [arrow, parquet]) {
      expect(opened.types.map(([column]) => column)).toEqual(header);
      expect(opened.rows.map((row) => header.map((column) => asCsv(row[column])))).toEqual(
        csv.map((row) =>
          header.map((column) => row[column]!.replace(/^'(?=[=+\-@])/, "").replace(/(T[\d:]+)Z$/, "$1.000Z"))
        )
      );
    }
    expect(parquet.rows).toEqual(arrow.rows);
  });

  test("what is not known is null, never 0, NaN or an empty text", async () => {
    const {rows} = openArrow(files.get("data/attainment.arrow") as Uint8Array);
    expect(rows.map(({actual_value}) => actual_value)).toEqual(request.rows.map(({actual_value}) => actual_value));
    expect(rows.every(({probability, done_on}) => probability === null && done_on === null)).toBe(true);
    expect(rows.some(({actual_value}) => actual_value === null)).toBe(true);
  });

  test("days are dates and lists are lists in both", async () => {
    const arrow = openArrow(files.get("data/attainment.arrow") as Uint8Array);
    const parquet = await openParquet(files.get("data/attainment.parquet") as Uint8Array);
    expect(Object.fromEntries(arrow.types)).toMatchObject({
      period_from: "Date32<DAY>",
      as_of: "Timestamp<MILLISECOND, UTC>",
      flags: "List<Utf8>",
      rows_counted: "Int32",
      binding: "Bool",
      gap: "Float64"
    });
    expect(Object.fromEntries(parquet.types)).toMatchObject({
      period_from: "DATE",
      as_of: "TIMESTAMP WITH TIME ZONE",
      flags: "VARCHAR[]",
      rows_counted: "INTEGER",
      binding: "BOOLEAN",
      gap: "DOUBLE"
    });
  });
});

describe("the charts of a bundle", () => {
  test("are those of every page, each by its id, with its specification", async () => {
    const request = withPages(bundleRequest());
    const files = byPath(await dataFiles(request, [], null));
    for (const id of ["gap", "matrix", "multiples-x", "trend-area-1-x", "gap-area-1"]) {
      expect(String(files.get(`charts/${id}.svg`)), id).toContain("<svg");
      expect(JSON.parse(String(files.get(`charts/${id}.vl.json`))), id).toHaveProperty("mark");
    }
    expect([...files.keys()].filter((path) => path.endsWith(".png"))).toEqual([]);
  });

  test("are drawn as PNG too where it is asked for, and their names stand in the manifest", async () => {
    const request = {...withPages(bundleRequest()), png: true};
    const said: {readonly above: string; readonly below: string}[] = [];
    const png = async ({id}: DrawnChart, words: (typeof said)[number]) => {
      said.push(words);
      return new TextEncoder().encode(`PNG of ${id}`);
    };
    const {files} = await buildBundle(request, await readAssets(), {renderPng: png});
    const drawn = files.filter(({path}) => path.endsWith(".png"));
    expect(drawn.length).toBe(files.filter(({path}) => path.endsWith(".svg")).length);
    expect(drawn.map(({contents}) => Buffer.from(contents as Uint8Array).toString())).toContain(
      "PNG of trend-area-1-x"
    );
    expect(said).toHaveLength(drawn.length);
    for (const {above, below} of said) {
      expect(above).toMatch(/\S/);
      expect(below).toMatch(/ \u00b7 DRAFT \u00b7 Made from synthetic extracts/);
    }
    const manifest = JSON.parse(String(byPath(files).get("manifest.json")));
    const paths = manifest.outputs.map(({path}: {path: string}) => path);
    expect(paths).toEqual(expect.arrayContaining(drawn.map(({path}) => path)));
    expect(Object.keys(manifest.versions)).toEqual(expect.arrayContaining(["@resvg/resvg-js", "apache-arrow"]));
    await expect(dataFiles(request, [], null)).rejects.toThrow("PNG");
  });

  test("two of one name are a bug, not one file", async () => {
    const request = withPages(bundleRequest());
    const {gap} = request.charts;
    const charts = {...request.charts, matrix: gap};
    await expect(dataFiles({...request, charts}, [], null)).rejects.toThrow("two charts of one bundle are called gap");
  });
});

test("what writes Arrow and Parquet is loaded only by who writes them: no command waits for it", () => {
  const reached = new Set<string>();
  const visit = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    const text = readFileSync(path, "utf8");
    expect(text, path).not.toMatch(/^import (?!type).* from "apache-arrow"/m);
    for (const [, to] of text.matchAll(/^(?:import|export) (?!type )[^;]*? from "(\.[^"]+\.ts)";/gm)) {
      visit(join(dirname(path), to!));
    }
  };
  for (const command of ["program", "check", "load", "attain", "report", "issue"]) {
    visit(join(import.meta.dirname, `../../pipeline/cli/${command}.ts`));
  }
  const names = [...reached].map((path) => path.replaceAll("\\", "/").split("/pipeline/")[1]);
  expect(names).toContain("bundle/data-files.ts");
  expect(names).not.toContain("warehouse/arrow.ts");
  expect(names).not.toContain("warehouse/parquet.ts");
});

function byPath(files: readonly BundleFile[]): ReadonlyMap<string, BundleFile["contents"]> {
  return new Map(files.map(({path, contents}) => [path, contents]));
}

/** A cell as csvText would print it, unquoted. */
function asCsv(cell: unknown): string {
  if (cell === null) return "";
  return Array.isArray(cell) ? cell.join(";") : String(cell);
}

/** The fixture with flags, a title that a spreadsheet would run, and a table of comparisons. */
function compared(request: BundleRequest): BundleRequest {
  const [first, ...rest] = request.rows;
  const row: ComparisonRow = {
    measure: "incidents",
    title: "-Incidents",
    unit: "incidents",
    better: "lower",
    total: false,
    segment_type: "area",
    segment: "1",
    segment_name: "Hill",
    through: "2024-03-30",
    current_28_days: 9,
    previous_28_days: 12,
    change_28_days: -0.25,
    change_28_days_kind: "percent",
    year_to_date: 30,
    last_year: 0,
    change_last_year: null,
    change_last_year_kind: "not_calculable",
    two_years_before: null,
    change_two_years_before: null,
    change_two_years_before_kind: "not_known",
    reason_code: "not_covered",
    reason: "0 of 90 days are covered"
  };
  const days = {from: "2024-03-03", to: "2024-03-30"};
  const windows = {current: days, previous: days, year_to_date: days, last_year: days, two_years_before: days};
  return {
    ...request,
    rows: [{...first!, title: "=Fewer, much fewer", flags: ["provisional", "small_numbers"]}, ...rest],
    comparisons: {windows, rows: [row, {...row, total: true, title: ""}], trends: []}
  };
}

function withPages(request: BundleRequest): BundleRequest {
  const gap = request.charts.gap!;
  const named = (id: string): PageChart => ({
    wide: {...gap.wide, id},
    narrow: {...gap.narrow, id: `${id}-narrow`}
  });
  return {
    ...request,
    charts: {
      ...request.charts,
      matrix: named("matrix"),
      multiples: [named("multiples-x")],
      pages: new Map([["area-1", {trends: [named("trend-area-1-x").wide], gap: named("gap-area-1")}]])
    }
  };
}
