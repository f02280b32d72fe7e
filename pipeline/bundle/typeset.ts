import {mkdtemp} from "node:fs/promises";
import {join} from "node:path";
import typst from "@myriaddreamin/typst-ts-node-compiler";
import {discard} from "../warehouse/safe-files.ts";

// The package is CommonJS and says in its types that it is not.
const {NodeCompiler} = typst as unknown as typeof import("@myriaddreamin/typst-ts-node-compiler");

/** What a typesetter is opened with. */
export interface TypesetterParts {
  readonly truetype: readonly Uint8Array[];
  /** Absolute: a folder that nobody else clears; nothing is left there. */
  readonly scratch: string;
}

/** What is set: all of it text, so that it goes from thread to thread in one piece. */
export interface Typesetting {
  /** The Typst template. */
  readonly template: string;
  /** What the template reads, by name: JSON. */
  readonly inputs: Readonly<Record<"model" | "marks", string>>;
  /** The PDF's creation time, seconds since 1970. */
  readonly made: number;
}

export interface Typesetter {
  /**
   * Reads drawings that will be set: Typst keeps what it has read, a fifth of its work, for the paper that comes. What is
   * set is the same with it and without.
   */
  readonly expect: (drawings: readonly string[]) => void;
  /**
   * A tagged PDF (PDF/UA-1). It holds up its thread for seconds where a report is long.
   *
   * @throws Error with Typst's own words when the template can't be set: a bug, for users' text is only data.
   */
  readonly set: (job: Typesetting) => Uint8Array;
  /** To be called at the end; nothing is set after it. */
  readonly close: () => Promise<void>;
}

/** Drawings are kept by the font of the text around them too: the template's own. */
const expected =
  '#set text(font: "Public Sans", fallback: false)\n' +
  '#for drawing in json(bytes(sys.inputs.drawings)) { image(bytes(drawing), format: "svg") }';

export async function openTypesetter({truetype, scratch}: TypesetterParts): Promise<Typesetter> {
  // An empty folder: whatever a text might say, there is nothing to read in it.
  const workspace = await mkdtemp(join(scratch, "paper-"));
  const fontBlobs = truetype.map((font) => Buffer.from(font.buffer, font.byteOffset, font.byteLength));
  const compiler = NodeCompiler.create({workspace, fontArgs: [{fontBlobs}]});
  // Of a report set before, by this process: at its end nobody would wait for less memory.
  compiler.evictCache(0);
  return {
    expect: (drawings) => {
      // What can't be read is told when it is set.
      compiler.compile({mainFileContent: expected, inputs: {drawings: JSON.stringify(drawings)}});
    },
    set({template, inputs, made}) {
      const compiled = compiler.compile({mainFileContent: template, inputs});
      if (compiled.result === null) {
        throw new Error(
          `the template can't be set: ${JSON.stringify(compiler.fetchDiagnostics(compiled.takeError()!))}`
        );
      }
      const warnings = compiled.takeWarnings();
      if (warnings !== null) {
        throw new Error(`the template is not clean: ${JSON.stringify(compiler.fetchDiagnostics(warnings))}`);
      }
      return compiler.pdf(compiled.result, {pdfStandard: "ua-1", creationTimestamp: made});
    },
    close: () => discard(workspace)
  };
}
