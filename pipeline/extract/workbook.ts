import {posix} from "node:path";
import {complain} from "../diagnostics/messages.ts";
import {dateStyles} from "./date-styles.ts";
import {SharedStrings} from "./shared-strings.ts";
import {Unreadable} from "./unreadable.ts";
import {WorkbookError} from "./workbook-error.ts";
import {readXml} from "./xml-events.ts";
import type {ZipArchive} from "./zip-archive.ts";

/** What the cells of one sheet are understood by. */
export interface SheetParts {
  /** Member of the archive that holds the sheet. */
  readonly sheet: string;
  readonly strings: SharedStrings;
  /** Whether a number in a cell of this style is a day, or a time of day. */
  readonly dateStyle: (style: number) => "day" | "time" | null;
  /** Days are counted from 1904, as old Macintosh workbooks do. */
  readonly from1904: boolean;
}

interface Relationship {
  /** The last word of its type: `worksheet`, `styles`. */
  readonly type: string;
  readonly target: string;
}

/**
 * Finds a sheet in a workbook (.xlsx), and all that its cells are understood by.
 *
 * @param name Of the sheet; null for the first that is shown.
 * @param file How messages name the workbook.
 * @throws WorkbookError, Unreadable where it has no such sheet, and what the archive throws.
 */
export async function openSheet(zip: ZipArchive, name: string | null, file: string): Promise<SheetParts> {
  const main = [...(await relationships(zip, "")).values()].find(({type}) => type === "officeDocument")?.target;
  if (main === undefined || !zip.members.includes(main)) throw new WorkbookError("it holds no workbook");
  if (main.endsWith(".bin")) throw new WorkbookError("it is a binary workbook (.xlsb)");
  const parts = await relationships(zip, main);
  const {sheets, from1904} = await readWorkbook(zip, main);
  const worksheets = sheets.filter(({relationship}) => parts.get(relationship)?.type === "worksheet");
  const wanted =
    name === null
      ? (worksheets.find(({hidden}) => !hidden) ?? worksheets[0])
      : worksheets.find((sheet) => sheet.name.trim() === name);
  if (wanted === undefined) {
    if (name === null) throw new WorkbookError("it has no sheet of cells");
    throw new Unreadable(
      complain("sheet-not-found", {file}, {sheet: name, sheets: worksheets.map((sheet) => sheet.name).slice(0, 50)})
    );
  }
  const partOf = (type: string) => [...parts.values()].find((part) => part.type === type)?.target ?? null;
  const [strings, styles] = [partOf("sharedStrings"), partOf("styles")];
  return {
    sheet: parts.get(wanted.relationship)?.target ?? "",
    strings: strings === null ? new SharedStrings() : await SharedStrings.read(strings, zip.read(strings), file),
    dateStyle: styles === null ? () => null : await dateStyles(styles, zip.read(styles)),
    from1904
  };
}

/** What a part refers to, by id, as members of the archive; empty where it refers to nothing. */
async function relationships(zip: ZipArchive, part: string): Promise<Map<string, Relationship>> {
  const folder = posix.dirname(part);
  const member = posix.join(folder, "_rels", `${posix.basename(part)}.rels`);
  const found = new Map<string, Relationship>();
  if (!zip.members.includes(member)) return found;
  await readXml(member, zip.read(member), {
    open: (name, {Id = "", Type = "", Target = "", TargetMode}) => {
      if (name !== "Relationship" || TargetMode === "External") return;
      const target = Target.startsWith("/") ? Target.slice(1) : posix.join(folder, Target);
      found.set(Id, {type: Type.slice(Type.lastIndexOf("/") + 1), target});
    },
    text: () => {},
    close: () => {}
  });
  return found;
}

interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Id of its relationship. */
  readonly relationship: string;
}

async function readWorkbook(zip: ZipArchive, main: string): Promise<{sheets: Sheet[]; from1904: boolean}> {
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readXml(main, zip.read(main), {
    open: (element, attributes) => {
      if (element === "workbookPr") from1904 = ["1", "true", "on"].includes(attributes.date1904 ?? "");
      if (element !== "sheet") return;
      const id = Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1] ?? "";
      const {name = "", state = "visible"} = attributes;
      sheets.push({name, hidden: state !== "visible", relationship: id});
    },
    text: () => {},
    close: () => {}
  });
  return {sheets, from1904};
}
