import {addDays, daysIn, type IsoDate} from "../../calendar/iso-date.ts";
import type {World} from "../world.ts";
import {type Person, serves, standingOn} from "./workforce.ts";

/** A role that units give to some of their people. */
interface Role {
  readonly flag: string;
  /** Which units have holders. */
  readonly of: "division" | "area" | "bureau";
  /** How many a unit may come to have. */
  readonly holders: number;
  /** Holders are named on days spread evenly between these two. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly rank?: string;
  readonly sworn?: true;
  /** Units that never name anybody. */
  readonly never?: readonly string[];
}

const roles: readonly Role[] = [
  {
    flag: "mentor",
    of: "division",
    holders: 4,
    from: "2019-06-01",
    to: "2026-06-01",
    never: ["division custody_services", "division air_support"]
  },
  {flag: "case_filing_liaison", of: "bureau", holders: 1, from: "2023-02-01", to: "2024-06-20"},
  {flag: "volunteer_coordinator", of: "area", holders: 1, from: "2022-01-01", to: "2024-03-20"},
  {flag: "volunteer_supervisor", of: "bureau", holders: 1, from: "2024-01-15", to: "2025-08-01", sworn: true},
  {flag: "rmrg", of: "area", holders: 1, from: "2023-08-01", to: "2024-07-15", rank: "captain"},
  {flag: "career_counselor", of: "division", holders: 1, from: "2023-05-01", to: "2024-07-01"},
  {flag: "phit", of: "division", holders: 3, from: "2022-10-01", to: "2024-11-01"},
  {
    flag: "dei_coordinator",
    of: "division",
    holders: 1,
    from: "2023-01-01",
    to: "2024-04-15",
    never: ["division security_services"]
  }
];

/** Part of the departments that will name a resilience officer in the years from 2018 on. */
const resilienceFrom: IsoDate = "2018-01-01";
const resilienceYears = 7.5;

/** Who is a Meet a Mentor participant: so large a part of the employees, more each year. */
const participants = {first: 0.018, yearly: 0.004};

/**
 * The roles of everybody in service on a day. Whoever stands first in their unit takes a role; where somebody leaves, the
 * next takes over.
 */
export function rolesOn(world: World, people: readonly Person[], day: IsoDate): ReadonlyMap<string, readonly string[]> {
  const flags = new Map<string, string[]>();
  const add = (person: Person, flag: string) => {
    const own = flags.get(person.key) ?? [];
    flags.set(person.key, own);
    own.push(flag);
  };
  const units = byUnit(people.filter((person) => serves(person, day)));
  for (const role of roles) {
    const named = world.chance(`role ${role.flag}`);
    // Who is first for one role is not for another.
    const turn = named.share();
    for (const [name, members] of units) {
      const days = Array.from({length: role.holders}, () => between(role.from, role.to, named.share()));
      const {unit} = members[0]!;
      if (unit === null || !isOf(role, name) || role.never?.includes(name)) continue;
      const held = days.filter((since) => since <= day).length;
      const able = members.filter((person) => isAble(role, person, day));
      for (const person of inTurn(able, turn).slice(0, held)) add(person, role.flag);
    }
  }
  const yearsOver = daysIn("2022-06-30", day) / 365.25;
  for (const person of people) {
    if (!serves(person, day)) continue;
    const employed = person.class === "sworn" || person.class === "civilian";
    if (employed && person.order < participants.first + participants.yearly * yearsOver) add(person, "meet_a_mentor");
    if (
      person.class === "executive" &&
      between(resilienceFrom, addDays(resilienceFrom, Math.round(365.25 * resilienceYears)), person.order) <= day
    )
      add(person, "resilience_officer");
  }
  return flags;
}

/** Units in order of their first member. */
function byUnit(people: readonly Person[]): ReadonlyMap<string, Person[]> {
  const units = new Map<string, Person[]>();
  for (const person of people) {
    if (person.unit === null || (person.class !== "sworn" && person.class !== "civilian")) continue;
    const members = units.get(person.unit.name) ?? [];
    units.set(person.unit.name, members);
    members.push(person);
  }
  return units;
}

/** An Area is a division too. */
function isOf({of}: Role, name: string): boolean {
  const [type, code = ""] = name.split(" ");
  return type === (of === "area" ? "division" : of) && (of !== "area" || /^\d+$/.test(code));
}

function isAble({rank, sworn}: Role, person: Person, day: IsoDate): boolean {
  if (person.assigned_on > day) return false;
  if (sworn === true || rank !== undefined) {
    if (person.class !== "sworn") return false;
    return rank === undefined || standingOn(person.ranks, day) === rank;
  }
  return true;
}

function inTurn(people: readonly Person[], turn: number): Person[] {
  const place = ({order}: Person) => (order + turn) % 1;
  return [...people].sort((a, b) => place(a) - place(b));
}

function between(from: IsoDate, to: IsoDate, share: number): IsoDate {
  return addDays(from, Math.floor(share * daysIn(from, to)));
}
