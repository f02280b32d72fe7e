import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {gunzipSync, gzipSync} from "node:zlib";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {fingerprint, loadFiles} from "../support/project-folder.ts";

const data = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const projects = resolve(fileURLToPath(new URL("../projects", import.meta.url)));
const westLa = join(data, "lapd_crime", "westla_2020-03-15_2021-07-31.csv");
const harbor = join(data, "lapd_traffic", "Harbor.csv.gz");

type Damage = (text: string) => string | Buffer;

/** Line 1 is the header; `cell` counts from 0. None of the cells that are damaged is quoted. */
function inCell(line: number, cell: number, change: (value: string) => string): Damage {
  return (text) => {
    const lines = text.split("\n");
    const cells = lines[line - 1]!.split(",");
    cells[cell] = change(cells[cell]!);
    lines[line - 1] = cells.join(",");
    return lines.join("\n");
  };
}

const header =
  (change: (line: string) => string): Damage =>
  (text) => {
    const end = text.indexOf("\n");
    return change(text.slice(0, end)) + text.slice(end);
  };
const firstLine =
  (change: (line: string) => string): Damage =>
  (text) => {
    const lines = text.split("\n");
    lines[1] = change(lines[1]!);
    return lines.join("\n");
  };
/** A quote before the last line, which has none of its own. */
const openQuote: Damage = (text) => text.trimEnd().replace(/\n([^\n]*)$/, '\n"$1');
/** Cut in the middle of the last line that is not empty. */
const cutOff: Damage = (text) => text.trimEnd().slice(0, -25);

let folder: string;
let before: Record<string, string>;

async function ready(project: string, file: string): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), "milepost-damaged-"));
  cpSync(join(projects, project), folder, {recursive: true});
  const [receipt] = await loadFiles(folder, [file]);
  expect(receipt?.outcome).toBe("loaded");
  before = fingerprint(join(folder, "warehouse"));
}

async function refused(name: string, contents: string | Buffer): Promise<string[]> {
  writeFileSync(join(folder, name), contents);
  const [receipt] = await loadFiles(folder, [name]);
  expect(receipt).toMatchObject({outcome: "refused", load: null, kept: 0, rejected: receipt?.records});
  expect(fingerprint(join(folder, "warehouse"), (path) => path === "rejects")).toEqual(before);
  return receipt!.diagnostics
    .filter(({severity}) => severity === "error")
    .map(({code, place}) => (place?.line === undefined ? code : `${code} ${place.line}:${place.column}`));
}

describe.skipIf(!existsSync(westLa))(
  "a damaged copy of West LA's crime (skipped where ../shared/data is absent)",
  () => {
    let text: string;
    beforeAll(async () => {
      text = readFileSync(westLa, "utf8");
      await ready("west-la", westLa);
    });
    afterAll(() => rmSync(folder, {recursive: true, force: true}));

    test.each<[string, Damage, string]>([
      ["a required column is missing", header((line) => line.replace("DR_NO,", "NUMBER,")), "column-not-found 1:1"],
      ["a column is renamed", header((line) => line.replace(",Crm Cd,", ",Crime,")), "column-not-found 1:1"],
      [
        "two headers are swapped",
        header((line) => line.replace("Date Rptd,DATE OCC,", "DATE OCC,Date Rptd,")),
        "position-mismatch"
      ],
      ["a letter stands in a number", inCell(2, 16, () => "6Z4"), "unreadable-value 2:"],
      ["a date is impossible", inCell(2, 2, () => "2/30/2020 0:00"), "unreadable-value 2:"],
      ["a line is short", firstLine((line) => line.split(",").slice(0, 5).join(",")), "wrong-field-count 2:"],
      ["a quote is never closed", openQuote, "unclosed-quote"],
      ["the last line is cut off", cutOff, "cut-off-line"],
      ["The file is empty", () => "", "empty-file"]
    ])("where %s is refused, and the warehouse is as it was", async (_, damage, fault) => {
      const faults = await refused("westla_damaged.csv", damage(text));
      expect(faults.join(" | ")).toContain(fault);
    });
  }
);

describe.skipIf(!existsSync(harbor))(
  "a damaged copy of Harbor's collisions (skipped where ../shared/data is absent)",
  () => {
    let text: string;
    let packed: Buffer;
    beforeAll(async () => {
      packed = readFileSync(harbor);
      text = gunzipSync(packed).toString("utf8");
      await ready("lapd-traffic", harbor);
    });
    afterAll(() => rmSync(folder, {recursive: true, force: true}));

    test.each<[string, Damage, string]>([
      [
        "a required column is missing",
        header((line) => line.replace("Date Occurred", "Occurred")),
        "column-not-found 1:1"
      ],
      [
        "two headers are swapped",
        header((line) =>
          line.replace("Date Occurred,Time Occurred,Area Name", "Area Name,Time Occurred,Date Occurred")
        ),
        "too-many-rejects"
      ],
      ["a date is impossible", inCell(2, 2, () => "02/30/2010"), "unreadable-value 2:"],
      ["an Area is none", inCell(3, 4, () => "Harbour"), "unknown-segment 3:"],
      ["a line is short", firstLine((line) => line.slice(0, 10)), "wrong-field-count 2:"],
      ["a quote is never closed", openQuote, "unclosed-quote"],
      ["the last line is cut off", cutOff, "cut-off-line"]
    ])("where %s is refused, and the warehouse is as it was", async (_, damage, fault) => {
      const faults = await refused("Damaged.csv.gz", gzipSync(damage(text)));
      expect(faults.join(" | ")).toContain(fault);
    });

    test.each<[string, () => Buffer]>([
      ["has no bytes", () => Buffer.alloc(0)],
      ["is cut off", () => packed.subarray(0, packed.length / 2)],
      ["is not packed at all", () => Buffer.from(text.slice(0, 1000))]
    ])("that %s is refused, and the warehouse is as it was", async (_, damaged) => {
      expect((await refused("Damaged.csv.gz", damaged())).length).toBeGreaterThan(0);
    });
  }
);
