import {crc32, deflateRawSync} from "node:zlib";

/** One entry of a .zip, with what may be false about it. */
export interface ZipEntry {
  readonly name: string;
  readonly contents: string | Uint8Array;
  /** Kept as it is instead of packed. */
  readonly stored?: boolean;
  /** Sum to write instead of the true one. */
  readonly crc?: number;
  /** Bit 0 of the flags. */
  readonly encrypted?: boolean;
  /** Unix mode, such as 0o120777 for a link. */
  readonly mode?: number;
  /** Unpacked size to write instead of the true one. */
  readonly size?: number;
  readonly method?: number;
}

/** A .zip made by hand from the format's description, so that every part of it can be made wrong. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const contents = Buffer.from(entry.contents as string);
    const packed = entry.stored === true ? contents : deflateRawSync(contents);
    const name = Buffer.from(entry.name);
    const method = entry.method ?? (entry.stored === true ? 0 : 8);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((entry.encrypted === true ? 1 : 0) | 0x800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE((entry.crc ?? crc32(contents)) >>> 0, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.size ?? contents.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, name, packed]);
    const outside = Buffer.alloc(14);
    outside.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    outside.writeUInt32LE(offset, 10);
    // Made on Unix, so that the mode counts.
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03", "latin1"), common, outside, name]));
    parts.push(local);
    offset += local.length;
  }
  const entriesBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(entriesBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, entriesBytes, end]);
}

/** Parts of a workbook that a test gives, in place of the plainest ones. */
export interface WorkbookParts {
  /** What stands in `<sheetData>` of each sheet, by its name. */
  readonly sheets: Readonly<Record<string, string>>;
  /** What stands behind `<sheetData>` of every sheet. */
  readonly after?: string;
  readonly strings?: readonly string[];
  /** Number formats of styles 1, 2, 3 ...; style 0 is General. */
  readonly formats?: readonly (number | string)[];
  readonly from1904?: boolean;
  readonly hidden?: readonly string[];
  /** Parts to replace or, where empty, to leave out. */
  readonly replace?: Readonly<Record<string, string>>;
}

/** An .xlsx with the least that a workbook must have. */
export function workbook({sheets, after = "", strings = [], formats = [], ...more}: WorkbookParts): Buffer {
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const names = Object.keys(sheets);
  const relationship = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${types}/${type}" Target="${target}"/>`;
  const codes = formats.flatMap((format, i) =>
    typeof format === "string" ? [`<numFmt numFmtId="${200 + i}" formatCode="${format}"/>`] : []
  );
  const ids = formats.map((format, i) => (typeof format === "string" ? 200 + i : format));
  const parts: Record<string, string> = {
    "_rels/.rels": `<Relationships>${relationship("r1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml":
      `<workbook ${main} xmlns:r="${types}"><workbookPr date1904="${more.from1904 === true ? 1 : 0}"/><sheets>` +
      names
        .map(
          (name, i) =>
            `<sheet name="${name}" sheetId="${i + 1}" r:id="s${i}" state="${more.hidden?.includes(name) ? "hidden" : "visible"}"/>`
        )
        .join("") +
      "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": `<Relationships>${relationship("t", "sharedStrings", "sharedStrings.xml")}${relationship("y", "styles", "styles.xml")}${names
      .map((_, i) => relationship(`s${i}`, "worksheet", `worksheets/sheet${i + 1}.xml`))
      .join("")}</Relationships>`,
    "xl/sharedStrings.xml": `<sst ${main}>${strings.map((text) => `<si>${text.startsWith("<") ? text : `<t>${text}</t>`}</si>`).join("")}</sst>`,
    "xl/styles.xml": `<styleSheet ${main}><numFmts>${codes.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${ids
      .map((id) => `<xf numFmtId="${id}"/>`)
      .join("")}</cellXfs></styleSheet>`
  };
  names.forEach((name, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `<worksheet ${main}><sheetData>${sheets[name]}</sheetData>${after}</worksheet>`;
  });
  const all = {...parts, ...more.replace};
  return zipFile(Object.entries(all).flatMap(([name, contents]) => (contents === "" ? [] : [{name, contents}])));
}

/** A row of cells as XML: text inline, a number as it is, or the XML of a cell's inside with its attributes. */
export function row(
  number: number,
  cells: readonly (string | number | null | {readonly attributes: string; readonly inside: string})[]
): string {
  const letters = (i: number) =>
    (i < 26 ? "" : String.fromCharCode(64 + Math.floor(i / 26))) + String.fromCharCode(65 + (i % 26));
  const cell = (value: (typeof cells)[number], i: number) => {
    const r = `r="${letters(i)}${number}"`;
    if (value === null) return "";
    if (typeof value === "number") return `<c ${r}><v>${value}</v></c>`;
    if (typeof value === "string") return `<c ${r} t="inlineStr"><is><t>${value}</t></is></c>`;
    return `<c ${r} ${value.attributes}>${value.inside}</c>`;
  };
  return `<row r="${number}">${cells.map(cell).join("")}</row>`;
}
