import {complain} from "../diagnostics/messages.ts";
import {Unreadable} from "./unreadable.ts";
import {readXml} from "./xml-events.ts";

/** They are all held in memory, so that much is the most: a quarter of a gigabyte, and some more for eight million texts. */
const most = {characters: 2 ** 27, texts: 2 ** 23};

/** The texts of a workbook, each kept once and referred to by its number. */
export class SharedStrings {
  readonly #texts: string[] = [];

  /**
   * @param part Name of the member of the archive, for complaints.
   * @throws Unreadable where there are too many for memory. WorkbookError.
   */
  static async read(part: string, bytes: AsyncIterable<Buffer>, file: string): Promise<SharedStrings> {
    const strings = new SharedStrings();
    const text = new RichText();
    let characters = 0;
    await readXml(part, bytes, {
      open: (name) => text.open(name),
      text: (piece) => {
        characters += text.add(piece);
        if (characters > most.characters) throw tooLarge("characters of text", most.characters, file);
      },
      close: (name) => {
        text.close(name);
        if (name !== "si") return;
        strings.#texts.push(text.take());
        if (strings.#texts.length > most.texts) throw tooLarge("different texts", most.texts, file);
      }
    });
    return strings;
  }

  /** Undefined where there is none of that number. */
  at(index: number): string | undefined {
    return this.#texts[index];
  }
}

function tooLarge(what: string, number: number, file: string): Unreadable {
  return new Unreadable(complain("workbook-too-large", {file}, {what, most: number}));
}

/** Puts a text together of its runs, leaving out how it is spoken (phonetic runs). */
export class RichText {
  #text = "";
  #inText = false;
  #spoken = false;

  open(name: string): void {
    if (name === "t") this.#inText = true;
    if (name === "rPh") this.#spoken = true;
  }

  /** @returns How many characters were added. */
  add(piece: string): number {
    if (!this.#inText || this.#spoken) return 0;
    this.#text += piece;
    return piece.length;
  }

  close(name: string): void {
    if (name === "t") this.#inText = false;
    if (name === "rPh") this.#spoken = false;
  }

  /** The text so far, and begins the next. */
  take(): string {
    const text = unescaped(this.#text);
    this.#text = "";
    return text;
  }
}

/** Characters that XML can't hold stand in a workbook as `_x000D_`. */
function unescaped(text: string): string {
  return text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}
