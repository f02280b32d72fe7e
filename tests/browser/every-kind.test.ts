import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Browser, BrowserContextOptions} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {main} from "../../pipeline/cli/program.ts";
import {kinds, writeEveryKind} from "../bundle/every-kind-project.ts";
import {axe} from "../support/axe.ts";
import {browserAvailable, launchBrowser} from "../support/browser.ts";

const screens: readonly [name: string, options: BrowserContextOptions][] = [
  ["a desk screen", {viewport: {width: 1280, height: 900}}],
  ["a phone of 390", {viewport: {width: 390, height: 844}, isMobile: true}]
];

/** How each kind of target is drawn; "none" where there is nothing that a picture could say. */
const drawn: Readonly<Record<string, string>> = {
  change: "cumulative",
  doubling: "cumulative",
  more: "cumulative",
  points: "months",
  seconds: "months",
  "at-least": "cumulative",
  share: "months",
  between: "months",
  exactly: "cumulative",
  within: "months",
  weeks: "calendar",
  months: "calendar",
  days: "calendar",
  shifts: "calendar",
  "areas-months": "calendar",
  observations: "stock",
  stock: "stock",
  sworn: "stock",
  bureaus: "roster",
  mentors: "roster",
  classes: "roster",
  plans: "roster",
  report: "none",
  system: "none",
  manual: "none",
  director: "none",
  trained: "none",
  "to-be-set": "cumulative",
  watched: "months"
};

describe.skipIf(!browserAvailable)(
  "a report with a target of every kind (needs Linux x64 or MILEPOST_CHROMIUM)",
  () => {
    let browser: Browser;
    let folder: string;
    let file: string;
    let page: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "milepost-kinds-"));
      writeEveryKind(folder);
      const said: string[] = [];
      const run = (...words: string[]) =>
        main(words, {
          out: (text) => said.push(text),
          err: (text) => said.push(text),
          now: () => new Date("2024-04-05T12:00:00Z"),
          cwd: folder,
          terminal: false,
          version: "0.0.0-test"
        });
      expect(await run("load"), said.join("")).toBe(0);
      expect(await run("report", "quarterly", "--period", "2024-Q1"), said.join("")).toBe(0);
      file = join(folder, "out/quarterly/2024-Q1/internal/draft/index.html");
      page = readFileSync(file, "utf8");
      browser = await launchBrowser();
      // Five extracts, thirty targets and all their charts, beside whatever else the machine does.
    }, 300_000);

    afterAll(async () => {
      await browser?.close();
      rmSync(folder, {recursive: true, force: true});
    });

    const sectionOf = (id: string) => {
      const from = page.indexOf(`id="target-${id}"`);
      const others = [...page.matchAll(/id="target-([\w-]+)"/g)];
      const next = others.find(({index, 1: name}) => index > from && name !== `${id}-title`)?.index ?? -1;
      return page.slice(from, next < 0 ? undefined : next);
    };

    test.each(Object.entries(drawn))("%s is shown as %s", (id, kind) => {
      const charts = [...sectionOf(id).matchAll(/id="numbers-([a-z]+)-/g)].map(([, name]) => name);
      expect(charts[0] ?? "none").toBe(kind);
    });

    test("every target has its section, but the one whose period is over", () => {
      const ids = kinds.map(([id]) => id).filter((id) => id !== "not-known");
      expect(ids.toSorted()).toEqual(Object.keys(drawn).toSorted());
      for (const id of ids) expect(page, id).toContain(`id="target-${id}"`);
      expect(page).not.toContain('id="target-not-known"');
    });

    test.each([
      ["seconds", "12 seconds less than 394.8"],
      ["doubling", "twice 345"],
      ["share", "at least 30%"],
      ["weeks", "every week, at least 4 posts; 1 may be missed"],
      ["areas-months", "every month, each Area: at least 1"],
      ["bureaus", "each of 4 bureaus: at least 50 posts"],
      ["observations", "at every observation, fewer than 100 shops"],
      ["to-be-set", "a goal still to be set by 31 December 2023"],
      ["report", "43 days late"],
      ["system", "due on 30 September 2024, 183 days left"]
    ])("the goal of %s is said as %s", (id, words) => {
      expect(sectionOf(id)).toContain(words);
    });

    test("deadlines stand on a timeline, and no number is not one", () => {
      expect(page).toContain('id="numbers-timeline-goal-1"');
      expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
    });

    test.each(screens)("on %s nothing sticks out and axe has no complaint", async (_, options) => {
      const context = await browser.newContext({...options, offline: true});
      try {
        const opened = await context.newPage();
        await opened.goto(pathToFileURL(file).href);
        const [content, screen] = (await opened.evaluate(
          "[document.documentElement.scrollWidth, window.innerWidth]"
        )) as [number, number];
        expect(content).toBeLessThanOrEqual(screen);
        // What is asked may be long: no table of the page hides its status behind an edge.
        const hidden = await opened.evaluate(
          '[...document.querySelectorAll("#scorecard .frame")].filter((frame) => frame.scrollWidth > frame.clientWidth + 1).length'
        );
        expect(hidden).toBe(0);
      } finally {
        await context.close();
      }
      expect(await axe(browser, file, options)).toEqual([]);
    });
  }
);
