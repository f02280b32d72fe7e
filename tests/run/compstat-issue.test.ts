import {cpSync, existsSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {join, resolve} from "node:path";
import {gunzipSync} from "node:zlib";
import {parse} from "csv-parse/sync";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {writeSample} from "../../pipeline/sample/write-sample.ts";
import type {RootProject} from "../support/root-project.ts";
import {copySources} from "../support/sources-alone.ts";

/**
 * A whole issue for the meeting, from made-up extracts and from the city's own collisions, held against counts that no
 * part of milepost made. The windows are written out by hand.
 */
const through = "2018-12-29";
const windows = {
  current_28_days: ["2018-12-02", "2018-12-29"],
  previous_28_days: ["2018-11-04", "2018-12-01"],
  year_to_date: ["2018-01-01", "2018-12-29"],
  last_year: ["2017-01-01", "2017-12-29"],
  two_years_before: ["2016-01-01", "2016-12-29"]
} as const;

/** Offenses of some lines, as the department's list of 2018 groups them. */
const offenses: Readonly<Record<string, readonly string[]>> = {
  homicide: ["110", "113"],
  robbery: ["210", "220"],
  violent_crime: [
    ...["110", "113", "121", "122", "815", "820", "821", "210", "220"],
    ...["230", "231", "235", "236", "250", "251", "761", "926"]
  ],
  vehicle_theft: ["510", "520", "433"]
};

/** Three Areas, the bureau that two of them lie in, and the city: Area numbers, page, name. */
const looked = [
  ["8", "area-8", ["8"]],
  ["5", "area-5", ["5"]],
  ["12", "area-12", ["12"]],
  ["south", "bureau-south", ["3", "5", "12", "18"]],
  ["LA", "city-LA", Array.from({length: 21}, (_, index) => String(index + 1))]
] as const;

interface Counted {
  readonly measure: string;
  readonly area: string;
  readonly day: string;
}

/** `01/31/2018 12:00:00 AM` -> 2018-01-31 */
function isoDay(text: string): string {
  return `${text.slice(6, 10)}-${text.slice(0, 2)}-${text.slice(3, 5)}`;
}

function recordsOf(path: string): Record<string, string>[] {
  const bytes = readFileSync(path);
  return parse(path.endsWith(".gz") ? gunzipSync(bytes) : bytes, {columns: true});
}

function countOf(counted: readonly Counted[], measure: string, areas: readonly string[]): number[] {
  const own = counted.filter((one) => one.measure === measure && areas.includes(one.area));
  return Object.values(windows).map(([from, to]) => own.filter(({day}) => day >= from && day <= to).length);
}

/** The issue's table as its data and its pages print it. */
function published(directory: string) {
  const folder = join(directory, "out/compstat", `28d-${through}`, "internal/1");
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, "data/comparisons.csv")), {columns: true});
  return {
    folder,
    figures: (segment: string, measure: string) => {
      const row = rows.find((one) => one.segment === segment && one.measure === measure)!;
      return Object.keys(windows).map((column) => Number(row[column]));
    },
    /** The numbers of the line in the table of a segment's page. */
    printed: (page: string, title: string) => {
      const html = readFileSync(join(folder, "areas", `${page}.html`), "utf8");
      const line = html.split("<tr").find((one) => one.includes(`<th scope="row">${title}</th>`))!;
      const cells = [...line.matchAll(/<td[^>]*>([^<]*)/g)].map(([, text]) => text!);
      return [0, 1, 3, 4, 6].map((at) => Number(cells[at]!.replaceAll(",", "")));
    }
  };
}

async function issued({milepost}: RootProject): Promise<void> {
  const loaded = await milepost("load");
  expect(loaded.exitCode, loaded.err).toBe(0);
  const issue = await milepost("issue", "compstat", "--period", `28d-${through}`, "--by", "A. Analyst");
  expect(issue.exitCode, issue.err).toBe(0);
}

describe("an issue for the meeting from made-up extracts", () => {
  const project = copySources("2019-01-10T18:00:00.000Z", ["crime-incidents", "traffic-collisions"], ["compstat"]);
  const counted: Counted[] = [];

  beforeAll(async () => {
    const inbox = join(project.directory, "inbox");
    await writeSample({directory: inbox, seed: 11, rowsPerYear: 2300, from: "2016-01-01", to: "2018-12-31"});
    for (const file of readdirSync(inbox).filter((name) => name.includes(".csv"))) {
      for (const record of recordsOf(join(inbox, file))) {
        const code = record["Crm Cd"] ?? record["Crime Code"]!;
        const at = {
          area: String(Number(record.AREA ?? record["Area ID"])),
          day: isoDay((record["DATE OCC"] ?? record["Date Occurred"])!)
        };
        if (code === "997") counted.push({measure: "collisions", ...at});
        for (const [measure, codes] of Object.entries(offenses)) {
          if (codes.includes(code)) counted.push({measure, ...at});
        }
      }
    }
    await issued(project);
  }, 240_000);
  afterAll(() => rmSync(project.directory, {recursive: true, force: true}));

  test.each(looked)("%s: data and page agree with a plain count of the files", (segment, page, areas) => {
    const {figures, printed} = published(project.directory);
    const titles = {
      homicide: "Homicides",
      robbery: "Robberies",
      violent_crime: "Violent Part I crimes",
      vehicle_theft: "Motor vehicle thefts",
      collisions: "Traffic collisions"
    };
    for (const [measure, title] of Object.entries(titles)) {
      const expected = countOf(counted, measure, areas);
      expect(figures(segment, measure), `${measure} in the data`).toEqual(expected);
      expect(printed(page, title), `${measure} on the page`).toEqual(expected);
    }
    expect(countOf(counted, "violent_crime", areas)[2]).toBeGreaterThan(0);
  });

  test("says on every page that it is made up", () => {
    const {folder} = published(project.directory);
    for (const page of ["index.html", "areas/area-8.html"]) {
      expect(readFileSync(join(folder, page), "utf8")).toContain("Made from synthetic extracts");
    }
  });
});

/** Public extracts that stand beside the repository on some machines; they are not ours to keep. */
const traffic = resolve("../shared/data/lapd_traffic");
const files = existsSync(traffic) ? readdirSync(traffic).filter((name) => name.endsWith(".csv.gz")) : [];

describe.skipIf(files.length === 0)(
  "an issue for the meeting from every collision (skipped where ../shared/data/lapd_traffic is absent)",
  () => {
    const project = copySources("2019-02-01T18:00:00.000Z", []);
    const counted: Counted[] = [];

    beforeAll(async () => {
      // Only the collisions, as they came: their project, which knows these files' columns.
      rmSync(join(project.directory, "seeds"), {recursive: true});
      cpSync("tests/projects/lapd-traffic", project.directory, {recursive: true});
      for (const file of files) {
        cpSync(join(traffic, file), join(project.directory, "inbox", file));
        for (const record of recordsOf(join(traffic, file))) {
          counted.push({
            measure: "collisions",
            area: areaNumbers[file.replace(".csv.gz", "")]!,
            day: isoDay(record["Date Occurred"]!)
          });
        }
      }
      await issued(project);
    }, 300_000);
    afterAll(() => rmSync(project.directory, {recursive: true, force: true}));

    test.each(looked)("%s: data and page agree with a plain count of the files", (segment, page, areas) => {
      const {figures, printed} = published(project.directory);
      const expected = countOf(counted, "collisions", areas);
      expect(expected.every((count) => count > 100)).toBe(true);
      expect(figures(segment, "collisions")).toEqual(expected);
      expect(printed(page, "Traffic collisions")).toEqual(expected);
    });
  }
);

/** Which Area a file is of, by the department's numbers. */
const areaNumbers: Readonly<Record<string, string>> = {
  Central: "1",
  Rampart: "2",
  Southwest: "3",
  Hollenbeck: "4",
  Harbor: "5",
  Hollywood: "6",
  Wilshire: "7",
  West_LA: "8",
  Van_Nuys: "9",
  West_Valley: "10",
  Northeast: "11",
  "77th_Street": "12",
  Newton: "13",
  Pacific: "14",
  N_Hollywood: "15",
  Foothill: "16",
  Devonshire: "17",
  Southeast: "18",
  Mission: "19",
  Olympic: "20",
  Topanga: "21"
};
