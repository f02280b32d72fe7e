import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import type {PageAssets} from "./html.ts";
import type {PaperAssets} from "./pdf.ts";

const {resolve} = createRequire(import.meta.url);

const pageWeights = [400, 600, 700] as const;
const paperFonts = ["400Regular", "600SemiBold", "700Bold"] as const;

/** Style sheet, template and fonts: what every bundle carries inside itself. */
export async function readAssets(): Promise<PageAssets & PaperAssets> {
  const [css, template, fonts, truetype] = await Promise.all([
    readFile(new URL("./page.css", import.meta.url), "utf8"),
    readFile(new URL("./paper.typ", import.meta.url), "utf8"),
    Promise.all(
      pageWeights.map(async (weight) => ({
        weight,
        woff2: await readFile(resolve(`@fontsource/public-sans/files/public-sans-latin-${weight}-normal.woff2`))
      }))
    ),
    Promise.all(
      paperFonts.map((name) => readFile(resolve(`@expo-google-fonts/public-sans/${name}/PublicSans_${name}.ttf`)))
    )
  ]);
  return {css, template, fonts, truetype};
}
