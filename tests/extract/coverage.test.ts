import {describe, expect, test} from "vitest";
import {sourceOf, workplace} from "./support.ts";

const {write, read} = workplace();

const columns = {
  day: {from: ["Day"], type: "date", formats: ["yyyy-MM-dd"]},
  area: {from: ["AREA"], segment: "area"},
  first: {from: ["From"], type: "date", formats: ["yyyy-MM-dd"]},
  last: {from: ["To"], type: "date", formats: ["yyyy-MM-dd"]}
};
const lines = (...rows: string[]) => `Day,AREA,From,To\n${rows.join("\n")}\n`;
const loose = {at_most: "100%"};

test("from rows: the earliest to the latest day that is kept", async () => {
  const outcome = await read(
    write("a.csv", lines("2024-03-05,1,,", "2024-03-01,2,,", "2023-01-01,nowhere,,", "2024-03-09,1,,")),
    sourceOf({columns, rejects: loose, key: ["area", "day"]})
  );
  expect(outcome).toMatchObject({kept: 3, covered: [{partition: null, days: [["2024-03-01", "2024-03-09"]]}]});
});

test("with a partition: the file's days for each partition in it, in order of the roster", async () => {
  const outcome = await read(
    write("a.csv", lines("2024-03-05,12,,", "2024-03-01,2,,", "2024-03-09,02,,")),
    sourceOf({columns, partition: ["area"]})
  );
  expect(outcome).toMatchObject({
    covered: [
      {partition: "2", days: [["2024-03-01", "2024-03-09"]]},
      {partition: "12", days: [["2024-03-01", "2024-03-09"]]}
    ]
  });
});

test("from the file's name: its month, and rows outside it are rejected", async () => {
  const monthly = sourceOf({columns, covers: {from: "file_name", pattern: "crime-{yyyy}-{MM}*"}, rejects: loose});
  const path = write("crime-2024-02-final.csv", lines("2024-02-01,1,,", "2024-03-01,1,,", "2024-01-31,1,,"));
  const outcome = await read(path, monthly);
  expect(outcome).toMatchObject({
    kept: 1,
    rejects_by_reason: {outside_coverage: 2},
    covered: [{partition: null, days: [["2024-02-01", "2024-02-29"]]}]
  });
  expect(outcome.diagnostics[0]).toMatchObject({
    code: "outside-coverage",
    place: {line: 3, column: 1},
    found: '"2024-03-01"',
    expected: "2024-02-01..2024-02-29"
  });
});

test("a name that says no month is refused with the pattern", async () => {
  const monthly = sourceOf({columns, covers: {from: "file_name", pattern: "crime-{yyyy}-{MM}*"}});
  const outcome = await read(write("crime-feb.csv", lines("2024-02-01,1,,")), monthly);
  expect(outcome.outcome).toBe("refused");
  expect(outcome.diagnostics).toMatchObject([{code: "file-name-without-date", expected: "crime-{yyyy}-{MM}*"}]);
});

describe("a register that holds everything since a day", () => {
  const since = "2019-01-01";
  const files = {from: "file_name", pattern: "crime-{yyyy}-{MM}*", since};

  test("covers all days from it to the last one of its name", async () => {
    const outcome = await read(
      write("crime-2024-02.csv", lines("2019-01-01,1,,", "2024-02-03,1,,", "2018-12-31,1,,", "2024-03-01,1,,")),
      sourceOf({columns, covers: files, rejects: loose})
    );
    expect(outcome).toMatchObject({
      kept: 2,
      rejects_by_reason: {outside_coverage: 2},
      covered: [{partition: null, days: [["2019-01-01", "2024-02-29"]]}]
    });
    expect(outcome.diagnostics[0]?.expected).toBe("2019-01-01..2024-02-29");
  });

  test("covers those up to its last row, and none is missed on days without one", async () => {
    const register = sourceOf({columns, covers: {from: "rows", since}, partition: ["area"]});
    const outcome = await read(write("a.csv", lines("2024-02-03,1,,", "2020-02-03,2,,")), register);
    expect(outcome).toMatchObject({
      covered: ["1", "2"].map((partition) => ({partition, days: [["2019-01-01", "2024-02-03"]]})),
      diagnostics: []
    });
    const older = await read(write("a.csv", lines("2024-02-03,1,,", "2018-06-01,1,,")), register);
    expect(older).toMatchObject({covered: [{days: [["2018-06-01", "2024-02-03"]]}]});
  });

  test("said by hand, covers what is said", async () => {
    const path = write("crime-2024-02.csv", lines("2024-02-01,1,,"));
    expect(await read(path, sourceOf({columns, covers: files}), {covers: ["2024-02-01", "2024-02-10"]})).toMatchObject({
      covered: [{days: [["2024-02-01", "2024-02-10"]]}]
    });
  });
});

test("from columns: the earliest first to the latest last", async () => {
  const outcome = await read(
    write(
      "a.csv",
      lines(
        "2024-02-01,1,2024-01-01,2024-02-10",
        "2024-02-02,1,2024-01-05,2024-02-29",
        "2024-03-02,1,2024-01-05,2024-02-29"
      )
    ),
    sourceOf({columns, covers: {from: "columns", first: "first", last: "last"}, rejects: loose})
  );
  expect(outcome).toMatchObject({
    kept: 2,
    covered: [{days: [["2024-01-01", "2024-02-29"]]}],
    rejects_by_reason: {outside_coverage: 1}
  });
});

test("said by hand: wins, and a file with no kept record may cover days", async () => {
  const path = write("a.csv", lines("2024-02-01,1,,", "2024-04-01,1,,"));
  const outcome = await read(path, sourceOf({columns, rejects: loose}), {covers: ["2024-01-01", "2024-03-31"]});
  expect(outcome).toMatchObject({kept: 1, covered: [{days: [["2024-01-01", "2024-03-31"]]}]});
  const named = sourceOf({columns, covers: {from: "file_name", pattern: "crime-{yyyy}-{MM}*"}, rejects: loose});
  expect(await read(path, named, {covers: ["2024-05-01", "2024-05-31"]})).toMatchObject({
    outcome: "read",
    kept: 0,
    covered: [{days: [["2024-05-01", "2024-05-31"]]}]
  });
});

test("with no kept record and nothing said there is no coverage to be had", async () => {
  const outcome = await read(write("a.csv", lines("?,1,,")), sourceOf({columns, rejects: loose}));
  expect(outcome.outcome).toBe("refused");
  expect(outcome.diagnostics[0]?.code).toBe("no-coverage");
});

test("no file covers days to come", async () => {
  const monthly = sourceOf({columns, covers: {from: "file_name", pattern: "crime-{yyyy}-{MM}*"}, rejects: loose});
  const outcome = await read(write("crime-2024-02.csv", lines("2024-02-01,1,,")), monthly, {today: "2024-02-20"});
  expect(outcome).toMatchObject({covered: [{days: [["2024-02-01", "2024-02-20"]]}]});
  expect(outcome.diagnostics.map(({code}) => code)).toEqual(["coverage-in-future"]);
});

test("when the file was made: a day or a month's first", async () => {
  const made = (pattern: string) => sourceOf({columns, extracted: {from: "file_name", pattern}});
  const path = write("crime-20240305.csv", lines("2024-02-01,1,,"));
  expect(await read(path, made("*-{yyyy}{MM}{dd}*"))).toMatchObject({extracted: "2024-03-05"});
  expect(await read(path, made("*-{yyyy}{MM}*"))).toMatchObject({extracted: "2024-03-01"});
  expect((await read(path, made("*_{yyyy}{MM}*"))).diagnostics).toMatchObject([
    {code: "file-name-without-date", expected: "*_{yyyy}{MM}*"}
  ]);
});

test("four weeks without a row are told, one day less is not", async () => {
  const dense = sourceOf({columns});
  const gap = await read(write("a.csv", lines("2024-01-01,1,,", "2024-01-30,1,,", "2024-03-30,1,,")), dense);
  expect(gap.diagnostics).toMatchObject([
    {
      code: "sparse-coverage",
      severity: "warning",
      found: "2024-01-02..2024-01-29 (28 days), 2024-01-31..2024-03-29 (59 days)"
    }
  ]);
  const none = await read(write("a.csv", lines("2024-01-01,1,,", "2024-01-29,1,,")), dense);
  expect(none.diagnostics).toEqual([]);
});
