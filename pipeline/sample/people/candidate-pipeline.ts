import {addCalendarMonths, addDays, type IsoDate} from "../../calendar/iso-date.ts";
import type {Chance} from "../random.ts";
import {type Cell, type ExtractMaker, extractFile, type World} from "../world.ts";
import {drawEthnicity, recruitsUpTo} from "./recruits.ts";

const header = [
  "candidate_key",
  "applied_on",
  "viable_flag",
  "decided_on",
  "decision",
  "recruit_class",
  "class_start",
  "hired_on",
  "gender",
  "ethnicity",
  "mentor_assigned_on"
];

/** The extract holds all applications since this day. */
const firstDay: IsoDate = "2022-01-01";

/** Candidates who are not hired, a month. */
const applicants = 170;

interface Application {
  readonly applied_on: IsoDate;
  readonly gender: string;
  readonly ethnicity: string;
  /** Empty until the preliminary check, some weeks after. */
  readonly viable: boolean;
  readonly checked_on: IsoDate;
  readonly decided_on: IsoDate;
  readonly decision: "offered" | "rejected" | "withdrawn";
  readonly mentor_on: IsoDate | null;
  readonly hired: {readonly recruit_class: string; readonly on: IsoDate} | null;
}

/** Everything that is known of applications by the day: one file, in order of those hired, then of the months. */
export const candidatePipeline: ExtractMaker = (world) => [
  {
    file: extractFile("candidate-pipeline", world.through),
    header,
    records: {[Symbol.iterator]: () => candidates(world)}
  }
];

function* candidates(world: World): Generator<readonly Cell[]> {
  const {through} = world;
  for (const [key, application] of applications(world)) {
    const {applied_on, viable, checked_on, decided_on, decision, mentor_on, hired, gender, ethnicity} = application;
    if (applied_on > through) continue;
    const [isChecked, isDecided] = [checked_on <= through, decided_on <= through];
    const isHired = hired !== null && hired.on <= through;
    // A place in a class is given with the offer.
    const placed = isDecided ? hired : null;
    yield [
      key,
      applied_on,
      isChecked ? viable : null,
      isDecided ? decided_on : null,
      isDecided ? decision : null,
      placed?.recruit_class ?? null,
      placed?.on ?? null,
      isHired ? hired.on : null,
      gender,
      ethnicity,
      mentor_on !== null && mentor_on <= through ? mentor_on : null
    ];
  }
}

function* applications(world: World): Generator<readonly [key: string, Application]> {
  const {through, chance} = world;
  const drawn = chance("applications of recruits");
  // Who begins within the next year and a half may have applied already.
  const recruits = recruitsUpTo(world, "2026-12-31");
  for (const [index, {recruit_class, hired_on, gender, ethnicity}] of recruits.entries()) {
    const decided_on = addDays(hired_on, -drawn.between(12, 70));
    const applied_on = addDays(decided_on, -waited(drawn, decided_on));
    const mentor_on = mentorDay(drawn, applied_on);
    if (applied_on < firstDay) continue;
    const checked_on = addDays(applied_on, Math.min(10, Math.max(0, dayGap(applied_on, decided_on))));
    const hired = {recruit_class, on: hired_on};
    yield [
      `R${String(index + 1).padStart(5, "0")}`,
      {applied_on, gender, ethnicity, viable: true, checked_on, decided_on, decision: "offered", mentor_on, hired}
    ];
  }
  for (let first = firstDay; first <= through; first = addCalendarMonths(first, 1)) {
    const ofMonth = chance(`applications of ${first.slice(0, 7)}`);
    const count = ofMonth.count(applicants);
    for (let index = 0; index < count; index++)
      yield [`C${first.slice(2, 4)}${first.slice(5, 7)}-${index + 1}`, turnedAway(ofMonth, first)];
  }
}

function turnedAway(drawn: Chance, first: IsoDate): Application {
  const applied_on = addDays(first, drawn.between(0, 27));
  const viable = drawn.happens(0.38);
  const gender = drawn.happens(0.27) ? "F" : drawn.happens(0.01) ? "X" : "M";
  const ethnicity = drawEthnicity(drawn);
  const checked_on = addDays(applied_on, drawn.between(3, 25));
  const wait = viable ? waited(drawn, applied_on) : drawn.between(20, 60);
  const decision = drawn.happens(0.3) ? "withdrawn" : "rejected";
  const decided_on = addDays(applied_on, Math.max(wait, dayGap(applied_on, checked_on)));
  return {
    applied_on,
    gender,
    ethnicity,
    viable,
    checked_on,
    decided_on,
    decision,
    mentor_on: mentorDay(drawn, applied_on),
    hired: null
  };
}

/** Days from application to decision: about half in 90 days, more from July 2023 on. */
function waited(drawn: Chance, day: IsoDate): number {
  const soon = day < "2023-07-01" ? 0.44 : 0.52;
  return drawn.happens(soon) ? drawn.between(35, 90) : drawn.between(91, 91 + drawn.between(20, 240));
}

/** Mentors are given to nearly all from July 2023 on. */
function mentorDay(drawn: Chance, applied_on: IsoDate): IsoDate | null {
  const given = drawn.happens(applied_on < "2023-07-01" ? 0.35 : 0.9);
  const after = drawn.between(4, 40);
  return given ? addDays(applied_on, after) : null;
}

function dayGap(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
