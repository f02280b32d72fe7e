import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {DefinitionFile} from "./project.ts";
import {nameSchema} from "./scalars.ts";
import {readSeed} from "./seed-file.ts";

/**
 * Reads seeds/code-lists.csv, a code a row.
 *
 * @returns Codes by the list's name, both in order of the file.
 */
export function readCodeLists(file: DefinitionFile): {codeLists: Map<string, string[]>; diagnostics: Diagnostic[]} {
  const {rows, diagnostics} = readSeed(file, ["list", "code"], ["title"]);
  const codeLists = new Map<string, string[]>();
  const faults = [...diagnostics];
  for (const {cells, placeOf} of rows) {
    const {error} = nameSchema.safeParse(cells.list);
    if (error !== undefined) {
      const problem = error.issues[0]?.message ?? "";
      faults.push(
        complain("bad-value", placeOf("list"), {subject: "list", problem, found: JSON.stringify(cells.list)})
      );
      continue;
    }
    if (cells.code === "") {
      const problem = "must not be blank";
      faults.push(complain("bad-value", placeOf("code"), {subject: "code", problem, found: '""'}));
      continue;
    }
    const codes = codeLists.get(cells.list) ?? [];
    if (codes.includes(cells.code)) {
      faults.push(complain("repeated-code", placeOf("code"), {list: cells.list, code: cells.code}));
    } else codeLists.set(cells.list, [...codes, cells.code]);
  }
  return {codeLists, diagnostics: faults};
}
