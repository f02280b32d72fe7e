import {type DayNumber, toDay} from "../calendar/iso-date.ts";
import type {AreaSharesOf} from "./area-shares.ts";
import {type Area, coordinates, crossStreet, hundredBlock, reportingDistrict} from "./areas.ts";
import {clockTime, victim} from "./circumstances.ts";
import {collisionLevel, type Rare, rareLevel, seasons, weekdayLevels} from "./levels.ts";
import {type Chance, weighted} from "./random.ts";
import {
  csvCells,
  type DayParts,
  type DayRecords,
  daysOf,
  portalDate,
  type ReportNumbers,
  type Runs,
  type Span
} from "./report-lines.ts";
import {collisionReportDelay} from "./reporting-delay.ts";

/** The portal's 18 columns in its order, then the six that only synthetic extracts have. */
export const collisionHeader = csvCells(
  ...["DR Number", "Date Reported", "Date Occurred", "Time Occurred", "Area ID", "Area Name", "Reporting District"],
  ...["Crime Code", "Crime Code Description", "MO Codes", "Victim Age", "Victim Sex", "Victim Descent"],
  ...["Premise Code", "Premise Description", "Address", "Cross Street", "Location"],
  ...["Pedestrians Killed", "Bicyclists Killed", "Hit And Run", "Highest Injury", "DUI Involved", "Fatal"]
);

type Injury = "Fatal" | "Suspected Serious" | "Suspected Minor" | "Possible" | "None";

const injuryMo: Readonly<Record<Injury, string>> = {
  Fatal: "3027",
  "Suspected Serious": "3024",
  "Suspected Minor": "3025",
  Possible: "3026",
  None: "3028"
};

/** What became of a collision. */
interface Outcome {
  readonly pedestrians: number;
  readonly bicyclists: number;
  readonly hitAndRun: boolean;
  readonly dui: boolean;
  readonly injury: Injury;
}

/** Collisions of the span that were reported by the day of the extract: the records of each day. */
export function* collisionRecords(
  span: Span,
  runs: Runs,
  numberOf: ReportNumbers,
  sharesOf: AreaSharesOf
): Generator<DayRecords> {
  const extracted = toDay(span.extracted);
  for (const day of daysOf(span)) {
    const shares = sharesOf("collisions", day.year);
    let text = "";
    let rows = 0;
    for (const [run, outcomes] of [
      ["rare", rareOutcomes(day, runs.rare)],
      ["usual", usualOutcomes(day, span, runs.usual)]
    ] as const) {
      for (const outcome of outcomes) {
        const chance = runs[run];
        const area = shares.draw(chance);
        // Officers come to a death; the rest is reported when somebody finds the time.
        const delay = outcome.injury === "Fatal" ? chance.between(0, 1) : collisionReportDelay(chance);
        const reported = day.number + delay;
        // Written even where it is not to be known yet, so that the same ones come again in a later extract.
        const record = collisionRecord(runs.usual, {day, outcome, area, reported, number: numberOf(reported, area)});
        if (reported > extracted) continue;
        text += record;
        rows++;
      }
    }
    yield {text, rows};
  }
}

const harmless: Outcome = {pedestrians: 0, bicyclists: 0, hitAndRun: false, dui: false, injury: "None"};
const fatal: Outcome = {...harmless, injury: "Fatal"};

/** Of deaths on foot and on a bicycle, the shares where the driver fled or was under the influence. */
const fled = 0.22;
const influenced = 0.06;
/** Fatal crashes a year of nobody on foot or bicycle, sober and stayed. */
const otherFatal = 95;
/** Two pedestrians die in so many of the crashes that kill one. */
const twice = 0.03;

/** Levels of a day's month, how many a year. Each counts whatever happened with it, so the others' part is taken off. */
function rareLevels({year, month}: DayParts) {
  const rare = (what: Rare) => rareLevel(what, year, month);
  const walking = rare("pedestrian_deaths") / (1 + twice);
  const cycling = rare("bicyclist_deaths");
  const drunk = rare("dui_fatal_crashes") - influenced * (walking + cycling);
  const fleeing = rare("hit_and_run_ksi") - fled * (walking + cycling);
  return {walking, cycling, drunk, fleeing, otherFatal};
}

function rareOutcomes(day: DayParts, chance: Chance): Outcome[] {
  const {walking, cycling, drunk, fleeing, otherFatal} = rareLevels(day);
  const draw = (level: number, kind: "collisions" | "deaths", outcome: () => Outcome) =>
    Array.from({length: chance.count(dailyMean(level, kind, day))}, outcome);
  const crash = () => ({...fatal, hitAndRun: chance.happens(fled), dui: chance.happens(influenced)});
  return [
    ...draw(walking, "deaths", () => ({...crash(), pedestrians: chance.happens(twice) ? 2 : 1})),
    ...draw(cycling, "deaths", () => ({...crash(), bicyclists: 1})),
    ...draw(drunk, "deaths", () => ({...fatal, dui: true})),
    ...draw(fleeing, "collisions", () => ({...harmless, hitAndRun: true, injury: "Suspected Serious"})),
    ...draw(otherFatal, "deaths", () => fatal)
  ];
}

function usualOutcomes(day: DayParts, {scale}: Span, chance: Chance): Outcome[] {
  const rare = Object.values(rareLevels(day)).reduce((sum, level) => sum + level, 0);
  const mean = dailyMean(collisionLevel(day.year, scale) - rare, "collisions", day);
  return Array.from({length: chance.count(mean)}, () => usualOutcome(chance));
}

const drawInjury = weighted(
  ["None", "Possible", "Suspected Minor", "Suspected Serious"] as const,
  (injury) => ({None: 58, Possible: 25, "Suspected Minor": 14, "Suspected Serious": 3})[injury]
);

function usualOutcome(chance: Chance): Outcome {
  const injury = drawInjury(chance);
  const hitAndRun = injury !== "Suspected Serious" && chance.happens(0.4);
  return {...harmless, injury, hitAndRun, dui: chance.happens(0.04)};
}

function dailyMean(level: number, kind: "collisions" | "deaths", {month, weekday}: DayParts): number {
  return (level / 365.25) * seasons[kind][month - 1]! * weekdayLevels[kind][weekday]!;
}

interface Collision {
  readonly day: DayParts;
  readonly outcome: Outcome;
  readonly area: Area;
  readonly reported: DayNumber;
  readonly number: string;
}

/** A record with its line end. */
function collisionRecord(chance: Chance, {day, outcome, area, reported, number}: Collision): string {
  const {pedestrians, bicyclists, hitAndRun, injury, dui} = outcome;
  const when = `${portalDate(reported)},${portalDate(day.number)},${clockTime(chance)}`;
  const what = `997,TRAFFIC COLLISION,${moCodes(chance, outcome)},${victim(chance)},101,STREET`;
  const where = `${hundredBlock(chance)},${crossStreet(chance, 0.95)},"(${coordinates(chance, area).join(", ")})"`;
  return (
    `${number},${when},${area.code},${area.name},${reportingDistrict(chance, area)},${what},${where},` +
    `${pedestrians},${bicyclists},${yesNo(hitAndRun)},${injury},${yesNo(dui)},${yesNo(injury === "Fatal")}\n`
  );
}

/** Parties, injury, flight and influence, as the portal codes them. */
function moCodes(chance: Chance, {pedestrians, bicyclists, hitAndRun, dui, injury}: Outcome): string {
  const parties =
    pedestrians > 0 ? "3003" : bicyclists > 0 ? "3008" : chance.one(["3004", "3004", "3004", "3006", "3011"]);
  const codes = [parties, injuryMo[injury], chance.one(["3036", "3037"]), "3101"];
  if (hitAndRun) codes.push(injury === "None" ? "3030" : "3029");
  if (dui) codes.push(injury === "None" ? "3039" : "3038");
  return codes.join(" ");
}

function yesNo(holds: boolean): "Y" | "N" {
  return holds ? "Y" : "N";
}
