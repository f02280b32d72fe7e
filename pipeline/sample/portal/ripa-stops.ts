import {areaBy, happenings} from "../cases/happenings.ts";
import {type RowInTime, wholeExtract} from "../cases/rows-in-time.ts";
import {clockTime} from "../circumstances.ts";
import {type Chance, weighted} from "../random.ts";
import {portalDate} from "../report-lines.ts";
import type {Cell, ExtractMaker} from "../world.ts";

const perceived = [
  "Asian",
  "Black/African American",
  "Hispanic/Latino(a)",
  "Middle Eastern or South Asian",
  "Native American",
  "Pacific Islander",
  "White"
];

/** Results of a stop, and how often each is its only one: assumed. */
const results: Readonly<Record<string, number>> = {
  "No Action": 14,
  Warning: 36,
  "Citation for infraction": 27,
  "In-field cite and release": 5,
  "Custodial Arrest Pursuant to Outstanding Warrant": 4,
  "Custodial Arrest Without Warrant": 13,
  "Psychiatric Hold": 1
};

const header = [
  "Form Reference Number",
  "Person ID",
  "Stop Date",
  "Stop Time",
  "Area ID",
  "Type of Stop",
  "Student",
  "Perceived: AGE",
  "Perceived: Gender",
  "Perceived: LGBT",
  ...perceived.map((one) => `Perceived: ${one}`),
  "Basis for Stop",
  "Action Taken: None",
  ...Object.keys(results).map((result) => `Result of Stop: ${result}`)
];

const drawResult = weighted(Object.keys(results), (result) => results[result]!);
const drawArea = areaBy("part2");

/** One stop in twenty: some 400,000 a year, fewer from year to year, assumed. */
const shown = 1 / 20;
const halves = [420_000, 410_000, 390_000, 380_000];
const weekdays = [0.75, 0.8, 1.1, 1.15, 1.15, 1.1, 0.95];

/** Persons stopped since July 2022, as many as a stop has. A form is approved within days; some are mended later. */
export const ripaStops: ExtractMaker = (world) => [
  wholeExtract(
    {
      source: "ripa-stops",
      header,
      rows: function* (to) {
        const chance = world.chance("ripa-stops");
        const rate = {halves: halves.map((level) => level * shown * world.scale), weekdays};
        let persons = 0;
        for (const {number, id} of happenings(chance, rate, to)) {
          for (const row of stop(chance, number, id)) yield row(++persons);
        }
      }
    },
    world.through
  )
];

/** Its persons, each still without its number. */
function stop(chance: Chance, number: number, id: string): ((person: number) => RowInTime)[] {
  const many = chance.share();
  const count = many < 0.86 ? 1 : many < 0.97 ? 2 : 3;
  const area = drawArea(chance);
  const outside = chance.happens(0.01);
  const [day = "", nth = ""] = id.split("-");
  const form = `${day}${nth.padStart(6, "0")}`;
  const [time, type] = [clockTime(chance), chance.happens(0.8) ? "Vehicle" : "Pedestrian"];
  const entered = number + chance.between(0, 2);
  return Array.from({length: count}, () => {
    const result = drawResult(chance);
    const untouched = chance.happens(0.55);
    const [isMended, mended] = [chance.happens(0.01), entered + chance.between(10, 60)];
    // Alike for all: nothing is to be learned from it, and it is dropped at the door.
    const descent = chance.one(perceived);
    const person: readonly Cell[] = [chance.between(16, 75), chance.one(["Male", "Female"]), "No"];
    return (personNumber: number) => ({
      day: number,
      told: isMended ? [entered, mended] : [entered],
      cells: (asOf) => [
        form,
        personNumber,
        portalDate(number),
        `${time.slice(0, 2)}:${time.slice(2)}`,
        outside ? "99" : area.code,
        type,
        "No",
        ...person,
        ...perceived.map((one) => (one === descent ? "Yes" : "No")),
        null,
        untouched ? "Yes" : "No",
        ...Object.keys(results).map((one) => (one === (isMended && mended > asOf ? "Warning" : result) ? "Yes" : "No"))
      ]
    });
  });
}
