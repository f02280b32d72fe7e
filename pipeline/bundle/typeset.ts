import {mkdtemp} from "node:fs/promises";
import {join} from "node:path";
import typst from "@myriaddreamin/typst-ts-node-compiler";
import {discard} from "../warehouse/safe-files.ts";

// The package is CommonJS and says in its types that it is not.
const {NodeCompiler} = typst as unknown as typeof import("@myriaddreamin/typst-ts-node-compiler");

/** What is set: all of it text, so that it goes from thread to thread in one piece. */
export interface Typesetting {
  /** The Typst template. */
  readonly template: string;
  /** What the template reads, by name: JSON. */
  readonly inputs: Readonly<Record<"model" | "marks", string>>;
  readonly truetype: readonly Uint8Array[];
  /** The PDF's creation time, seconds since 1970. */
  readonly made: number;
  /** Absolute: a folder that nobody else clears; nothing is left there. */
  readonly scratch: string;
}

/**
 * A tagged PDF (PDF/UA-1). It holds up its thread for seconds where a report is long.
 *
 * @throws Error with Typst's own words when the template can't be set: a bug, for users' text is only data.
 */
export async function typeset({template, inputs, truetype, made, scratch}: Typesetting): Promise<Uint8Array> {
  // An empty folder: whatever a text might say, there is nothing to read in it.
  const workspace = await mkdtemp(join(scratch, "paper-"));
  try {
    const fontBlobs = truetype.map((font) => Buffer.from(font.buffer, font.byteOffset, font.byteLength));
    const compiler = NodeCompiler.create({workspace, fontArgs: [{fontBlobs}]});
    // Of a report set before, by this process: at its end nobody would wait for less memory.
    compiler.evictCache(0);
    const compiled = compiler.compile({mainFileContent: template, inputs});
    if (compiled.result === null) {
      throw new Error(`the template can't be set: ${JSON.stringify(compiler.fetchDiagnostics(compiled.takeError()!))}`);
    }
    const warnings = compiled.takeWarnings();
    if (warnings !== null) {
      throw new Error(`the template is not clean: ${JSON.stringify(compiler.fetchDiagnostics(warnings))}`);
    }
    return compiler.pdf(compiled.result, {pdfStandard: "ua-1", creationTimestamp: made});
  } finally {
    await discard(workspace);
  }
}
