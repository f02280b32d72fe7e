import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {gunzipSync} from "node:zlib";
import {parse} from "csv-parse/sync";
import {describe, expect, test} from "vitest";
import {changeOf} from "../../pipeline/comparisons/change.ts";
import {formatPercent, formatPercentChange, notCalculable} from "../../pipeline/format/numbers.ts";

/** Sheets that another department printed, with counts and percentages: not ours to keep. */
const folder = resolve("../shared/data/nypd_compstat");
const sheet = join(folder, "cs-en-us-city_2024-02-18.csv");

/** Our percentage as that sheet writes it: `-50.0`, `***.*`. It prints percentages over small bases too. */
function inTheirWords(current: number, base: number, decimals: number): string {
  if (formatPercentChange(current, base) === notCalculable) return "***.*";
  return formatPercent(current, base, decimals).replace("\u2212", "-").replace(/[+,%]/g, "");
}

const number = (cell: string) => Number(cell.replaceAll(",", ""));

describe.skipIf(!existsSync(sheet))(
  "a printed weekly sheet (skipped where ../shared/data/nypd_compstat is absent)",
  () => {
    const cells: string[][] = existsSync(sheet)
      ? parse(readFileSync(sheet), {relax_column_count: true}).map((row: string[]) => row.map((cell) => cell.trim()))
      : [];
    const at = (title: string) => cells.findIndex(([first]) => first === title);
    const [lines, history] = [at("Crime Complaints"), at("Historical Perspective")];
    const decimalsOf = (title: string) => (title === "TOTAL" ? 2 : 1);

    test("every percentage of week, 28 days and year to date comes of its two counts", () => {
      const rows = cells.slice(lines, history).filter(([title, , count]) => title !== "" && /^[\d,]+$/.test(count!));
      expect(rows.length).toBe(17);
      const pairs = rows.flatMap(([title = "", , ...rest]) =>
        [0, 3, 6].map((first) => ({title, current: rest[first]!, base: rest[first + 1]!, printed: rest[first + 2]!}))
      );
      expect(pairs.filter(({printed}) => /^-?[\d,]+\.\d+$/.test(printed)).length).toBe(51);
      for (const {title, current, base, printed} of pairs) {
        const [now, before] = [number(current), number(base)];
        expect(inTheirWords(now, before, decimalsOf(title)), `${title}: ${current} against ${base}`).toBe(printed);
        // In our own cells a base under 10 has its counts only.
        const cell = formatPercentChange(now, before);
        expect(cell === null, `${title}: ${current} against ${base}`).toBe(before < 10);
        expect(changeOf(now, before, ["all"]).kind).toBe(before < 10 ? "counts_only" : "percent");
      }
      // Murders of the week, 3 against 6, and hate crimes of the week, 2 against 9.
      expect(pairs.filter(({base}) => number(base) < 10).map(({title}) => title)).toEqual(["Murder", "Hate Crimes"]);
    });

    test("so does every percentage of the years since 1990", () => {
      const rows = cells.slice(history).filter(([title, , count]) => title !== "" && /^[\d,]+$/.test(count!));
      expect(rows.map(([title]) => title)).toHaveLength(8);
      for (const [title = "", , y1990, , y1993, , y1998, , y2001, y2023, ...printed] of rows) {
        const bases = [y2001, y1998, y1993, y1990].map((cell) => number(cell!));
        expect(bases.map((base) => inTheirWords(number(y2023!), base, 1))).toEqual(printed);
        expect(title).not.toBe("");
      }
    });
  }
);

interface Cell {
  readonly current_year: number;
  readonly prior_year: number;
  readonly pct_change: number | null;
}
type Line = Readonly<Record<"week_to_date" | "twenty_eight_day" | "year_to_date", Cell>>;
interface Precinct {
  readonly seven_major_felonies: Readonly<Record<string, Line>>;
  readonly additional_stats: Readonly<Record<string, Line>>;
  readonly total_seven_major: Line;
}

const feeds = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json.gz")) : [];

describe.skipIf(feeds.length === 0)(
  "the same as feeds of every precinct (skipped where ../shared/data/nypd_compstat is absent)",
  () => {
    test.each([
      ["2026-03-01.json.gz", 4731, 1210],
      ["2026-03-08.json.gz", 4731, 1248],
      ["2026-08-16.json.gz", 5016, 1045]
    ])("%s: %d pairs of counts, %d of them N.C.", (name, pairs, withoutBase) => {
      const feed = JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString("utf8")) as Record<
        string,
        Precinct
      >;
      const cells = Object.values(feed).flatMap((precinct) =>
        [
          ...Object.values(precinct.seven_major_felonies),
          ...Object.values(precinct.additional_stats),
          precinct.total_seven_major
        ].flatMap(({week_to_date, twenty_eight_day, year_to_date}) => [week_to_date, twenty_eight_day, year_to_date])
      );
      expect(cells.length).toBe(pairs);
      let notCalculable = 0;
      for (const {current_year, prior_year, pct_change} of cells) {
        const {change, kind} = changeOf(current_year, prior_year, ["all"]);
        const printed = inTheirWords(current_year, prior_year, 1);
        if (pct_change === null) {
          notCalculable += 1;
          expect([kind, printed]).toEqual(["not_calculable", "***.*"]);
        } else {
          // The feed cuts its percentages after twelve decimals.
          expect(Math.abs(change! * 100 - pct_change)).toBeLessThan(1e-9);
          expect(Math.abs(Number(printed) - pct_change)).toBeLessThanOrEqual(0.05 + 1e-9);
        }
      }
      expect(notCalculable).toBe(withoutBase);
    });
  }
);
