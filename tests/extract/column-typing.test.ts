import {UTCDate} from "@date-fns/utc";
import {format as formatDate, isValid, parse} from "date-fns";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {z} from "zod";
import {readDateFormat} from "../../pipeline/calendar/date-format.ts";
import {resolveSegment} from "../../pipeline/config/roster.ts";
import type {Column} from "../../pipeline/config/source.ts";
import {trimmed, typingOf} from "../../pipeline/extract/column-typing.ts";
import {quoteLiteral} from "../../pipeline/warehouse/sql.ts";
import {roster, workplace} from "./support.ts";

const {engine} = workplace();

/** Reads cells as a column would; null is empty, "unreadable" is that. */
async function readCells(column: Partial<Column>, cells: readonly string[], plain = false): Promise<unknown[]> {
  const {value, finished} = typingOf({from: ["x"], required: false, ...column} as Column, roster, plain);
  const rows = await engine().rows(
    `select t, ${finished("v")} as v from (select *, ${value("t")} as v from (select i, ${trimmed("cell", plain)} as t
     from (values ${cells.map((cell, i) => `(${i}, ${quoteLiteral(cell)})`).join(", ")}) as given(i, cell))) order by i`,
    z.object({t: z.string().nullable(), v: z.unknown()})
  );
  return rows.map(({t, v}) => (v === null && t !== null ? "unreadable" : v));
}

describe("cells become values", () => {
  test("text is trimmed of every blank; nothing left is null", async () => {
    expect(await readCells({type: "text"}, ["a b", "  a ", "\t\u00a0a\r\n", "", "   ", "\u3000", "'"])).toEqual([
      "a b",
      "a",
      "a",
      null,
      null,
      null,
      "'"
    ]);
    expect(await readCells({type: "text"}, [" a b ", " ", "a"], true)).toEqual(["a b", null, "a"]);
  });

  test("whole numbers", async () => {
    const good = ["5", "0330", "501.0", "501.000", "+5", "-12", " 7 ", "9223372036854775807", "-0"];
    expect(await readCells({type: "integer"}, good)).toEqual([
      "5",
      "330",
      "501",
      "501",
      "5",
      "-12",
      "7",
      "9223372036854775807",
      "0"
    ]);
    const bad = ["501.5", "5.", ".0", "1e3", "1_000", "1,000", "0x10", "9223372036854775808", "5a", "--5", "", "true"];
    expect(await readCells({type: "integer"}, bad)).toEqual(bad.map((cell) => (cell === "" ? null : "unreadable")));
  });

  test("decimals", async () => {
    expect(
      await readCells({type: "decimal"}, ["0.1", "-2", "1.2345", "1.234500", ".5", "99999999999999.9999"])
    ).toEqual(["0.1000", "-2.0000", "1.2345", "1.2345", "0.5000", "99999999999999.9999"]);
    const bad = ["1.23456", "1e3", "1,5", "1,000.00", "1.", "NaN", "Infinity", "100000000000000", "1_0"];
    expect(await readCells({type: "decimal"}, bad)).toEqual(bad.map(() => "unreadable"));
  });

  test("booleans", async () => {
    expect(
      await readCells({type: "boolean"}, ["true", "T", "Yes", "y", "1", "FALSE", "f", "no", "N", "0", "2", "ja"])
    ).toEqual([true, true, true, true, true, false, false, false, false, false, "unreadable", "unreadable"]);
  });

  test("by no join, in which the engine would not say how far it has read", async () => {
    const columns: Partial<Column>[] = [
      {type: "text"},
      {type: "integer"},
      {type: "integer", thousands: ","},
      {type: "decimal"},
      {type: "boolean"},
      {type: "list", separator: " "},
      {type: "date", formats: ["MM/dd/yyyy", "yyyy-MM-dd"]},
      {segment: "area"}
    ];
    const values = columns.map((column) =>
      typingOf({from: ["x"], required: false, ...column} as Column, roster, false).value("t")
    );
    const {explain_value: plan = []} = await engine().columns(
      `explain select ${values.join(", ")} from (select i::varchar as t from range(9) as given(i))`
    );
    expect(plan.join()).toContain("PROJECTION");
    expect(plan.join()).not.toContain("JOIN");
  });

  test("lists", async () => {
    expect(await readCells({type: "list"}, ["0444 0913", " 1  2 ", "1", " ", "\t1 \u00a02"])).toEqual([
      ["0444", "0913"],
      ["1", "2"],
      ["1"],
      null,
      ["1", "2"]
    ]);
    expect(await readCells({type: "list", separator: ";"}, ["a; b ;c", ";a;;b;", ";;", "a b"])).toEqual([
      ["a", "b", "c"],
      ["a", "b"],
      "unreadable",
      ["a b"]
    ]);
    expect(await readCells({type: "list", separator: "'"}, ["a'b"])).toEqual([["a", "b"]]);
  });

  test("dates, formats in order, the time dropped", async () => {
    const formats = ["MM/dd/yyyy hh:mm:ss a", "M/d/yyyy H:mm", "yyyy-MM-dd"];
    expect(
      await readCells({type: "date", formats}, [
        "01/08/2020 12:00:00 AM",
        "04/14/2020 11:59:59 pm",
        "1/8/2020 0:00",
        "12/31/2020 23:59",
        " 2020-02-29 "
      ])
    ).toEqual(["2020-01-08", "2020-04-14", "2020-01-08", "2020-12-31", "2020-02-29"]);
    const bad = [
      "02/30/2020 12:00:00 AM",
      "2019-02-29",
      "13/01/2020 0:00",
      "01/08/2020",
      "1/8/20 0:00",
      "01/08/2020 13:00:00 AM",
      "2020-1-8",
      "0999-01-01",
      "12020-01-01",
      "epoch",
      "infinity",
      "2020-01-08x",
      "01/08/2020 24:00",
      "١/١/٢٠٢٠ 0:00"
    ];
    expect(await readCells({type: "date", formats}, bad)).toEqual(bad.map(() => "unreadable"));
    expect(
      await readCells({type: "date", formats: ["yyyyMMdd"]}, ["20200229", "infinity", "2020229", "-1200229"])
    ).toEqual(["2020-02-29", "unreadable", "unreadable", "unreadable"]);
  });

  test("dates that date-fns writes are read back, and nothing is read that date-fns refuses", async () => {
    const formats = [
      "MM/dd/yyyy hh:mm:ss a",
      "M/d/yyyy H:mm",
      "yyyy-MM-dd",
      "d MMM yyyy",
      "MMMM d, yyyy h:mm a",
      "yyyyMMdd"
    ];
    const cell = fc
      .tuple(
        fc.date({min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true}),
        fc.constantFrom(...formats),
        fc.option(fc.tuple(fc.nat(30), fc.constantFrom("0", "1", "9", "/", " ", "-", "x", "")), {nil: null})
      )
      .map(([date, format, change]) => {
        const text = formatDate(new UTCDate(date), format);
        if (change === null) return text;
        const at = change[0] % text.length;
        return (text.slice(0, at) + change[1] + text.slice(at + 1)).trim();
      })
      .filter((text) => text !== "");
    await fc.assert(
      fc.asyncProperty(fc.array(cell, {minLength: 50, maxLength: 50}), async (cells) => {
        for (const format of formats) {
          // date-fns takes the short name of a month for the long one.
          const months = format.includes("MMMM")
            ? "(?=(January|February|March|April|May|June|July|August|September|October|November|December)\\b)"
            : "";
          const shape = new RegExp(`^${months}${readDateFormat(format).shape}$`, "i");
          const expected = cells.map((text) => {
            const date = shape.test(text) ? parse(text, format, new UTCDate(0)) : new Date(Number.NaN);
            return isValid(date) ? formatDate(date, "yyyy-MM-dd") : "unreadable";
          });
          expect(await readCells({type: "date", formats: [format]}, cells)).toEqual(expected);
        }
      }),
      {numRuns: 200}
    );
  });

  test("segments: code, padded code, name, alias, in any case and with doubled blanks", async () => {
    const cells = [
      "8",
      "08",
      "0008",
      "West LA",
      "west  la",
      " WEST LOS ANGELES ",
      "North Hollywood",
      "77TH STREET",
      "0",
      "22",
      "Los Angeles",
      ""
    ];
    const answers = ["8", "8", "8", "8", "8", "8", "15", "12", "unreadable", "unreadable", "unreadable", null];
    expect(await readCells({segment: "area"}, cells)).toEqual(answers);
    expect(
      cells.map((cell) => resolveSegment(roster, "area", cell)?.code ?? (cell === "" ? null : "unreadable"))
    ).toEqual(answers);
    expect(await readCells({segment: "bureau"}, ["West"])).toEqual(["unreadable"]);
  });
});
