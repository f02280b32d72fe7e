import type {ProjectSource, ProjectTarget} from "./project.ts";
import {type Roster, segmentsOfType} from "./roster.ts";

/** A register's columns by the headers that its template bears, and a row for each piece of work that a target asks for. */
export interface RegisterTemplate {
  readonly headers: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** A count goal beyond this is no list of single pieces: one row shows how, the rest is added as it comes. */
const mostPieces = 20;

/**
 * The rows that a register must have for targets whose measure is `of_target`: one for a deliverable, as many as a goal
 * asks for, one a unit where each unit is asked. What is done, and when, is left to fill in.
 *
 * @param source A source with `register`.
 * @param targets Targets that count its rows, in order of the plan.
 * @param known Ids of targets that the register has rows of already; they get none.
 */
export function registerTemplate(
  source: ProjectSource,
  targets: readonly ProjectTarget[],
  roster: Roster,
  known: ReadonlySet<string>
): RegisterTemplate {
  const shown = Object.entries(source.columns).filter(([, {personal}]) => personal === undefined);
  const headerOf = new Map(shown.map(([name, {from}]) => [name, from[0] ?? name]));
  const rows = targets
    .filter(({target}) => !known.has(target))
    .flatMap((target) => piecesOf(source, target, roster).map((piece) => ({...filledBy(source, target), ...piece})))
    .map((cells) => Object.fromEntries([...headerOf].map(([name, header]) => [header, cells[name] ?? ""])));
  return {headers: [...headerOf.values()], rows};
}

type Cells = Readonly<Record<string, string>>;

/** What the target says of itself; the day from which its period runs is the day on which the row is listed. */
function filledBy({register, date}: ProjectSource, target: ProjectTarget): Cells {
  if (register === undefined) return {};
  const due = target.due?.kind === "day" ? target.due.on : target.due === null ? target.period.to : "";
  const told: readonly [string | undefined, string][] = [
    [register.target, target.target],
    [register.milestone, target.milestone?.milestone ?? ""],
    [register.title, target.title],
    [register.owner, target.milestone?.owner ?? ""],
    [register.due, due],
    [date, target.period.from]
  ];
  return Object.fromEntries(told.flatMap(([column, text]) => (column === undefined ? [] : [[column, text]])));
}

/** One entry for each row of a target: its key, and its unit where each unit is asked. */
function piecesOf({columns, key, register}: ProjectSource, target: ProjectTarget, roster: Roster): Cells[] {
  const unitColumn = Object.entries(columns).find(([, {segment}]) => segment !== undefined && segment === target.each);
  const units =
    unitColumn === undefined
      ? [{}]
      : segmentsOfType(roster, target.each!).map(({code}): Cells => ({[unitColumn[0]]: code}));
  const pieces = units.flatMap((unit) => Array.from({length: countOf(target)}, () => unit));
  const [column, ...others] = (key ?? []).filter((name) => name !== register?.target);
  const isText = column !== undefined && columns[column]?.type === "text" && others.length === 0;
  if (!isText) return pieces;
  return pieces.map((piece, index) => {
    const number = pieces.length === 1 ? target.target : `${target.target}/${index + 1}`;
    return {...piece, [column]: number};
  });
}

function countOf({goal, every}: ProjectTarget): number {
  const least = goal.kind === "at_least" || goal.kind === "exactly" ? Number(goal.level) : 1;
  return every === undefined && Number.isInteger(least) && least >= 1 && least <= mostPieces ? least : 1;
}
