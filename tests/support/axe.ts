import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";
import type {Browser, BrowserContextOptions} from "playwright-core";

/** What WCAG 2.2, levels A and AA, is called by axe. */
const axeTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export interface Violation {
  readonly id: string;
  readonly targets: readonly string[];
}

/** Axe is a script, and the page allows none but its own: it runs in a context that sets the policy aside. */
export async function axe(browser: Browser, file: string, options: BrowserContextOptions): Promise<Violation[]> {
  const context = await browser.newContext({...options, offline: true, bypassCSP: true});
  try {
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.addScriptTag({path: axeFile});
    return (await page.evaluate(
      `axe.run({runOnly: ${JSON.stringify(axeTags)}}).then(({violations}) => violations.map(({id, nodes}) => ({id, targets: nodes.map(({target, failureSummary}) => target.join(" ") + ": " + failureSummary)})))`
    )) as Violation[];
  } finally {
    await context.close();
  }
}
