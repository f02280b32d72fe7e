import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {parquetFile} from "../../pipeline/warehouse/sql.ts";
import {sourceOf, workplace} from "./support.ts";

const {scratch, read, rows, write, engine} = workplace();

const source = sourceOf({
  columns: {
    id: {from: "ID", type: "integer", required: true},
    day: {from: "Day", type: "date", formats: ["yyyy-MM-dd"], required: true},
    area: {from: "AREA", segment: "area", required: true}
  },
  date: "day"
});

/** The engine reads patterns and `name=value` folders out of a path; a user's file means only itself. */
describe("names that the engine would read something into", () => {
  test.each(["a[1].csv", "a?.csv", "a*.csv", "a=b.csv", "a'b.csv"])("%s is read, not its neighbour", async (name) => {
    const path = write(name, "ID,Day,AREA\n1,2024-01-02,1\n");
    write(join("..", "a1.csv"), "ID,Day,AREA\n9,2024-01-09,2\n");
    expect(await rows(await read(path, source))).toMatchObject([{id: "1"}]);
  });

  test.each(["p[1].parquet", "p?.parquet"])("%s is read, not its neighbour", async (name) => {
    const folder = scratch();
    const table = (id: number, file: string) =>
      engine().run(
        `copy (select ${id} as "ID", date '2024-01-02' as "Day", 1 as "AREA") to '${join(folder, file)}' (format parquet)`
      );
    await table(9, "p1.parquet");
    await table(1, name);
    expect(await rows(await read(join(folder, name), source))).toMatchObject([{id: "1"}]);
  });

  test("a folder named like a column adds and changes nothing", async () => {
    const folder = join(scratch(), "AREA=2", "ID=7", "day=x");
    mkdirSync(folder, {recursive: true});
    const path = join(folder, "h.parquet");
    await engine().run(
      `copy (select 1 as "ID", date '2024-01-02' as "Day", 1 as "AREA") to '${path}' (format parquet)`
    );
    expect(await rows(await read(path, source))).toMatchObject([{id: "1", area: "1"}]);
    const [columns] = [await engine().columns(`select * from ${parquetFile(path)}`)];
    expect(Object.keys(columns)).toEqual(["ID", "Day", "AREA"]);
  });
});
