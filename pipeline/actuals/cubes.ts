import type {RolledPart, Rollup, Test} from "./rollup.ts";
import {isOfFewValues} from "./where-sql.ts";

/** Parts of measures that are counted in one pass over the rows. */
export interface Cube {
  readonly parts: readonly RolledPart[];
  /** Columns whose values are put into classes before the pass: values of a class meet the same tests. */
  readonly classed: readonly ClassedColumn[];
  /** Tests that are asked of every row. */
  readonly inline: readonly Test[];
}

export interface ClassedColumn {
  readonly column: string;
  readonly tests: readonly Test[];
}

/** The different answers that the values of a column give to its tests: "011", a digit a test, 1 where it holds. */
export interface Answers {
  readonly tests: readonly Test[];
  readonly given: readonly string[];
}

/** Values of a column that answer the tests of a cube alike, numbered from 0. */
export interface Classes extends ClassedColumn {
  /** Of each class what it answers to `tests`, in their order. */
  readonly holds: readonly (readonly boolean[])[];
  /** Class by answer given; answers with which no part of the cube counts a row are left out. */
  readonly byAnswer: ReadonlyMap<string, number>;
}

/**
 * Into so many kinds, at most, may the rows of a cube fall by the tests of its measures; above it the cube is no longer
 * much smaller than the rows, and a second pass costs less.
 */
const mostKinds = 1024;

/**
 * Puts measures together as far as they share a pass: one cube for nearly all sources. Measures whose filters have
 * nothing to do with one another (a hundred offenses, a hundred premises) would part the rows into ten thousand kinds
 * that nobody asks for; they are counted in passes of their own.
 *
 * @param answers By classed column.
 */
export function cubesOf(rollup: Rollup, answers: ReadonlyMap<string, Answers>): Cube[] {
  const cubes: RolledPart[][] = [];
  // Tests that are asked of each row (a list that contains a code) double the kinds each, so a family may be too much.
  const families = familiesOf(rollup).flatMap((family) =>
    kindsOf(rollup, family, answers) <= mostKinds ? [family] : family.map((part) => [part])
  );
  for (const family of families) {
    const fitting = cubes.findIndex((cube) => kindsOf(rollup, [...cube, ...family], answers) <= mostKinds);
    if (fitting === -1) cubes.push(family);
    else cubes[fitting] = [...cubes[fitting]!, ...family];
  }
  return cubes.map((parts) => cubeOf(rollup, parts));
}

/** Columns with tests that are answered from their distinct values, sorted. */
export function classedColumns(rollup: Rollup): readonly ClassedColumn[] {
  return cubeOf(rollup, rollup.parts).classed;
}

/** Measures that filter by the same columns, those by fewer columns first. */
function familiesOf({parts}: Rollup): RolledPart[][] {
  const families = new Map<string, RolledPart[]>();
  for (const part of parts) {
    const key = JSON.stringify([...new Set(part.conditions.map(({test}) => test.column))].sort());
    families.set(key, [...(families.get(key) ?? []), part]);
  }
  return [...families.values()].sort((a, b) => a[0]!.conditions.length - b[0]!.conditions.length);
}

function cubeOf({source}: Rollup, parts: readonly RolledPart[]): Cube {
  const tests = [...new Set(parts.flatMap(({conditions}) => conditions.map(({test}) => test)))];
  tests.sort((a, b) => a.number - b.number);
  const isInline = ({column, condition}: Test) => !isOfFewValues(source.columns[column]!, condition);
  const classed = tests.filter((test) => !isInline(test));
  return {
    parts,
    classed: [...new Set(classed.map(({column}) => column))]
      .sort()
      .map((column) => ({column, tests: classed.filter((test) => test.column === column)})),
    inline: tests.filter(isInline)
  };
}

/** The classes of a column in a cube. */
export function classesOf(cube: Cube, {column, tests}: ClassedColumn, {tests: asked, given}: Answers): Classes {
  const possible = conditionsOn(cube, column, tests);
  const holds: boolean[][] = [];
  const numbers = new Map<string, number>();
  const byAnswer = new Map<string, number>();
  for (const answer of given) {
    const isMet = (test: Test) => answer[asked.indexOf(test)] === "1";
    if (possible !== null && !possible.some((one) => isMet(one.test) === one.holds)) continue;
    const own = tests.map(isMet);
    const key = own.join();
    if (!numbers.has(key)) numbers.set(key, holds.push(own) - 1);
    byAnswer.set(answer, numbers.get(key)!);
  }
  return {column, tests, holds, byAnswer};
}

/** The conditions of a cube's parts on a column; null unless each of them has one, and it is one of these tests. */
export function conditionsOn({parts}: Cube, column: string, tests: readonly Test[]): RolledPart["conditions"] | null {
  const byPart = parts.map(({conditions}) =>
    conditions.filter(({test}) => test.column === column && tests.includes(test))
  );
  if (byPart.some((conditions) => conditions.length === 0)) return null;
  const own = byPart.flat();
  return [...new Map(own.map((one) => [`${one.test.number} ${one.holds}`, one])).values()];
}

/** Into how many kinds the tests of these measures could part the rows. */
function kindsOf(rollup: Rollup, parts: readonly RolledPart[], answers: ReadonlyMap<string, Answers>): number {
  const {classed, inline} = cubeOf(rollup, parts);
  const classes = classed.map(({column, tests}) => {
    const {tests: asked, given} = answers.get(column)!;
    const places = tests.map((test) => asked.indexOf(test));
    return new Set(given.map((answer) => places.map((place) => answer[place]).join(""))).size;
  });
  return classes.reduce((product, count) => product * Math.max(1, count), 2 ** inline.length);
}
