import {describe, expect, test} from "vitest";
import {columns, incidents, places, sourceOf, workplace} from "./support.ts";

const {write, read, rows} = workplace();

describe("headers", () => {
  const two = {...columns, day: {...columns.day, position: 3}};

  test.each([
    [";", ";"],
    ["\t", "\\t"],
    ["|", "|"]
  ])("a file that is parted by %j is told how to declare that", async (sign, written) => {
    const path = write("a.csv", "ID,Day,AREA,Note\nx1,03/01/2024,8,n\n".replaceAll(",", sign));
    const {diagnostics} = await read(path, incidents);
    expect(diagnostics[0]).toMatchObject({
      code: "column-not-found",
      fix: `It seems to be parted by another sign: declare csv: {delimiter: "${written}"} in the source.`
    });
  });

  test("a column that is not there is refused with the nearest header", async () => {
    const outcome = await read(write("a.csv", "ID,Dya,AREA,Note\nx1,03/01/2024,8,\n"), incidents);
    expect(outcome).toMatchObject({outcome: "refused", records: 1, kept: 0, rejected: 1});
    expect(places(outcome)).toEqual(["error column-not-found 1:1", "warning unknown-columns 1:1"]);
    expect(outcome.diagnostics[0]).toMatchObject({
      message: "The file must have the column day",
      expected: '"Day"',
      fix: 'Is it "Dya" now? Then add that to "from" of day.'
    });
  });

  test("the first name in order of preference wins", async () => {
    const outcome = await read(write("a.csv", "Number,Day,AREA,ID\nn,03/01/2024,8,i\n"), incidents);
    expect(await rows(outcome)).toMatchObject([{id: "i"}]);
  });

  test("a name that stands twice is refused with both places, and not when a position says which", async () => {
    const path = write("a.csv", "ID,Day,Day,AREA\nx1,03/01/2024,2024-04-01,8\n");
    const outcome = await read(path, incidents);
    expect(outcome.outcome).toBe("refused");
    expect(outcome.diagnostics).toMatchObject([
      {code: "header-repeated", place: {line: 1, column: 8}, found: "columns 2 and 3"}
    ]);
    expect(await rows(await read(path, sourceOf({columns: two})))).toMatchObject([{day: "2024-04-01"}]);
  });

  test("a position takes a header with no name, and complains of another name or none such", async () => {
    const source = sourceOf({columns: two});
    expect(await rows(await read(write("a.csv", "ID,AREA,\nx1,8,2024-04-01\n"), source))).toMatchObject([
      {day: "2024-04-01"}
    ]);
    const other = await read(write("a.csv", "ID,AREA,When\nx1,8,2024-04-01\n"), source);
    expect(places(other)).toEqual(["error position-mismatch 1:9", "warning unknown-columns 1:1"]);
    const few = await read(write("a.csv", "ID,AREA\nx1,8\n"), source);
    expect(places(few)).toEqual(["error position-beyond 1:1"]);
  });

  test("columns in another order are read by name", async () => {
    const outcome = await read(write("a.csv", "AREA,ID,Day\n8,x1,03/01/2024\n"), incidents);
    expect(await rows(outcome)).toMatchObject([{id: "x1", day: "2024-03-01", area: "8"}]);
  });

  test("date, key and partition are required without saying so", async () => {
    const bare = sourceOf({
      columns: {
        id: {from: ["ID"], type: "text"},
        day: {from: ["Day"], type: "date", formats: ["yyyy-MM-dd"]},
        area: {from: ["AREA"], segment: "area"}
      },
      key: ["id"],
      partition: ["area"],
      rejects: {at_most: "100%"}
    });
    const outcome = await read(
      write("a.csv", "ID,Day,AREA\n,2024-01-01,8\nx,,8\nx,2024-01-01,\nx,2024-01-01,8\n"),
      bare
    );
    expect(outcome).toMatchObject({kept: 1, rejects_by_reason: {missing_value: 3}});
    expect((await read(write("a.csv", "ID,Day\nx,2024-01-01\n"), bare)).outcome).toBe("refused");
  });
});
