import type {PageModel, Standing} from "./page-model.ts";
import {printable} from "./printable.ts";
import type {Typesetting} from "./typeset.ts";
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
  const {inputs, unprintable} = paperInputs(model, truetype);
  // Typst takes a tenth of a second to load; commands that print nothing do not pay it.
  const {openTypesetter} = await import("./typeset.ts");
  const typesetter = await openTypesetter({truetype, scratch});
  try {
    return {pdf: typesetter.set({template, inputs, made}), unprintable};
  } finally {
    await typesetter.close();
  }
}

/** What the template reads. */
export function paperInputs(
  model: PageModel,
  truetype: readonly Buffer[]
): Pick<Typesetting, "inputs"> & Pick<Paper, "unprintable"> {
  const {json, unprintable} = printable(model, truetype[0]!);
  return {inputs: {model: json, marks: JSON.stringify(drawnMarks())}, unprintable};
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
