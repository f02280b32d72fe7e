import {mkdtemp} from "node:fs/promises";
import {join} from "node:path";
import {discard} from "../warehouse/safe-files.ts";
import type {ChartBlock, PageModel, Standing} from "./page-model.ts";
import {printable} from "./printable.ts";
import {marks, statusWord} from "./words.ts";

/** What paper needs besides the model. */
export interface PaperAssets {
  /** The Typst template. */
  readonly template: string;
  /** Public Sans as TrueType; the first decides which characters can be printed. */
  readonly truetype: readonly Buffer[];
}

export interface Paper {
  readonly pdf: Uint8Array;
  /** Characters of the users' text that the font can't show, each printed as a question mark; sorted. */
  readonly unprintable: readonly string[];
}

/**
 * The report as a tagged PDF (PDF/UA-1) on US Letter. The same model and time give the same bytes.
 *
 * @param made The PDF's creation time, seconds since 1970: of what is known, not of the clock.
 * @param scratch Absolute: a folder that nobody else clears; nothing is left there.
 * @throws Error with Typst's own words when the template can't be set: a bug, for users' text is only data.
 */
export async function renderPdf(
  model: PageModel,
  {template, truetype}: PaperAssets,
  made: number,
  scratch: string
): Promise<Paper> {
  const {text, unprintable} = printable(model, truetype[0]!);
  // Typst takes a tenth of a second to load; commands that print nothing do not pay it.
  const {NodeCompiler} = (await import("@myriaddreamin/typst-ts-node-compiler"))
    .default as unknown as typeof import("@myriaddreamin/typst-ts-node-compiler");
  // An empty folder: whatever a text might say, there is nothing to read in it.
  const workspace = await mkdtemp(join(scratch, "paper-"));
  try {
    const compiler = NodeCompiler.create({workspace, fontArgs: [{fontBlobs: [...truetype]}]});
    const inputs = {model: JSON.stringify(text, onPaper), marks: JSON.stringify(drawnMarks())};
    const compiled = compiler.compile({mainFileContent: template, inputs});
    if (compiled.result === null) {
      throw new Error(`the template can't be set: ${JSON.stringify(compiler.fetchDiagnostics(compiled.takeError()!))}`);
    }
    const warnings = compiled.takeWarnings();
    if (warnings !== null) {
      throw new Error(`the template is not clean: ${JSON.stringify(compiler.fetchDiagnostics(warnings))}`);
    }
    const pdf = compiler.pdf(compiled.result, {pdfStandard: "ua-1", creationTimestamp: made});
    compiler.evictCache(0);
    return {pdf, unprintable};
  } finally {
    await discard(workspace);
  }
}

/** Of two drawings paper has one; both would be twice as much to hand over. */
function onPaper(this: unknown, key: string, value: unknown): unknown {
  if (key === "narrow_svg") return undefined;
  const {narrow_on_paper: isNarrow, narrow_svg} = this as Partial<ChartBlock>;
  return key === "svg" && isNarrow === true ? narrow_svg : value;
}

function drawnMarks(): Record<string, {word: string; svg: string}> {
  return Object.fromEntries(
    Object.entries(marks).map(([standing, {path, colour}]) => [
      standing,
      {
        word: statusWord(standing as Standing),
        svg:
          `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1.1 -1.1 2.2 2.2" width="22" height="22">` +
          `<path d="${path}" fill="${colour}"/></svg>`
      }
    ])
  );
}
