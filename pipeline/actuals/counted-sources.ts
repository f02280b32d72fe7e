import type {Project, ProjectMeasure, ProjectSource} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import {type DaySums, sourceSums} from "./day-sums.ts";
import {decidedCells, type SourceCells} from "./decided-cells.ts";
import {partName, type Role} from "./measure-parts.ts";
import type {CountedParts} from "./measure-values.ts";
import {type RolledPart, rollupOf} from "./rollup.ts";
import {type Territories, type Territory, territoriesOf} from "./territory.ts";
import {type CaseDay, type Cases, type RowsByDay, rowsByDay, sourceCases} from "./told-cases.ts";

/** Counted cells by source, for the sources that were counted. */
export type CountedSources = ReadonlyMap<string, SourceCells>;

/** One counted source, to be asked for the parts of its measures. */
export interface CountedSource {
  readonly territories: Territories;
  /**
   * @param shift Name of the shift, or null.
   * @throws Error where rows were not counted by shift for the measure: nobody was to ask for it.
   * @throws RunFailure when a sum of it is too large to be exact.
   */
  parts(measure: ProjectMeasure, territory: Territory, shift: string | null): CountedParts;
  /** Whether a day of a segment has a sum below 0, of a measure that adds up a column. */
  falls(measure: ProjectMeasure): boolean;
  /** Complaints of sums and values of the measure that are too large to be exact. */
  tooLarge(measure: ProjectMeasure): Diagnostic[];
}

/** Decimals are held in ten thousandths. */
const decimalScale = 10_000;

/** So much may decimals add up to in ten thousandths: to 15 digits a double is the decimal that it is printed as. */
const mostOfDecimals = 1e15;

export function countedSource(
  project: Project,
  source: ProjectSource,
  coverage: SourceCoverage,
  cells: SourceCells
): CountedSource {
  const rollup = rollupOf(project, source);
  const known = {ownership: coverage.ownership, wherever: source.delivery === "upsert", ...cells};
  const decided = decidedCells(known);
  const sums = sourceSums(decided);
  const cases = sourceCases(decided);
  const parts = new Map(rollup.parts.map((part) => [part.name, part]));
  const isDecimal = (column: string | undefined) => column !== undefined && source.columns[column]?.type === "decimal";
  const ordered = new WeakMap<readonly Cases[], Map<string, RowsByDay>>();
  const rowsBy = (of: readonly Cases[], day: CaseDay) => {
    const own = ordered.get(of) ?? new Map<string, RowsByDay>();
    ordered.set(of, own);
    const made = own.get(day) ?? rowsByDay(of, day);
    own.set(day, made);
    return made;
  };
  const exact = new Map<string, Diagnostic[]>();
  const tooLarge = (measure: ProjectMeasure) => {
    const found = exact.get(measure.name) ?? faultsOf(measure);
    exact.set(measure.name, found);
    return found;
  };
  const faultsOf = ({name}: ProjectMeasure): Diagnostic[] => {
    const own = rollup.parts.filter((part) => part.name === name || part.name.startsWith(`${name} `));
    const column = own.flatMap((part) => {
      const counted = part.added ?? part.told;
      if (counted === null || (part.told !== null && part.told.as !== "number")) return [];
      const most = isDecimal(counted.column) ? mostOfDecimals : Number.MAX_SAFE_INTEGER;
      const total = part.added === null ? cases.greatest(part) : sums.extent(part).total;
      return total > most ? [counted.column] : [];
    })[0];
    if (column === undefined) return [];
    return [complain("sum-too-large", {file: source.origin.file}, {measure: name, column})];
  };
  const territories = territoriesOf(project.roster, source, rollup.leaves);
  return {
    territories,
    tooLarge,
    falls: ({name}) => {
      const part = parts.get(name);
      if (part === undefined || !sums.extent(part).lowers) return false;
      return project.roster.segments.some(
        (one) => territories.isCounted(one.type) && sums.of(part, territories.of(one)).falls
      );
    },
    parts: (measure, territory, shift) => {
      const faults = tooLarge(measure);
      if (faults.length > 0) throw new RunFailure(faults);
      const byRole = new Map<Role, DaySums>();
      const part = (role: Role): RolledPart => {
        const found = parts.get(partName(measure.name, role, shift));
        if (found === undefined) throw new Error(`"${measure.name}" was not counted by shift "${shift}"`);
        return found;
      };
      const itself = part("itself");
      const own = (of = itself) => cases.of(of, territory);
      const scaled = (itself.added ?? itself.told)?.column;
      return {
        sums: (role) => {
          const found = byRole.get(role) ?? sums.of(part(role), territory);
          byRole.set(role, found);
          return found;
        },
        cases: () => own(),
        texts: () => cases.texts(itself),
        rowsBy: (day, role = "itself") => rowsBy(own(part(role)), day),
        scale: isDecimal(scaled) ? decimalScale : 1
      };
    }
  };
}

/** @throws RunFailure when values of these measures are too large to be exact, of all such at once. */
export function refuseTooLarge(sources: ReadonlyMap<string, CountedSource>, measures: readonly ProjectMeasure[]): void {
  const faults = measures.flatMap((measure) => sources.get(measure.source)?.tooLarge(measure) ?? []);
  if (faults.length > 0) throw new RunFailure(faults);
}
