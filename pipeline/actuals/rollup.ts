import type {Project, ProjectSource} from "../config/project.ts";
import type {Condition} from "../config/where.ts";
import {askedOf} from "./asked.ts";
import {type SegmentColumn, segmentColumns} from "./branches.ts";
import {type MeasurePart, partsOf} from "./measure-parts.ts";
import type {AskedCondition} from "./where-sql.ts";

/**
 * What to roll up of one source: rows counted, columns added and values told apart by day and leaf segment, for every
 * measure that it declares. It says nothing of an engine; `rollup-sql.ts` is DuckDB's emitter of it.
 */
export interface Rollup {
  readonly source: ProjectSource;
  /**
   * Columns that tell the segment of a row: the partition's or the first that the source has, then those that somebody
   * asks for; [] where rows belong to the root alone.
   */
  readonly leaves: readonly SegmentColumn[];
  /** In order of name. */
  readonly parts: readonly RolledPart[];
  /** Each condition that stands in a measure, once. */
  readonly tests: readonly Test[];
  /** The code lists that the tests name. */
  readonly codeLists: Project["codeLists"];
}

/** A part of a measure as it is counted. */
export interface RolledPart extends Omit<MeasurePart, "where"> {
  /** All of which a row must meet. */
  readonly conditions: readonly {readonly test: Test; readonly holds: boolean}[];
}

/** A column's condition that is asked as it is; a measure wants it to hold, or not to. */
export interface Test {
  /** Its place among the rollup's tests, from 0. */
  readonly number: number;
  readonly column: string;
  readonly condition: Exclude<AskedCondition, {readonly not: unknown}>;
}

/** The rollup of a source: of all its measures, whichever are asked for, so that they are counted once for all. */
export function rollupOf(project: Project, source: ProjectSource): Rollup {
  const ofProject = known.get(project) ?? new Map<ProjectSource, Rollup>();
  known.set(project, ofProject);
  const found = ofProject.get(source) ?? makeRollup(project, source);
  ofProject.set(source, found);
  return found;
}

/** Made once a source: what it asks for is gathered from all targets. */
const known = new WeakMap<Project, Map<ProjectSource, Rollup>>();

function makeRollup(project: Project, source: ProjectSource): Rollup {
  const {measures, codeLists, roster} = project;
  const tests = new Map<string, Test>();
  const testOf = (column: string, condition: Test["condition"]): Test => {
    const key = JSON.stringify([column, condition]);
    const test = tests.get(key) ?? {number: tests.size, column, condition};
    tests.set(key, test);
    return test;
  };
  const own = [...measures.values()].filter((measure) => measure.source === source.source);
  const asked = askedOf(project, source);
  const parts = new Map<string, RolledPart>();
  for (const measure of own.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const {where, ...part} of partsOf(measure, source, asked.shifts(measure.name))) {
      const conditions = where.map(([column, condition]) => {
        const [test, holds] = affirmed(condition);
        return {test: testOf(column, test), holds};
      });
      parts.set(part.name, {...part, conditions});
    }
  }
  const named = [...tests.values()].flatMap(({condition}) =>
    typeof condition === "object" && "in" in condition ? [condition.in] : []
  );
  return {
    source,
    leaves: segmentColumns(roster, source).filter((column, at) => at === 0 || asked.columns.has(column.column)),
    parts: [...parts.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    tests: [...tests.values()],
    codeLists: new Map([...codeLists].filter(([name]) => named.includes(name)))
  };
}

/** A condition as one that is asked and whether it must hold: a column is asked once for what is so and what is not. */
function affirmed(condition: Condition | AskedCondition): [Test["condition"], holds: boolean] {
  if (typeof condition !== "object" || Array.isArray(condition)) return [condition, true];
  if ("absent" in condition) return [{present: true}, false];
  if (!("not" in condition)) return [condition, true];
  const [asked, holds] = affirmed(condition.not);
  return [asked, !holds];
}

/** What is added up in cells, once each: columns, and of columns how many rows hold a value. In order of its name. */
export function addedBy(parts: readonly RolledPart[]): Added[] {
  const added = parts.flatMap((part) => part.added ?? []);
  return [...new Map(added.map((one) => [addedName(one), one])).values()].sort((a, b) =>
    addedName(a) < addedName(b) ? -1 : 1
  );
}

type Added = NonNullable<MeasurePart["added"]>;

/** A name that no other has: columns are named without blanks. */
export function addedName({column, entries}: Added): string {
  return entries ? `entries of ${column}` : column;
}

/** Names of the columns that a rollup reads, sorted. */
export function columnsRead({source, leaves, parts, tests}: Rollup): string[] {
  const own = parts.flatMap(({added, told}) => [added, told].flatMap((one) => one?.column ?? []));
  return [
    ...new Set([source.date, ...leaves.map(({column}) => column), ...tests.map(({column}) => column), ...own])
  ].sort();
}

/** All that decides what the cells of given rows are, as text: two rollups of the same text count alike. */
export function rollupText(rollup: Rollup): string {
  const {source, leaves, parts, codeLists} = rollup;
  return JSON.stringify({
    date: source.date,
    // Left out of the text, as all that is undefined, where no row takes a key away.
    withdrawn: source.withdrawn,
    leaves: leaves.map(({column}) => column),
    columns: columnsRead(rollup).map((name) => [name, source.columns[name]?.type ?? "segment"]),
    parts: parts.map(({name, added, told, conditions}) => [
      name,
      added,
      told,
      conditions.map(({test, holds}) => [test.column, test.condition, holds])
    ]),
    code_lists: [...codeLists].sort(([a], [b]) => (a < b ? -1 : 1))
  });
}
