import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import type {PageAssets} from "./html.ts";
import type {Versions} from "./manifest.ts";
import type {PaperAssets} from "./pdf.ts";

const {resolve} = createRequire(import.meta.url);

const pageWeights = [400, 600, 700] as const;
const paperFonts = ["400Regular", "600SemiBold", "700Bold"] as const;

/** Parts that decide a bundle's bytes, by package. */
const parts = [
  "@duckdb/node-api",
  "@myriaddreamin/typst-ts-node-compiler",
  "@resvg/resvg-js",
  "apache-arrow",
  "vega",
  "vega-lite"
] as const;

export interface BundleAssets extends PageAssets, PaperAssets {
  readonly versions: Versions;
}

/** Style sheets, script, template and fonts: what every bundle carries inside itself. */
export async function readAssets(): Promise<BundleAssets> {
  const [css, segmentCss, script, template, fonts, truetype, versions] = await Promise.all([
    readFile(new URL("./page.css", import.meta.url), "utf8"),
    readFile(new URL("./segment-page.css", import.meta.url), "utf8"),
    readFile(new URL("./page-keys.js", import.meta.url), "utf8"),
    readFile(new URL("./paper.typ", import.meta.url), "utf8"),
    Promise.all(
      pageWeights.map(async (weight) => ({
        weight,
        woff2: await readFile(resolve(`@fontsource/public-sans/files/public-sans-latin-${weight}-normal.woff2`))
      }))
    ),
    Promise.all(
      paperFonts.map((name) => readFile(resolve(`@expo-google-fonts/public-sans/${name}/PublicSans_${name}.ttf`)))
    ),
    pinnedVersions()
  ]);
  return {css: `${css}${segmentCss}`, script, template, fonts, truetype, versions};
}

/** As pinned by milepost's own package.json, which stands two folders above this file, built or not. */
async function pinnedVersions(): Promise<Versions> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  const {dependencies} = JSON.parse(text) as {dependencies: Record<string, string>};
  return Object.fromEntries(parts.map((name) => [name, dependencies[name] ?? "unknown"]));
}
