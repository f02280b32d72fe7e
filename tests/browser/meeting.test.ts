import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Browser, BrowserContextOptions, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {readAssets} from "../../pipeline/bundle/assets.ts";
import {segmentKeyOf} from "../../pipeline/bundle/contract.ts";
import {renderHtml} from "../../pipeline/bundle/html.ts";
import {pageModel} from "../../pipeline/bundle/page.ts";
import {meetingRequest, meetingRoster} from "../bundle/meeting-request.ts";
import {axe} from "../support/axe.ts";
import {browserAvailable, launchBrowser} from "../support/browser.ts";
import {readPdf} from "../support/read-pdf.ts";

const desk = {viewport: {width: 1280, height: 900}};
const wall = {viewport: {width: 1920, height: 1080}};
const phone = {viewport: {width: 320, height: 640}, isMobile: true};
const inTheDark = {colorScheme: "dark"} as const;

const areas = meetingRoster.segments.map((segment) => `areas/${segmentKeyOf(segment)}.html`);
/** The city has the most targets, an Area of the east lacks nothing, a bureau has what is not known. */
const kinds = ["index.html", "areas/city-all.html", "areas/bureau-east.html", "areas/area-21.html"];
const hostile = (title: string) => `${title} <script>throw 1</script> "#read('x')" & ${"unbreakable".repeat(6)}`;

describe.skipIf(!browserAvailable)("the meeting's pages in a browser (needs Linux x64 or MILEPOST_CHROMIUM)", () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "milepost-meeting-"));
    const assets = await readAssets();
    for (const [name, titles] of Object.entries({usual: (title: string) => title, hostile})) {
      for (const {path, contents} of renderHtml(pageModel(await meetingRequest(titles)), assets)) {
        const file = join(folder, name, path);
        mkdirSync(dirname(file), {recursive: true});
        writeFileSync(file, contents);
      }
    }
    browser = await launchBrowser();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, {recursive: true, force: true});
  });

  const urlOf = (path: string, bundle = "usual") => pathToFileURL(join(folder, bundle, path)).href;

  /** Opens a page; whatever it asks of a network, complains of or lets through its policy fails the test. */
  const open = async (
    path: string,
    options: BrowserContextOptions,
    seen: (page: Page) => Promise<void>,
    bundle = "usual"
  ) => {
    const context = await browser.newContext({...options, offline: true});
    const complaints: string[] = [];
    try {
      const page = await context.newPage();
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("request", (request) => {
        const own = pathToFileURL(join(folder, bundle)).href;
        const isPage = request.isNavigationRequest() && request.url().startsWith(own);
        if (!isPage && !request.url().startsWith("data:")) complaints.push(`asked for ${request.url()}`);
      });
      await page.goto(urlOf(path, bundle));
      await page.evaluate("document.fonts.ready");
      await seen(page);
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  };

  const nameOf = (page: Page) => page.url().slice(urlOf("").length + 1);
  const press = async (page: Page, key: string, path: string) => {
    await page.keyboard.press(key);
    await page.waitForURL(urlOf(path));
  };
  const stays = async (page: Page, keys: readonly string[]) => {
    const before = page.url();
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForTimeout(50);
    expect(page.url()).toBe(before);
  };

  test("one keystroke opens each of the 26 pages from the overview, and 0 leads back", async () => {
    await open("index.html", desk, async (page) => {
      for (const [index, path] of areas.entries()) {
        await press(page, "abcdefghijklmnopqrstuvwxyz"[index]!, path);
        expect(await page.locator("[aria-current=page] span").textContent()).toBe(meetingRoster.segments[index]!.name);
        if (index % 5 === 0) await press(page, "0", "index.html");
      }
    });
  }, 60_000);

  test("right and left lead through the pages, from the overview to the last and not beyond", async () => {
    await open("index.html", desk, async (page) => {
      await press(page, "ArrowRight", areas[0]!);
      await press(page, "ArrowRight", areas[1]!);
      await press(page, "ArrowLeft", areas[0]!);
      await press(page, "ArrowLeft", "index.html");
      await stays(page, ["ArrowLeft"]);
      await press(page, "z", areas[25]!);
      await stays(page, ["ArrowRight"]);
    });
  });

  test("a key with another held, and one that no page has, does nothing; a capital by Caps Lock opens the page", async () => {
    await open(areas[3]!, desk, async (page) => {
      await stays(page, ["Control+b", "Alt+b", "Shift+B", "Meta+b", "9", "Tab", "Escape"]);
      await page.evaluate('document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "B", bubbles: true}))');
      await page.waitForURL(urlOf(areas[1]!));
    });
  });

  test("a field takes its letters, a table that scrolls its arrows", async () => {
    await open(areas[3]!, phone, async (page) => {
      await page.evaluate('document.querySelector("main").append(document.createElement("input"))');
      await page.locator("main > input").focus();
      await stays(page, ["b", "ArrowRight"]);
      expect(await page.locator("main > input").inputValue()).toBe("b");
      await page.locator(".frame").first().focus();
      await stays(page, ["ArrowRight"]);
      await press(page, "b", areas[1]!);
    });
  });

  test("the keys can be switched off and on by keyboard alone, are said so, and stay off on the next page", async () => {
    await open(areas[3]!, desk, async (page) => {
      await tabTo(page, ".switch input");
      expect(await page.locator("kbd").first().isVisible()).toBe(true);
      await page.keyboard.press("Space");
      expect(await page.getByRole("checkbox", {name: "Open pages with one key"}).isChecked()).toBe(false);
      expect(await page.getByRole("status").textContent()).toBe("Keys are off.");
      expect(await page.locator("kbd").first().isVisible()).toBe(false);
      expect(await page.locator("[aria-keyshortcuts]").count()).toBe(0);
      await stays(page, ["b", "0", "ArrowRight"]);
      await page.goto(urlOf(areas[4]!));
      await stays(page, ["b"]);
      await tabTo(page, ".switch input");
      await page.keyboard.press("Space");
      expect(await page.getByRole("status").textContent()).toBe("Keys are on.");
      expect(await page.locator("[aria-keyshortcuts=b]").count()).toBe(1);
      await press(page, "b", areas[1]!);
    });
  });

  test("a browser that keeps no storage throws nothing: keys work, and are off where they were switched off", async () => {
    await open("index.html", desk, async (page) => {
      await page.addInitScript(
        'Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }})'
      );
      await page.reload();
      await press(page, "a", areas[0]!);
      await page.locator(".switch input").click();
      await stays(page, ["b"]);
    });
  });

  test("without a script the links lead everywhere, and nothing speaks of keys", async () => {
    await open("index.html", {...desk, javaScriptEnabled: false}, async (page) => {
      expect(await page.locator(".switch").isVisible()).toBe(false);
      expect(await page.locator("kbd").first().isVisible()).toBe(false);
      await page.locator(".chooser a", {hasText: "Harbor Gate"}).click();
      expect(nameOf(page)).toBe("areas/area-3.html");
      await page.locator(".chooser a", {hasText: "Overview"}).click();
      expect(nameOf(page)).toBe("index.html");
      await page.locator("#compared-by-segment-violent a", {hasText: "West LA"}).click();
      expect(nameOf(page)).toBe("areas/area-11.html");
    });
  });

  test("every link of every page leads to a page, and to a place in it", async () => {
    const links = new Map<string, string[]>();
    const ids = new Map<string, string[]>();
    await open("index.html", desk, async (page) => {
      for (const path of ["index.html", ...areas]) {
        await page.goto(urlOf(path));
        links.set(path, (await page.evaluate("[...document.links].map(({href}) => href)")) as string[]);
        ids.set(
          urlOf(path),
          (await page.evaluate('[...document.querySelectorAll("[id]")].map(({id}) => id)')) as string[]
        );
      }
    });
    for (const [path, hrefs] of links) {
      for (const href of hrefs) {
        const [file, anchor] = href.split("#");
        expect(ids.has(file!), `${path} -> ${href}`).toBe(true);
        if (anchor !== undefined) expect(ids.get(file!), `${path} -> ${href}`).toContain(decodeURIComponent(anchor));
      }
    }
    for (const all of ids.values()) expect(new Set(all).size).toBe(all.length);
  }, 60_000);

  test("a keyboard reaches the list and each page in it, and where it is can be seen", async () => {
    await open(areas[3]!, desk, async (page) => {
      const reached: string[] = [];
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press("Tab");
        const [at, outline] = (await page.evaluate(
          '[document.activeElement.getAttribute("href") ?? document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]'
        )) as [string, string];
        if (at === "BODY") break;
        expect(outline, at).not.toBe("none");
        reached.push(at);
      }
      expect(reached).toEqual(expect.arrayContaining(["#content", "../index.html", "SUMMARY", "INPUT"]));
      for (const path of areas) expect(reached).toContain(path.slice("areas/".length));
    });
  });

  describe.each(kinds)("%s", (path) => {
    test.each([
      ["a desk screen", desk],
      ["a desk screen in the dark", {...desk, ...inTheDark}],
      ["a phone of 320", phone],
      ["a phone of 320 in the dark", {...phone, ...inTheDark}]
    ])(
      "on %s axe finds no violation, nothing sticks out, and headings come in order",
      async (_, options) => {
        expect(await axe(browser, join(folder, "usual", path), options)).toEqual([]);
        await open(path, options, async (page) => {
          const [content, screen] = (await page.evaluate(
            "[document.documentElement.scrollWidth, window.innerWidth]"
          )) as [number, number];
          expect(content).toBeLessThanOrEqual(screen);
          const levels = (await page.evaluate(
            '[...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((heading) => Number(heading.tagName[1]))'
          )) as number[];
          expect(levels[0]).toBe(1);
          expect(levels.filter((level) => level === 1)).toHaveLength(1);
          for (const [index, level] of levels.entries())
            expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
        });
      },
      60_000
    );

    test("with hostile titles nothing sticks out of a phone, and nothing but its own script runs", async () => {
      const check = async (page: Page) => {
        const [content, screen] = (await page.evaluate(
          "[document.documentElement.scrollWidth, window.innerWidth]"
        )) as [number, number];
        expect(content).toBeLessThanOrEqual(screen);
        expect(await page.locator("script").count()).toBe(1);
      };
      await open(path, phone, check, "hostile");
    });
  });

  test("on a wall the whole table and the first charts are seen without scrolling, in letters of a 62nd of its height", async () => {
    for (const path of ["areas/city-all.html", "areas/area-21.html"]) {
      await open(path, wall, async (page) => {
        for (const part of [".frame table", ".charts .chart >> nth=0", ".charts .chart >> nth=1"]) {
          const box = (await page.locator(part).first().boundingBox())!;
          expect(box.y + box.height, `${path} ${part}`).toBeLessThanOrEqual(1080);
          expect(box.x + box.width, `${path} ${part}`).toBeLessThanOrEqual(1920);
        }
        const [content, room, size] = (await page.evaluate(
          'const frame = document.querySelector(".frame"); [frame.scrollWidth, frame.clientWidth, parseFloat(getComputedStyle(frame.querySelector("td")).fontSize)]'
        )) as [number, number, number];
        expect(content).toBeLessThanOrEqual(room);
        expect(size).toBeGreaterThanOrEqual(1080 / 62);
      });
    }
  });

  test("on a wall the page ends with its content, in two columns without holes", async () => {
    for (const path of ["areas/city-all.html", "areas/area-21.html"]) {
      await open(path, wall, async (page) => {
        const [hollow, gaps] = (await page.evaluate(`
          const box = (element) => element.getBoundingClientRect();
          const main = document.querySelector("main");
          const shown = (parent) => [...parent.children].filter((child) => box(child).height > 0);
          const columns = shown(main).map(shown);
          const last = Math.max(...columns.map((column) => box(column.at(-1)).bottom));
          [
            box(main).bottom - last,
            columns.flatMap((column) => column.slice(1).map((child, index) => box(child).top - box(column[index]).bottom))
          ]`)) as [number, number[]];
        expect(hollow, path).toBeLessThanOrEqual(24);
        expect(gaps.length, path).toBeGreaterThanOrEqual(6);
        expect(Math.max(...gaps), path).toBeLessThanOrEqual(48);
      });
    }
  });

  test("on a wall the head of the table takes no more than two lines of dates, and the targets are in sight", async () => {
    await open("areas/area-21.html", wall, async (page) => {
      const head = (await page.locator(".frame thead").first().boundingBox())!;
      expect(head.height).toBeLessThanOrEqual(110);
      const targets = (await page.locator("#targets-area-21").boundingBox())!;
      expect(targets.y + targets.height).toBeLessThanOrEqual(1080);
    });
  });

  test("each segment's page is printed on one sheet of US Letter, with DRAFT, table, targets and trends", async () => {
    await open("index.html", desk, async (page) => {
      for (const path of [
        "areas/city-all.html",
        "areas/bureau-north.html",
        "areas/bureau-east.html",
        "areas/area-3.html"
      ]) {
        await page.goto(urlOf(path));
        const pdf = await readPdf(await page.pdf({format: "Letter", preferCSSPageSize: true, tagged: true}));
        expect(pdf.pages, path).toBe(1);
        for (const words of ["DRAFT", "Total Part I", "targets", "Traffic collisions by month", "An invented plan"]) {
          expect(pdf.texts[0], path).toContain(words);
        }
      }
    });
  }, 60_000);
});

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) === true) return;
  }
  throw new Error(`${selector} is not reached by keyboard`);
}
