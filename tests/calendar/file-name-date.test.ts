import {expect, test} from "vitest";
import {daysOfFileName, fileNamePatternProblem} from "../../pipeline/calendar/file-name-date.ts";

test.each([
  ["crime-{yyyy}-{MM}*", "crime-2024-02.csv", ["2024-02-01", "2024-02-29"]],
  ["crime-{yyyy}-{MM}", "crime-2023-02.csv.gz", ["2023-02-01", "2023-02-28"]],
  ["crime-{yyyy}-{MM}", "crime-2023-02-final.csv", null],
  ["crime-{yyyy}*", "crime-2023.parquet", ["2023-01-01", "2023-12-31"]],
  ["*-{yyyy}{MM}{dd}*", "lapd-crime-20240531.csv", ["2024-05-31", "2024-05-31"]],
  ["*-{yyyy}{MM}{dd}*", "lapd-crime-20240231.csv", null],
  ["crime-{yyyy}-{MM}*", "crime-2024-13.csv", null],
  ["crime.{yyyy}-{MM}*", "crimeX2024-01.csv", null],
  ["crime ({yyyy}-{MM}).csv", "Crime (2024-01).CSV", ["2024-01-01", "2024-01-31"]]
])("%s reads %s as %j", (pattern, name, days) => {
  expect(daysOfFileName(pattern, name)).toEqual(days);
});

test.each([
  ["crime-{yyyy}-{MM}*", null],
  ["crime-{yyyy}-{mm}*", 'has "{mm}", which is not supported; supported: {yyyy} {MM} {dd}'],
  ["crime-*", "has no {yyyy}"],
  ["crime-{yyyy}-{dd}", "has {dd} without {MM}"],
  ["{yyyy}-{yyyy}", "says a part of the date twice"]
])("%s: %s", (pattern, problem) => {
  expect(fileNamePatternProblem(pattern)).toBe(problem);
});
