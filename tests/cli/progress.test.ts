import {expect, test} from "vitest";
import {progressOf} from "../../pipeline/cli/progress.ts";

function said(terminal: boolean): string {
  let text = "";
  const err = (part: string) => {
    text += part;
  };
  const progress = progressOf({err, terminal});
  for (const line of ["a.csv: reading (1 of 2)", "a.csv: 0%", "a.csv: 0%", "a.csv: 1%", "charts, 2 so far\u2026"])
    progress.line(line);
  progress.end();
  return text;
}

test("who watches sees one line that is drawn over and gone at the end, each text once", () => {
  const clear = "\r\x1b[2K";
  expect(said(true)).toBe(
    `${clear}a.csv: reading (1 of 2)${clear}a.csv: 0%${clear}a.csv: 1%${clear}charts, 2 so far\u2026${clear}`
  );
});

test("a log has a line for each file, and nothing that is soon another", () => {
  expect(said(false)).toBe("a.csv: reading (1 of 2)\n");
});
