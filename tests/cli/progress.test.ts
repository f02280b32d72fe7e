import {describe, expect, test} from "vitest";
import {progressOf, showingProgress, stepText} from "../../pipeline/cli/progress.ts";
import type {Step} from "../../pipeline/run/progress.ts";

const wipe = "\r\x1b[2K";

/** What is written while the lines and steps come, each so many milliseconds after the one before; null only ticks. */
function said(
  told: readonly (readonly [after: number, told: string | Step | null])[],
  {terminal, keepLines}: {terminal: boolean; keepLines?: boolean}
): string {
  let text = "";
  let time = Date.parse("2024-06-01T12:00:00Z");
  const err = (part: string) => {
    text += part;
  };
  const progress = progressOf({err, terminal, now: () => new Date(time)}, {keepLines: keepLines ?? false});
  for (const [after, one] of told) {
    time += after;
    if (one === null) progress.tick();
    else progress.tell(one);
  }
  progress.clear();
  return text;
}

const step = (share: number, more: Partial<Step> = {}): Step => ({
  file: "a.csv",
  what: "checking",
  done: Math.round(share * 1000),
  of: null,
  share,
  ...more
});

describe("on a terminal", () => {
  const terminal = true;

  test("one line is drawn over itself, and gone at the end", () => {
    expect(
      said(
        [
          [0, "a.csv: reading (1 of 2)"],
          [500, step(0.1)],
          [500, step(0.2)]
        ],
        {terminal}
      )
    ).toBe(
      `${wipe}a.csv: reading (1 of 2)${wipe}a.csv  checking  100 rows  10%${wipe}a.csv  checking  200 rows  20%${wipe}`
    );
  });

  test("it is drawn ten times a second at most, however often it is told", () => {
    const often = Array.from({length: 1001}, (_, i) => [1, step(i / 1000)] as const);
    // The first, then one each tenth of a second.
    expect(said(often, {terminal}).split(wipe).length - 2).toBe(11);
  });

  test("the same text is not drawn again", () => {
    expect(
      said(
        [
          [0, step(0.1)],
          [200, step(0.1)]
        ],
        {terminal}
      )
    ).toBe(`${wipe}a.csv  checking  100 rows  10%${wipe}`);
  });

  test("it says how long it has taken where nothing else was told for a second", () => {
    const wait = [1000, null] as const;
    expect(said([[0, "calls: what changes in the targets"], [999, null], [1, null], wait], {terminal})).toBe(
      `${wipe}calls: what changes in the targets${wipe}calls: what changes in the targets  1 s so far${wipe}calls: what changes in the targets  2 s so far${wipe}`
    );
    expect(said([[0, step(0.1)], [500, step(0.2)], wait], {terminal})).toBe(
      `${wipe}a.csv  checking  100 rows  10%${wipe}a.csv  checking  200 rows  20%${wipe}a.csv  checking  200 rows  20%  67 rows/s  12 s left${wipe}`
    );
    // Below a line that stays.
    expect(said([[0, "calls"], wait], {terminal, keepLines: true})).toBe(`calls\n${wipe}  1 s so far${wipe}`);
  });

  test("the lines of a job stay above it", () => {
    expect(
      said(
        [
          [0, "a.csv: reading"],
          [0, step(0.1)],
          [200, "b.csv: reading"]
        ],
        {terminal, keepLines: true}
      )
    ).toBe(`a.csv: reading\n${wipe}a.csv  checking  100 rows  10%${wipe}b.csv: reading\n`);
  });

  test("it is gone when the work fails", async () => {
    let text = "";
    const err = (part: string) => {
      text += part;
    };
    const context = {terminal, now: () => new Date(0), err};
    const failing = showingProgress(context, async (tell) => {
      tell(step(0.5));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(text.endsWith(wipe)).toBe(true);
  });
});

test("a log has a line for each file or step, and nothing that is soon another", () => {
  expect(
    said(
      [
        [0, "a"],
        [2000, null]
      ],
      {terminal: false}
    )
  ).toBe("a\n");
  expect(
    said(
      [
        [0, "a.csv: reading (1 of 2)"],
        [500, step(0.1)],
        [500, step(0.2)]
      ],
      {terminal: false}
    )
  ).toBe("a.csv: reading (1 of 2)\n");
});

describe("the text of a step", () => {
  const begun = {file: "a.csv", what: "checking", share: 0, done: 0, time: 0};

  test.each<[why: string, Partial<Step>, milliseconds: number, text: string]>([
    ["no speed within the first second", {}, 900, "a.csv  checking  250,000 rows  25%"],
    ["speed and rest", {}, 5000, "a.csv  checking  250,000 rows  25%  50,000 rows/s  15 s left"],
    ["of how many, where the share does not say it", {of: 9, share: null, done: 3}, 0, "a.csv  checking  3 of 9 rows"],
    ["minutes", {share: 0.02, done: 4}, 5000, "a.csv  checking  4 rows  2%  0.8 rows/s  4 min 5 s left"],
    ["hours", {share: 0.01, done: null}, 50_000, "a.csv  checking  1%  1 h 22 min left"],
    ["too little to tell the rest from", {share: 0.001}, 5000, "a.csv  checking  250,000 rows  0%  50,000 rows/s"],
    ["no share", {share: null}, 5000, "a.csv  checking  250,000 rows  50,000 rows/s  5 s so far"],
    [
      "how many in all, where it is not known how far",
      {share: null, done: null, of: 9000},
      5000,
      "a.csv  checking  9,000 rows  5 s so far"
    ],
    ["neither rows nor share", {share: null, done: null}, 5000, "a.csv  checking  5 s so far"],
    ["the end", {share: 1}, 4000, "a.csv  checking  250,000 rows  100%  62,500 rows/s  0 s left"],
    ["other things than rows", {unit: "charts", share: null, done: 12}, 500, "a.csv  checking  12 charts"]
  ])("%s", (_, more, milliseconds, text) => {
    expect(stepText(step(0.25, {done: 250_000, ...more}), begun, milliseconds)).toBe(text);
  });

  test("never wraps: a long name is cut in the middle", () => {
    const file = `${"crime-incidents-".repeat(8)}2024-06.csv`;
    const text = stepText(step(0.25, {file, done: 250_000, of: 1_000_000}), {...begun, file}, 5000);
    expect(text.length).toBeLessThanOrEqual(79);
    expect(text).toContain("\u2026");
    expect(text).toContain("06.csv");
  });

  test("shows no control character of a name", () => {
    expect(stepText(step(0.25, {file: "a\u001b]0;owned\u0007.csv"}), begun, 0)).not.toContain("\u001b");
  });
});
