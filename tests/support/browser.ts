import {existsSync, mkdtempSync, renameSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type Browser, chromium as playwright} from "playwright-core";

/**
 * A real browser on a machine that has none: the Chromium that lies packed in `@sparticuz/chromium`, with the
 * libraries it needs (NSS, NSPR, expat) from the same package. Linux on x64 only; elsewhere, or to use another one,
 * name an installed Chromium in MILEPOST_CHROMIUM.
 */
export const browserAvailable =
  process.env.MILEPOST_CHROMIUM !== undefined || (process.platform === "linux" && process.arch === "x64");

// No single process and no switched-off web security, which the package proposes for servers: pages are to be held to
// their policy, and contexts to be closed one by one.
const args = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"];

/** Starts the browser; close it when done. */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env.MILEPOST_CHROMIUM;
  if (installed !== undefined) return playwright.launch({executablePath: installed, args});
  const folder = await unpacked();
  const env = {...process.env, FONTCONFIG_PATH: join(folder, "fonts"), HOME: process.env.HOME ?? folder};
  const options = {executablePath: join(folder, "chromium"), args};
  try {
    return await playwright.launch({...options, env});
  } catch (error) {
    if (!/shared libraries|libnss|libnspr|libexpat/.test(String(error))) throw error;
    // The system's own libraries come first wherever it has them: they fit the rest of it.
    return playwright.launch({...options, env: {...env, LD_LIBRARY_PATH: join(folder, "al2023", "lib")}});
  }
}

/** Unpacked once a version of the package, beside and then renamed: tests of several workers start at the same time. */
async function unpacked(): Promise<string> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve("@sparticuz/chromium");
  const {version} = require(join(entry, "../../../package.json")) as {version: string};
  const folder = join(tmpdir(), `milepost-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (existsSync(folder)) return folder;
  const beside = mkdtempSync(`${folder}.`);
  const before = {TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV};
  const kept = {LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH, FONTCONFIG_PATH: process.env.FONTCONFIG_PATH};
  // The package unpacks to the temporary folder, and its libraries only where it takes the machine for a Lambda.
  process.env.TMPDIR = beside;
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs22.x";
  try {
    const {default: chromium} = await import("@sparticuz/chromium");
    await chromium.executablePath();
  } finally {
    for (const [name, value] of Object.entries({...before, ...kept})) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  try {
    renameSync(beside, folder);
  } catch {
    // Another worker was first.
    rmSync(beside, {recursive: true, force: true});
  }
  return folder;
}
