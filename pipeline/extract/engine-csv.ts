import {closeSync, openSync, writeSync} from "node:fs";
import {quoteLiteral, quotePath} from "../warehouse/sql.ts";
import {longestRecord} from "./record-splitter.ts";

/** A record of the longest kind, all of it quotes that are doubled when it is written out. */
export const longestLine = 2 * longestRecord + 100_000;

/** Characters gathered before they are written. */
const blockLength = 65_536;

/** A CSV file in the plainest form, written for the engine: every cell in quotes, lines end with LF, no header. */
export class PlainCsvFile {
  readonly #output: number;
  #block = "";

  constructor(path: string) {
    this.#output = openSync(path, "w", 0o600);
  }

  /** One record: numbers that lead it, and its cells. */
  add(numbers: readonly number[], cells: readonly string[]): void {
    this.#block += numbers.join(",");
    for (const cell of cells) this.#block += `,"${cell.replaceAll('"', '""')}"`;
    this.#block += "\n";
    if (this.#block.length > blockLength) this.flush();
  }

  /** Needed before the file is read; `close` alone writes nothing. */
  flush(): void {
    const bytes = Buffer.from(this.#block);
    this.#block = "";
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#output, bytes, at);
  }

  close(): void {
    closeSync(this.#output);
  }
}

/** Nothing is sniffed: everything that the engine could guess is said. */
export function readCsv(
  path: string,
  options: {
    readonly delimiter: string;
    readonly header: boolean;
    readonly lineEnd: "\n" | "\r\n";
    readonly columns: readonly (readonly [name: string, type: string])[];
  }
): string {
  const columns = options.columns.map(([name, type]) => `${quoteLiteral(name)}: ${quoteLiteral(type)}`).join(", ");
  const lineEnd = options.lineEnd === "\n" ? "\\n" : "\\r\\n";
  return (
    `read_csv(${quotePath(path)}, auto_detect = false, hive_partitioning = false, strict_mode = true, header = ${options.header}, ` +
    `delim = ${quoteLiteral(options.delimiter)}, quote = '"', escape = '"', new_line = '${lineEnd}', ` +
    `nullstr = '', allow_quoted_nulls = true, max_line_size = ${longestLine}, compression = '${path.toLowerCase().endsWith(".gz") ? "gzip" : "none"}', columns = {${columns}})`
  );
}
