import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Browser, BrowserContextOptions, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {readAssets} from "../../pipeline/bundle/assets.ts";
import {renderHtml} from "../../pipeline/bundle/html.ts";
import {pageModel} from "../../pipeline/bundle/page.ts";
import {drawnRequest} from "../bundle/drawn-request.ts";
import {wanted} from "../bundle/fixture.ts";
import {axe} from "../support/axe.ts";
import {browserAvailable, launchBrowser} from "../support/browser.ts";

const screens: readonly [name: string, options: BrowserContextOptions][] = [
  ["a desk screen", {viewport: {width: 1280, height: 900}}],
  ["a phone of 390", {viewport: {width: 390, height: 844}, isMobile: true}],
  ["a phone of 320", {viewport: {width: 320, height: 640}, isMobile: true}],
  ["a desk screen in the dark", {viewport: {width: 1280, height: 900}, colorScheme: "dark"}],
  ["a phone in the dark", {viewport: {width: 390, height: 844}, isMobile: true, colorScheme: "dark"}]
];

const hostile = (title: string) => `${title} <script>throw 1</script> "#read('x')" & ${"unbreakable".repeat(12)}`;

describe.skipIf(!browserAvailable)(
  "the page in a browser without a network (needs Linux x64 or MILEPOST_CHROMIUM)",
  () => {
    let browser: Browser;
    let folder: string;
    const files: Record<string, string> = {};

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "milepost-page-"));
      const assets = await readAssets();
      for (const [name, titles] of Object.entries({usual: (title: string) => title, hostile})) {
        files[name] = join(folder, `${name}.html`);
        const [page] = renderHtml(pageModel(await drawnRequest(titles)), assets);
        writeFileSync(files[name], page!.contents);
      }
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      rmSync(folder, {recursive: true, force: true});
    });

    const open = async (name: string, options: BrowserContextOptions, seen: (page: Page) => Promise<void>) => {
      // The page's own policy would keep axe out; a second context lets it in and is asked nothing else.
      const context = await browser.newContext({...options, offline: true});
      const complaints: string[] = [];
      try {
        const page = await context.newPage();
        page.on("console", (message) => complaints.push(message.text()));
        page.on("pageerror", (error) => complaints.push(String(error)));
        page.on("request", (request) => {
          if (!request.url().startsWith("data:") && request.url() !== pathToFileURL(files[name]!).href) {
            complaints.push(`asked for ${request.url()}`);
          }
        });
        await page.goto(pathToFileURL(files[name]!).href);
        await page.evaluate("document.fonts.ready");
        await seen(page);
        expect(complaints).toEqual([]);
      } finally {
        await context.close();
      }
    };

    describe.each(Object.entries({usual: "usual titles", hostile: "hostile titles"}))("with %s ones", (name) => {
      test.each(screens)("on %s nothing sticks out, nothing is asked for, nothing complains", async (_, options) => {
        await open(name, options, async (page) => {
          const widths = await page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]");
          const [content, screen] = widths as [number, number];
          expect(content).toBeLessThanOrEqual(screen);
          expect(await page.evaluate('document.fonts.check("16px \\"Public Sans\\"")')).toBe(true);
          expect(await page.locator("script").count()).toBe(0);
        });
      });

      test.each(screens)("on %s axe finds no violation of WCAG 2.2 A and AA", async (_, options) => {
        const violations = await axe(browser, files[name]!, options);
        expect(violations).toEqual([]);
      });
    });

    test("headings come in order and every section is reached by its heading", async () => {
      await open("usual", {viewport: {width: 1280, height: 900}}, async (page) => {
        const levels = (await page.evaluate(
          '[...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((heading) => Number(heading.tagName[1]))'
        )) as number[];
        expect(levels[0]).toBe(1);
        for (const [index, level] of levels.entries()) {
          expect(level - (levels[index - 1] ?? 0), `heading ${index}`).toBeLessThanOrEqual(1);
        }
      });
    });

    test("a keyboard reaches the skip link, the contents, each title and each chart's numbers", async () => {
      await open("usual", {viewport: {width: 1280, height: 900}}, async (page) => {
        const reached: string[] = [];
        for (let presses = 0; presses < 200; presses += 1) {
          await page.keyboard.press("Tab");
          const at = (await page.evaluate(
            '(document.activeElement === document.body ? "" : document.activeElement.getAttribute("href") ?? document.activeElement.tagName)'
          )) as string;
          if (at === "") break;
          reached.push(at);
        }
        expect(reached[0]).toBe("#content");
        expect(reached).toContain("#scorecard");
        for (const {id} of wanted) expect(reached).toContain(`#target-${id}`);
        // One chart of all targets, one by segment, and one for each target but the one that nothing is known of.
        expect(reached.filter((name) => name === "SUMMARY").length).toBe(wanted.length + 1);
      });
    });

    test("a link of the scorecard leads to its target, not hidden under the bar on top", async () => {
      await open("usual", {viewport: {width: 390, height: 844}, isMobile: true}, async (page) => {
        await page.locator('#scorecard a[href="#target-g2.a.1"]').click();
        const box = await page.locator("#target-g2\\.a\\.1-title").boundingBox();
        const bar = await page.locator(".marks").boundingBox();
        expect(box!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height);
      });
    });

    test("paper shows DRAFT, the numbers of each chart and no screen furniture", async () => {
      await open("usual", {viewport: {width: 816, height: 1056}}, async (page) => {
        await page.emulateMedia({media: "print"});
        expect(await page.locator(".marks").isVisible()).toBe(true);
        expect(await page.locator("nav").isVisible()).toBe(false);
        expect(await page.locator("details table").first().isVisible()).toBe(true);
        expect(await page.locator(".drawing .narrow").first().isVisible()).toBe(false);
      });
    });
  }
);
