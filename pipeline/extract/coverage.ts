import {basename} from "node:path";
import type {DayRange} from "../calendar/day-set.ts";
import {daysOfFileName} from "../calendar/file-name-date.ts";
import {earlier, type IsoDate} from "../calendar/iso-date.ts";
import {segmentsOfType} from "../config/roster.ts";
import type {Source} from "../config/source.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Engine} from "../warehouse/engine.ts";
import type {ExtractRequest, PartitionCoverage} from "./contract.ts";
import {distinctValues, findGaps, type Judgement, span} from "./judgement.ts";
import type {Stage} from "./stage.ts";

/** So many days in a row without a record are not to be expected of a source that is covered "from rows". Four weeks. */
export const longestGap = 28;

/** What the file's name says, read before the file is. */
export interface NamedDays {
  /** The days that the name says are covered; null where the source does not ask it. */
  readonly covered: DayRange | null;
  readonly extracted: IsoDate | null;
  readonly diagnostics: readonly Diagnostic[];
}

export function readFileName({source, name, covers}: Pick<ExtractRequest, "source" | "name" | "covers">): NamedDays {
  const file = basename(name.replaceAll("\\", "/"));
  const diagnostics: Diagnostic[] = [];
  const read = (pattern: string, what: string) => {
    const days = daysOfFileName(pattern, file);
    if (days === null) diagnostics.push(complain("file-name-without-date", {file: name}, {pattern, what}));
    return days;
  };
  const covered =
    covers === null && source.covers.from === "file_name"
      ? sinceDeclared(source, read(source.covers.pattern, "which days it covers"))
      : null;
  const extracted =
    source.extracted === undefined ? null : (read(source.extracted.pattern, "when it was made")?.[0] ?? null);
  return {covered, extracted, diagnostics};
}

/**
 * The days that the file speaks for where that is said by hand, by its name or by columns; null where its rows decide.
 * Days to come are cut off: nobody can have known them.
 */
export async function declaredDays(
  engine: Engine,
  stage: Stage,
  {source, covers, today, name}: ExtractRequest,
  named: DayRange | null
): Promise<{days: DayRange | null; diagnostics: Diagnostic[]}> {
  const said =
    covers ??
    named ??
    (source.covers.from === "columns" ? await span(engine, stage, source.covers.first, source.covers.last) : null);
  if (said === null || said[1] <= today) return {days: said, diagnostics: []};
  return {
    days: [said[0], earlier(said[1], today)],
    diagnostics: [complain("coverage-in-future", {file: name}, {to: said[1], today}, "warning")]
  };
}

/**
 * Days that a file covers by its name or its rows, with all those before from which on its register holds everything.
 * They never become fewer: rows of an earlier day are there, so that day is spoken for.
 */
export function sinceDeclared({covers}: Pick<Source, "covers">, days: DayRange | null): DayRange | null {
  if (days === null || covers.from === "columns" || covers.since === undefined) return days;
  return [earlier(covers.since, days[0]), days[1]];
}

/** The day from which days have names of four digits. */
const firstDay = "1000-01-01";

/**
 * The only days that rows may have; null where the rows themselves decide what is covered. A file of changes (an upsert)
 * covers the days up to which it was made, and says anew rows of older ones.
 */
export function admittedDays({source}: Pick<ExtractRequest, "source">, declared: DayRange | null): DayRange | null {
  return declared !== null && source.delivery === "upsert" ? [firstDay, declared[1]] : declared;
}

/** The days that a row may have, in words. */
export function admittedWords([from, to]: DayRange): string {
  return from === firstDay ? `not after ${to}` : `${from}..${to}`;
}

/** One coverage for each partition that has a kept record, in order of the roster; one in all without partition. */
export async function coverageOf(
  engine: Engine,
  stage: Stage,
  judgement: Judgement,
  {source, roster}: ExtractRequest,
  days: DayRange
): Promise<PartitionCoverage[]> {
  const column = source.partition?.[0];
  if (column === undefined) return [{partition: null, days: [days]}];
  const present = new Set(await distinctValues(engine, stage, judgement, column));
  return segmentsOfType(roster, source.columns[column]?.segment ?? "")
    .filter(({code}) => present.has(code))
    .map(({code}) => ({partition: code, days: [days]}));
}

/**
 * A warning where days taken as covered "from rows" look as if records were missing. Of a register that declares since
 * when it holds everything, days without a record are days on which nothing was entered.
 */
export async function warnOfGaps(
  engine: Engine,
  stage: Stage,
  judgement: Judgement,
  {source, name}: ExtractRequest
): Promise<Diagnostic[]> {
  if (source.covers.from !== "columns" && source.covers.since !== undefined) return [];
  const gaps = await findGaps(engine, stage, judgement, source.date, longestGap);
  return gaps.length === 0 ? [] : [complain("sparse-coverage", {file: name}, {gaps}, "warning")];
}
