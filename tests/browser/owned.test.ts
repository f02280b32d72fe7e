import {mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Browser, BrowserContextOptions} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {main} from "../../pipeline/cli/program.ts";
import {writeOwned} from "../bundle/owned-project.ts";
import {axe} from "../support/axe.ts";
import {browserAvailable, launchBrowser} from "../support/browser.ts";

const screens: readonly [name: string, options: BrowserContextOptions][] = [
  ["a desk screen", {viewport: {width: 1280, height: 900}}],
  ["a phone of 390", {viewport: {width: 390, height: 844}, isMobile: true}]
];

describe.skipIf(!browserAvailable)("the pages of a plan's owners (needs Linux x64 or MILEPOST_CHROMIUM)", () => {
  let browser: Browser;
  let folder: string;
  let pages: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "milepost-owners-"));
    writeOwned(folder);
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
    expect(await run("report", "owner", "--period", "2024-03"), said.join("")).toBe(0);
    expect(await run("report", "quarterly", "--period", "2024-Q1"), said.join("")).toBe(0);
    const owner = join(folder, "out/owner/2024-03/internal/draft");
    pages = [
      join(folder, "out/quarterly/2024-Q1/internal/draft/index.html"),
      join(owner, "index.html"),
      ...readdirSync(join(owner, "owners")).map((name) => join(owner, "owners", name))
    ];
    browser = await launchBrowser();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, {recursive: true, force: true});
  });

  test.each(screens)(
    "on %s nothing sticks out and axe has no complaint",
    async (_, options) => {
      for (const file of pages) {
        const context = await browser.newContext({...options, offline: true});
        const opened = await context.newPage();
        await opened.goto(pathToFileURL(file).href);
        const [content, screen] = (await opened.evaluate(
          "[document.documentElement.scrollWidth, window.innerWidth]"
        )) as [number, number];
        await context.close();
        expect(content, file).toBeLessThanOrEqual(screen);
        expect(await axe(browser, file, options), file).toEqual([]);
      }
    },
    120_000
  );

  test("a key opens an owner's page, and the way leads back", async () => {
    const context = await browser.newContext({offline: true});
    const opened = await context.newPage();
    await opened.goto(pathToFileURL(pages[1]!).href);
    await opened.keyboard.press("a");
    await opened.waitForURL(/owners\/operations\.html$/);
    expect(await opened.textContent("h1")).toContain("Operations");
    await opened.keyboard.press("0");
    await opened.waitForURL(/index\.html$/);
    await context.close();
  }, 60_000);
});
