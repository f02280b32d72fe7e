// node scripts/picture.mjs, after npm run demo: takes docs/demo.png from the demo's own page, two places side by side.
import {mkdirSync, statSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import chromium from "@sparticuz/chromium";
import {chromium as playwright} from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const page = pathToFileURL(join(root, "demo/out/quarterly/2024-Q1/internal/draft/index.html")).href;
const picture = join(root, "docs/demo.png");
// Wide enough for the table of contents to stand beside the text; shown smaller.
const [width, height] = [1040, 1240];
const shown = 0.65;

const browser = await playwright.launch({
  executablePath: process.env.MILEPOST_CHROMIUM ?? (await chromium.executablePath()),
  args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
});
try {
  const views = [];
  for (const anchor of ["", "#target-g1.a.6.y1.1"]) {
    const tab = await browser.newPage({viewport: {width, height}});
    await tab.goto(page + anchor);
    views.push((await tab.screenshot()).toString("base64"));
  }
  const sheet = await browser.newPage({viewport: {width: 2 * width * shown + 72, height: height * shown + 48}});
  await sheet.setContent(
    `<body style="margin:24px;display:flex;gap:24px;background:#dfe5ec">${views
      .map(
        (view) =>
          `<img src="data:image/png;base64,${view}" width="${width * shown}" style="box-shadow:0 2px 10px #0004" alt="">`
      )
      .join("")}`
  );
  mkdirSync(dirname(picture), {recursive: true});
  await sheet.screenshot({path: picture});
} finally {
  await browser.close();
}
console.log(`${picture}: ${Math.round(statSync(picture).size / 1024)} KB`);
