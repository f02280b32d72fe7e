import {describe, expect, test} from "vitest";
import type {Diagnostic} from "../../pipeline/diagnostics/diagnostic.ts";
import {renderDiagnostics} from "../../pipeline/diagnostics/render.ts";

const cast: Diagnostic = {
  code: "unreadable-value",
  severity: "error",
  place: {file: "inbox/calls-2025-03.csv", line: 4, column: 18, text: "A3,2025-03-05,12,burglary,one"},
  message: 'Column "count" must hold a whole number, and this cell does not',
  found: '"burglary"',
  expected: "integer, as declared in sources/calls.yaml:14",
  fix: "Correct the cell"
};

test("a diagnostic reads: place, what, frame, found, expected, fix", () => {
  expect(renderDiagnostics([cast])).toMatchInlineSnapshot(`
    "inbox/calls-2025-03.csv:4:18  error  unreadable-value
      Column "count" must hold a whole number, and this cell does not

      4 | A3,2025-03-05,12,burglary,one
        |                  ^

      found     "burglary"
      expected  integer, as declared in sources/calls.yaml:14
      fix       Correct the cell
    "
  `);
});

test("what is not known is left out, with its blank line", () => {
  const bare = {code: "unknown-command", severity: "error", place: null, message: "There is no such command"} as const;
  expect(renderDiagnostics([bare])).toBe("error  unknown-command\n  There is no such command\n");
  expect(renderDiagnostics([{...bare, place: {file: "a.csv"}}])).toBe(
    "a.csv  error  unknown-command\n  There is no such command\n"
  );
  expect(renderDiagnostics([{...bare, place: {file: "a.csv", line: 7, column: 2}}])).toBe(
    "a.csv:7:2  error  unknown-command\n  There is no such command\n"
  );
  expect(renderDiagnostics([{...bare, place: {file: "a.csv", line: 7, text: "x,y"}, fix: ""}])).toBe(
    "a.csv:7  error  unknown-command\n  There is no such command\n\n  7 | x,y\n"
  );
  expect(renderDiagnostics([])).toBe("");
});

test("five of a code are shown, the rest counted in its place, and all are summed at the end", () => {
  const warning: Diagnostic = {code: "late", severity: "warning", place: null, message: "Late"};
  const note: Diagnostic = {...warning, code: "early", severity: "note", message: "Early"};
  const text = renderDiagnostics([...Array<Diagnostic>(42).fill(cast), warning, warning, note]);
  expect(text.match(/unreadable-value\n {2}Column/g)).toHaveLength(5);
  expect(text).toContain("\nand 37 more of unreadable-value\n\nwarning  late\n");
  expect(text.endsWith("\n42 errors, 2 warnings, 1 note\n")).toBe(true);
});

test("thousands are counted readably", () => {
  const text = renderDiagnostics(Array<Diagnostic>(12_345).fill(cast));
  expect(text).toContain("and 12,340 more of unreadable-value\n");
  expect(text.endsWith("\n12,345 errors\n")).toBe(true);
});

describe("a frame", () => {
  const caretUnder = (text: string, column: number, width = 80) => {
    const place = {file: "f", line: 1, column, text};
    const lines = renderDiagnostics([{code: "c", severity: "error", place, message: "m"}], {width}).split("\n");
    const [shown = "", caret = ""] = lines.slice(3, 5);
    return {shown, under: shown[caret.indexOf("^")], caret};
  };

  test("is cut around its caret to the width, wherever the caret stands", () => {
    const text = Array.from({length: 400}, (_, index) => String.fromCharCode(97 + (index % 26))).join("");
    for (const column of [1, 2, 40, 74, 75, 76, 200, 390, 399, 400]) {
      const {shown, under} = caretUnder(text, column);
      expect(shown.length).toBeLessThanOrEqual(80);
      expect(under).toBe(text[column - 1]);
    }
    expect(caretUnder(text, 1).shown.endsWith("…")).toBe(true);
    expect(caretUnder(text, 400).shown.startsWith("  1 | …")).toBe(true);
    expect(caretUnder(text, 401).caret.length).toBeLessThanOrEqual(81);
  });

  test("is not cut when it fits", () => {
    const text = "x".repeat(74);
    expect(caretUnder(text, 74).shown).toBe(`  1 | ${text}`);
  });

  test("keeps the caret below a character behind tabs and wide characters", () => {
    expect(caretUnder("\tname:\tx", 8).under).toBe("x");
    // Each of the two wide characters takes two columns of the terminal.
    expect(caretUnder("東京: x", 5).caret).toBe("    |       ^");
    // A combining accent takes none.
    expect(caretUnder("cafe\u0301: x", 8).caret).toBe("    |       ^");
  });

  test("of a blank line is left out", () => {
    const place = {file: "f", line: 3, column: 1, text: "   "};
    expect(renderDiagnostics([{code: "c", severity: "error", place, message: "m"}])).toBe("f:3:1  error  c\n  m\n");
  });
});

test("nothing of a file reaches the terminal as a control", () => {
  const hostile = "a\u001B[2J\u001B]0;owned\u0007b\rc\nd\u0000e\u009Bf\u007Fg\u202Eh\u2028i\uD800";
  const text = renderDiagnostics([
    {
      code: "c",
      severity: "error",
      place: {file: hostile, line: 1, column: 30, text: hostile},
      message: hostile,
      found: hostile,
      expected: hostile,
      fix: hostile
    }
  ]);
  // The only control that is left is the line feed of our own lines.
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cs}\u202E\u2028]/u);
  expect(text.split("\n")).toHaveLength(10);
  expect(text).toContain("a␛[2J␛]0;owned␇b␍c␊d␀e�f␡g�h�i�");
});

test("colour marks severity, and only on request", () => {
  const coloured = renderDiagnostics([cast], {colour: true});
  expect(coloured).toContain("\u001B[1;31merror\u001B[0m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences are what is looked at
  expect(coloured.replace(/\u001B\[[0-9;]*m/g, "")).toBe(renderDiagnostics([cast]));
});
