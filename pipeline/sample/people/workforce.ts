import {addCalendarMonths, addDays, endOfMonthOf, type IsoDate, later} from "../../calendar/iso-date.ts";
import {type Chance, weighted} from "../random.ts";
import type {World} from "../world.ts";
import {drawEthnicity, fieldDay, type Recruit, recruitsUpTo} from "./recruits.ts";
import {academy, type Unit, unitsOf} from "./units.ts";

/** What somebody was from a day on. */
interface Standing {
  readonly from: IsoDate;
  readonly name: string;
}

/** An invented person, with all that will ever happen to them. */
export interface Person {
  /** A pseudonym, the same in all extracts. */
  readonly key: string;
  readonly department: string;
  readonly class: "sworn" | "civilian" | "reserve" | "acop" | "firefighter" | "executive";
  /** Null in other departments. */
  readonly unit: Unit | null;
  readonly gender: string;
  readonly ethnicity: string;
  readonly hired_on: IsoDate;
  /** May lie far ahead. */
  readonly left_on: IsoDate;
  /** First day in the unit; of recruits the first one in the field. */
  readonly assigned_on: IsoDate;
  /** Of sworn people, in order; the last one begun holds. */
  readonly ranks: readonly Standing[];
  /** Of Reserves. */
  readonly levels: readonly Standing[];
  /** 0 to 1: their place among colleagues where some are chosen. */
  readonly order: number;
}

/** The workforce is drawn as it stood on this day, and goes on from there. */
export const firstObservation: IsoDate = "2022-06-30";

const firefighters = 3300;
const reserves = 420;

/** Departments of the city beside police and fire; of each the roster holds its executive. */
const departments = (
  "AGING AIRPORTS ANIMAL BUILDING CANNABIS CAO CITYATTORNEY CITYCLERK CIVILRIGHTS CONTROLLER CONVENTION CULTURAL DISABILITY " +
  "ECONOMIC ELZOO EMERGENCY EMPOWERLA ENGINEERING ETHICS FINANCE GENERAL HARBOR HOUSING ITA LIBRARY PENSIONS PERSONNEL PLANNING " +
  "PUBLICWORKS RECREATION RETIREMENT SANITATION STREETLIGHTING STREETSERVICES TRANSPORTATION WATERPOWER YOUTH"
).split(" ");

const sworn = weighted(
  [
    ["police_officer", 72],
    ["detective", 14],
    ["sergeant", 11.5],
    ["lieutenant", 2.5]
  ] as const,
  ([, part]) => part
);

/** Command above captains; every volume has them. */
const staff = [
  ["chief", 1],
  ["assistant_chief", 3],
  ["deputy_chief", 10],
  ["commander", 18]
] as const;

const years = 365.25;

type Drawn = Omit<Person, "key" | "department" | "unit" | "left_on" | "assigned_on" | "ranks" | "levels"> &
  Partial<Person> & {readonly stays: number};

/**
 * Everybody who served on the first observation or was hired up to the end of the month of `through`, in an order that a
 * later day only adds to.
 */
export function workforce(world: World): Person[] {
  const units = unitsOf(world.project.roster);
  const people: Person[] = [];
  for (const drawn of [...serving(world, units), ...hired(world, units)]) {
    const {stays, ...given} = drawn;
    const from = later(given.hired_on, firstObservation);
    people.push({
      key: pseudonym(people.length),
      department: "LAPD",
      unit: null,
      left_on: addDays(from, stays),
      assigned_on: given.hired_on,
      ranks: [],
      levels: [],
      ...given
    });
  }
  return people;
}

/** What holds on a day of a list in order; null before the first. */
export function standingOn(standings: readonly Standing[], day: IsoDate): string | null {
  return standings.findLast(({from}) => from <= day)?.name ?? null;
}

/** On the day of leaving somebody serves no longer. */
export function serves({hired_on, left_on}: Person, day: IsoDate): boolean {
  return hired_on <= day && left_on > day;
}

function* serving({chance, scale}: World, units: readonly Unit[]): Generator<Drawn> {
  const drawn = chance("workforce of the first day");
  const size = (full: number) => Math.max(2, Math.round(full * scale));
  for (const unit of units) {
    for (let index = 0; index < unit.captains; index++) yield commanding(drawn, unit, "captain");
    // The department shrinks; it has some twentieth more than its strength of two years later.
    for (let index = size(unit.sworn * 1.05); index > 0; index--) yield officer(drawn, unit);
    if (unit.civilian === 0) continue;
    for (let index = size(unit.civilian); index > 0; index--)
      yield {...basics(drawn, "civilian", 0.58, 12), hired_on: before(drawn, 25), unit};
  }
  const chief = units.find(({name}) => name === "office COS");
  if (chief !== undefined) {
    for (const [rank, count] of staff) for (let index = 0; index < count; index++) yield commanding(drawn, chief, rank);
  }
  const ofAreas = units.filter(({area}) => area !== null);
  for (let index = 0; index < reserves && ofAreas.length > 0; index++) yield reserve(drawn, ofAreas, before(drawn, 20));
  for (let index = 0; index < 46 && ofAreas.length > 0; index++)
    yield {...basics(drawn, "acop", 0.45, 4), hired_on: before(drawn, 3), unit: drawn.one(ofAreas)};
  for (let index = size(firefighters); index > 0; index--)
    yield {...basics(drawn, "firefighter", 0.035, 28), hired_on: before(drawn, 26), department: "LAFD"};
  for (const department of departments)
    yield {...basics(drawn, "executive", 0.45, 200), hired_on: before(drawn, 20), department};
}

function* hired(world: World, units: readonly Unit[]): Generator<Drawn> {
  const {chance, scale, through} = world;
  const lastDay = endOfMonthOf(through);
  const classes = recruitsUpTo(world, lastDay);
  const inField = units.filter(({office}) => office === "OO" || office === "OSO");
  const ofAreas = units.filter(({area}) => area !== null);
  const school = units.find(({name}) => name === academy) ?? null;
  for (let first = addDays(firstObservation, 1); first <= lastDay; first = addCalendarMonths(first, 1)) {
    const drawn = chance(`hired in ${first.slice(0, 7)}`);
    const day = () => addDays(first, drawn.between(0, 27));
    for (const recruit of classes.filter(({hired_on}) => hired_on.slice(0, 7) === first.slice(0, 7))) {
      const person = fromAcademy(drawn, recruit, inField.length > 0 ? drawn.one(inField) : school);
      // Classes keep their size at every volume; of them so many are told here that the workforce keeps its shape.
      if (drawn.share() < scale) yield person;
    }
    if (units.length > 0)
      for (let count = drawn.count(17 * scale); count > 0; count--)
        yield {...basics(drawn, "civilian", 0.58, 12), hired_on: day(), unit: ofCivilians(units)(drawn)};
    if (ofAreas.length > 0) {
      for (let count = drawn.count(2.2); count > 0; count--) yield reserve(drawn, ofAreas, day());
      for (let count = drawn.count(2.4); count > 0; count--)
        yield {...basics(drawn, "acop", 0.45, 4), hired_on: day(), unit: drawn.one(ofAreas)};
    }
    for (let count = drawn.count(18 * scale); count > 0; count--)
      yield {...basics(drawn, "firefighter", 0.1, 28), hired_on: day(), department: "LAFD"};
  }
}

function ofCivilians(units: readonly Unit[]): (chance: Chance) => Unit {
  return weighted(units, ({civilian}) => civilian);
}

/** @param stays Years after which the last of them has left. */
function basics(drawn: Chance, kind: Person["class"], women: number, stays: number) {
  return {
    class: kind,
    gender: drawn.happens(women) ? "F" : drawn.happens(0.004) ? "X" : "M",
    ethnicity: drawEthnicity(drawn),
    order: drawn.share(),
    stays: 1 + Math.floor(drawn.share() * stays * years)
  };
}

function officer(drawn: Chance, unit: Unit): Drawn {
  const hired_on = before(drawn, 27);
  const [rank] = sworn(drawn);
  const promoted = addDays(firstObservation, 1 + Math.floor(drawn.share() * 40 * years));
  const inUnit = Math.floor(drawn.share() * (unit.csp_site === null ? 8 : 7) * years);
  return {
    ...basics(drawn, "sworn", 0.18, 15),
    hired_on,
    unit,
    assigned_on: later(hired_on, addDays(firstObservation, -inUnit)),
    ranks: [{from: hired_on, name: rank}, ...(rank === "lieutenant" ? [{from: promoted, name: "captain"}] : [])]
  };
}

function commanding(drawn: Chance, unit: Unit, rank: string): Drawn {
  const hired_on = addDays(before(drawn, 15), -Math.round(12 * years));
  return {
    ...basics(drawn, "sworn", 0.17, 22),
    hired_on,
    unit,
    assigned_on: before(drawn, 4),
    ranks: [{from: hired_on, name: rank}]
  };
}

function fromAcademy(drawn: Chance, {hired_on, gender, ethnicity}: Recruit, unit: Unit | null): Drawn {
  return {
    ...basics(drawn, "sworn", 0, 18),
    hired_on,
    gender,
    ethnicity,
    unit,
    assigned_on: fieldDay(hired_on),
    ranks: [{from: hired_on, name: "police_officer"}]
  };
}

/** Of those with limited powers more rise from year to year. */
function reserve(drawn: Chance, units: readonly Unit[], hired_on: IsoDate): Drawn {
  const [level, rises] = [drawn.share(), Math.max(drawn.share(), drawn.share())];
  const risen = addDays(later(hired_on, firstObservation), 1 + Math.floor(rises * 5 * years));
  const first = level < 0.42 ? "I" : level < 0.78 ? "II" : "III";
  return {
    ...basics(drawn, "reserve", 0.2, 16),
    hired_on,
    unit: drawn.one(units),
    levels: [{from: hired_on, name: first}, ...(first === "I" ? [] : [{from: risen, name: "I"}])]
  };
}

/** A day of the years before the first observation, at least two months back. */
function before(drawn: Chance, most: number): IsoDate {
  return addDays(firstObservation, -60 - Math.floor(drawn.share() * most * years));
}

/** Scattered over the numbers, so that no order of hiring can be read from it. */
function pseudonym(index: number): string {
  return `P${String(((index + 1) * 611_953) % 1_000_003).padStart(7, "0")}`;
}
