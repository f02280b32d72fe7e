import {addCalendarMonths, addDays, daysIn, endOfMonthOf, type IsoDate} from "../../calendar/iso-date.ts";
import {type Cell, type ExtractMaker, extractFile, type World} from "../world.ts";
import {rolesOn} from "./roles.ts";
import {academy, type Unit, unitsOf} from "./units.ts";
import {firstObservation, type Person, serves, standingOn, workforce} from "./workforce.ts";

const header = [
  "as_of_date",
  "person_key",
  "department",
  "class",
  "rank",
  "reserve_level",
  "level_before",
  "actions",
  "office",
  "bureau_code",
  "area_code",
  "division_code",
  "csp_site",
  "role_flags",
  "gender",
  "ethnicity",
  "hired_on",
  "left_on",
  "years_in_assignment",
  "authorised_strength"
];

/** Of the Reserve Corps; the one figure that was ever public, of 2003. */
const reserveStrength = 2000;

/** What was observed before 2024 comes in one file, the later observations in one each. */
const lastOfHistory: IsoDate = "2023-12-31";

/** Everybody in service on the last day of each quarter, and who left since the one before. */
export const personnelRoster: ExtractMaker = (world) => {
  // One workforce for all files, drawn when the first is read.
  let people: readonly Person[] | null = null;
  return observationFiles(world.through).map(({file, days}) => ({
    file: extractFile("personnel-roster", file),
    header,
    records: {
      *[Symbol.iterator]() {
        people ??= workforce(world);
        for (const {day, before} of days) yield* observed(world, people, day, before);
      }
    }
  }));
};

/** A file of observations that stand on their own days. */
export interface ObservationFile {
  /** The day that its name says: its last. */
  readonly file: IsoDate;
  /** Each with the observation before it; null before the first. */
  readonly days: readonly {readonly day: IsoDate; readonly before: IsoDate | null}[];
}

/** The files of what is observed on the last day of each quarter, from the first observation up to a day. */
export function observationFiles(through: IsoDate): ObservationFile[] {
  const ends: IsoDate[] = [];
  for (let day = firstObservation; day <= through; day = endOfMonthOf(addCalendarMonths(addDays(day, 1), 2)))
    ends.push(day);
  const days = ends.map((day, index) => ({day, before: ends[index - 1] ?? null}));
  const history = days.filter(({day}) => day <= lastOfHistory);
  const later = days.filter(({day}) => day > lastOfHistory).map((one) => [one]);
  return [history, ...later].filter((one) => one.length > 0).map((one) => ({file: one.at(-1)!.day, days: one}));
}

function* observed(
  world: World,
  people: readonly Person[],
  day: IsoDate,
  before: IsoDate | null
): Generator<readonly Cell[]> {
  const roles = rolesOn(world, people, day);
  const school = unitsOf(world.project.roster).find(({name}) => name === academy) ?? null;
  for (const person of people) {
    const left = before !== null && person.left_on > before && person.left_on <= day && person.hired_on <= before;
    if (!serves(person, day) && !left) continue;
    yield [day, ...cells(person, {day, before, left, school, flags: roles.get(person.key) ?? []})];
  }
}

interface Observation {
  readonly day: IsoDate;
  /** Null: there was none before. */
  readonly before: IsoDate | null;
  readonly left: boolean;
  readonly school: Unit | null;
  readonly flags: readonly string[];
}

function cells(person: Person, {day, before, left, school, flags}: Observation): Cell[] {
  const {class: kind, ranks, levels, hired_on, assigned_on} = person;
  const unit = assigned_on > day ? school : person.unit;
  const level = standingOn(levels, day);
  const levelBefore = before === null ? level : standingOn(levels, before);
  const rose = levelBefore !== null && levelBefore !== level && !left;
  const isNew = before !== null && hired_on > before;
  const actions = [isNew ? "hire" : "", rose ? "level_change" : "", left ? "separation" : ""];
  return [
    person.key,
    person.department,
    kind,
    standingOn(ranks, day),
    level,
    rose ? levelBefore : null,
    actions.filter((action) => action !== "").join(";") || null,
    unit?.office ?? null,
    unit?.bureau ?? null,
    unit?.area ?? null,
    unit?.division ?? null,
    unit?.csp_site ?? null,
    flags.join(";") || null,
    person.gender,
    person.ethnicity,
    hired_on,
    left ? person.left_on : null,
    kind === "sworn" && assigned_on <= day ? Math.round(daysIn(assigned_on, day) / 36.525) / 10 : null,
    kind === "reserve" ? reserveStrength : null
  ];
}
