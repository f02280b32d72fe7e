import {TextDecoder} from "node:util";
import sax from "sax";
import {WorkbookError} from "./workbook-error.ts";

/** What is told of an XML part; names are without their namespace's prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  /** A text may come in several pieces. */
  text(text: string): void;
  close(name: string): void;
}

/** A workbook's parts are some ten levels deep, and their elements have some ten attributes. */
const deepest = 100;
const mostAttributes = 500;

/** Characters given to the parser at once: it looks at the length of what it holds after each. */
const pieceLength = 65_536;

/**
 * Reads a part of a workbook as a stream. Nothing outside of it is ever looked up: a document type, by which entities
 * could be declared, is refused.
 *
 * @throws WorkbookError where it is no well-formed XML in UTF-8.
 */
export async function readXml(part: string, bytes: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> {
  // Without positions the parser forgets to look how long its texts have grown.
  const parser = sax.parser(true, {position: true});
  let depth = 0;
  let attributes = 0;
  const damaged = (problem: string) => new WorkbookError(`${part} ${problem}`);
  parser.onerror = () => {
    throw damaged("is not well-formed");
  };
  parser.ondoctype = () => {
    throw damaged("has a document type, which no workbook has");
  };
  parser.onattribute = () => {
    if (++attributes > mostAttributes) throw damaged("has an element with too many attributes");
  };
  parser.onopentag = (tag) => {
    attributes = 0;
    if (++depth > deepest) throw damaged("is nested too deeply");
    listener.open(local(tag.name), tag.attributes as Record<string, string>);
  };
  parser.ontext = (text) => listener.text(text);
  parser.oncdata = (text) => listener.text(text);
  parser.onclosetag = (name) => {
    depth--;
    listener.close(local(name));
  };
  const decoder = new TextDecoder("utf-8", {fatal: true});
  const write = (chunk: Buffer | undefined) => {
    let text: string;
    try {
      text = chunk === undefined ? decoder.decode() : decoder.decode(chunk, {stream: true});
    } catch {
      throw damaged("is not UTF-8");
    }
    for (let at = 0; at < text.length; at += pieceLength) parser.write(text.slice(at, at + pieceLength));
  };
  for await (const chunk of bytes) write(chunk);
  write(undefined);
  parser.close();
}

/** `x:row` and `row` are the same element of a workbook. */
function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
