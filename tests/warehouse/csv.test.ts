import {expect, test} from "vitest";
import {csvText} from "../../pipeline/warehouse/csv.ts";

test("every kind of cell is written so that it reads back the same and runs nowhere", () => {
  const cells = [
    null,
    "",
    "plain",
    'a "b", c',
    "two\nlines",
    "=1+1",
    "+1",
    "-1",
    "@x",
    0.1,
    -3,
    1e21,
    true,
    ["a", "b"],
    []
  ];
  const rows = cells.map((cell) => ({cell, after: "."}));
  expect(csvText(["cell", "after"], rows)).toBe(
    `cell,after
,.
"",.
plain,.
"a ""b"", c",.
"two
lines",.
'=1+1,.
'+1,.
'-1,.
'@x,.
0.1,.
-3,.
1e+21,.
true,.
a;b,.
,.
`
  );
});

test("what is not a number never reaches a file", () => {
  expect(() => csvText(["cell"], [{cell: Number.NaN}])).toThrow("NaN");
});
