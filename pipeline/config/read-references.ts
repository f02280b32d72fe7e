import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Reference} from "./goal.ts";
import type {DefinitionFile} from "./project.ts";
import {nameSchema} from "./scalars.ts";
import {readSeed} from "./seed-file.ts";

/**
 * Reads seeds/references.csv: values that goals refer to by name, each with its unit and where it comes from.
 *
 * @returns By name, in order of the file.
 */
export function readReferences(file: DefinitionFile): {references: Map<string, Reference>; diagnostics: Diagnostic[]} {
  const {rows, diagnostics} = readSeed(file, ["name", "value", "unit", "cite"], []);
  const references = new Map<string, Reference>();
  const faults = [...diagnostics];
  for (const {cells, placeOf} of rows) {
    const {name, value, unit, cite} = cells;
    const bad = (subject: "name" | "value" | "unit" | "cite", problem: string) =>
      faults.push(complain("bad-value", placeOf(subject), {subject, problem, found: JSON.stringify(cells[subject])}));
    const {error} = nameSchema.safeParse(name);
    if (error !== undefined) bad("name", error.issues[0]?.message ?? "");
    else if (references.has(name)) bad("name", "must stand in the file once");
    else if (!/^-?\d+(\.\d+)?$/.test(value)) bad("value", "must be a number, such as 100 or 2.5");
    else if (unit === "") bad("unit", "must not be blank");
    else if (cite === "") bad("cite", "must say where the value comes from");
    else references.set(name, {name, value, unit, cite});
  }
  return {references, diagnostics: faults};
}
