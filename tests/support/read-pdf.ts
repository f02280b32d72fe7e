import {getDocument} from "pdfjs-dist/legacy/build/pdf.mjs";

/** A node of the structure tree that readers for the blind follow, with the text that lies in it. */
export interface PdfNode {
  readonly role: string;
  /** Alternative text of a figure. */
  readonly alt: string | null;
  readonly text: string;
  readonly children: readonly PdfNode[];
}

export interface ReadPdf {
  readonly pages: number;
  readonly marked: boolean;
  readonly language: string;
  readonly title: string;
  /** The XMP metadata as written. */
  readonly xmp: string;
  /** Titles of the bookmarks, two levels deep. */
  readonly outline: readonly {readonly title: string; readonly items: readonly string[]}[];
  /** The root of each page's part of the structure tree. */
  readonly trees: readonly PdfNode[];
  /** All text of each page, furniture included. */
  readonly texts: readonly string[];
}

interface StructNode {
  readonly role?: string;
  readonly alt?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly StructNode[];
}

/** Reads a PDF back as a reader would: its metadata, its tags and what stands in them. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  // pdf.js takes the buffer away from its owner.
  const task = getDocument({data: new Uint8Array(bytes), verbosity: 0});
  const document = await task.promise;
  try {
    const {info, metadata} = await document.getMetadata();
    const about = info as {Language?: string; Title?: string};
    const trees: PdfNode[] = [];
    const texts: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const content = await page.getTextContent({includeMarkedContent: true});
      const byId = textsByMark(content.items as readonly ContentItem[]);
      trees.push(nodeOf((await page.getStructTree()) as unknown as StructNode, byId));
      texts.push((content.items as readonly ContentItem[]).map(textOf).join(""));
    }
    const outline = (await document.getOutline()) ?? [];
    return {
      pages: document.numPages,
      marked: (await document.getMarkInfo())?.Marked === true,
      language: about.Language ?? "",
      title: about.Title ?? "",
      xmp: (metadata as unknown as {getRaw(): string} | null)?.getRaw() ?? "",
      outline: outline.map(({title, items}) => ({title, items: items.map((item: {title: string}) => item.title)})),
      trees,
      texts
    };
  } finally {
    await task.destroy();
  }
}

/** All nodes of a role, in reading order. */
export function nodesOf(pdf: ReadPdf, role: string): PdfNode[] {
  const found: PdfNode[] = [];
  const walk = (node: PdfNode) => {
    if (node.role === role) found.push(node);
    node.children.forEach(walk);
  };
  pdf.trees.forEach(walk);
  return found;
}

interface ContentItem {
  readonly type?: string;
  readonly id?: string;
  readonly str?: string;
  readonly hasEOL?: boolean;
}

function textOf({str, hasEOL}: ContentItem): string {
  return `${str ?? ""}${hasEOL === true ? " " : ""}`;
}

/** The text between the marks of the page's content, by the mark's id. */
function textsByMark(items: readonly ContentItem[]): Map<string, string> {
  const texts = new Map<string, string>();
  const open: (string | null)[] = [];
  for (const item of items) {
    if (item.type === "beginMarkedContentProps") open.push(item.id ?? null);
    else if (item.type === "beginMarkedContent") open.push(null);
    else if (item.type === "endMarkedContent") open.pop();
    else {
      const id = open.findLast((one) => one !== null);
      if (id != null) texts.set(id, `${texts.get(id) ?? ""}${textOf(item)}`);
    }
  }
  return texts;
}

function nodeOf({role = "", alt, type, id, children = []}: StructNode, byId: ReadonlyMap<string, string>): PdfNode {
  if (type === "content") return {role: "content", alt: null, text: byId.get(id ?? "") ?? "", children: []};
  const inner = children.map((child) => nodeOf(child, byId));
  const text = inner
    .map((child) => child.text)
    .join(" ")
    // Places where a long word may break have no width and say nothing.
    .replaceAll("\u200b", "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return {role, alt: alt ?? null, text, children: inner};
}
