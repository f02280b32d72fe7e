import {type Area, coordinates, crossStreet, hundredBlock, reportingDistrict} from "../areas.ts";
import {areaBy, type Happening, happenings} from "../cases/happenings.ts";
import {type RowInTime, wholeExtract} from "../cases/rows-in-time.ts";
import {clockTime} from "../circumstances.ts";
import {type Chance, weighted} from "../random.ts";
import {portalDate} from "../report-lines.ts";
import type {ExtractMaker} from "../world.ts";

/** The portal's 25 columns. */
const header = [
  "Report ID",
  "Report Type",
  "Arrest Date",
  "Time",
  "Area ID",
  "Area Name",
  "Reporting District",
  "Age",
  "Sex Code",
  "Descent Code",
  "Charge Group Code",
  "Charge Group Description",
  "Arrest Type Code",
  "Charge",
  "Charge Description",
  "Disposition Description",
  "Address",
  "Cross Street",
  "LAT",
  "LON",
  "Location",
  "Booking Date",
  "Booking Time",
  "Booking Location",
  "Booking Location Code"
];

/** What an arrest is for, most serious first; how often is assumed. */
interface Charge {
  readonly group: string;
  readonly title: string;
  readonly statute: string;
  readonly weight: number;
  /** Part of it that is a felony. */
  readonly felony: number;
}

const charges: readonly Charge[] = (
  [
    ["01", "Homicide", "187(A)PC", 3, 1],
    ["02", "Rape", "261(A)(2)PC", 5, 1],
    ["03", "Robbery", "211PC", 30, 1],
    ["04", "Aggravated Assault", "245(A)(1)PC", 115, 0.9],
    ["05", "Burglary", "459PC", 35, 0.9],
    ["06", "Larceny", "484(A)PC", 60, 0.3],
    ["07", "Vehicle Theft", "10851(A)VC", 40, 0.9],
    ["08", "Other Assaults", "243(E)(1)PC", 85, 0.1],
    ["09", "Forgery/Counterfeit", "530.5(A)PC", 8, 0.6],
    ["12", "Weapon (carry/poss)", "29800(A)(1)PC", 60, 0.9],
    ["13", "Prostitution/Allied", "653.22 PC", 15, 0.1],
    ["16", "Narcotic Drug Laws", "11350(A)HS", 110, 0.25],
    ["18", "Drunkeness", "647(F)PC", 30, 0],
    ["20", "Disorderly Conduct", "415(1)PC", 12, 0],
    ["22", "Driving Under Influence", "23152(A)VC", 105, 0.08],
    ["23", "Moving Traffic Violations", "12500(A)VC", 30, 0.02],
    ["24", "Miscellaneous Other Violations", "602(O)PC", 217, 0.1]
  ] as const
).map(([group, title, statute, weight, felony]) => ({group, title, statute, weight, felony}));

const drawCharge = weighted(charges, ({weight}) => weight);
const drawArea = areaBy("violent");

/** Arrests a year in the whole city, by half-year from the second of 2022: assumed, some 170 a day. */
const halves = [61_500, 62_000, 62_500, 63_500];
const weekdays = [0.92, 0.94, 1.02, 1.04, 1.05, 1.05, 0.98];

/** Arrests since July 2022. A charge that is not known at first is entered later; it then is another group's. */
export const arrests: ExtractMaker = (world) => [
  wholeExtract(
    {
      source: "arrests",
      header,
      rows: function* (to) {
        const chance = world.chance("arrests");
        const numbers = arrestNumbers();
        const rate = {halves: halves.map((level) => level * world.scale), weekdays};
        for (const one of happenings(chance, rate, to)) yield arrest(chance, one, numbers);
      }
    },
    world.through
  )
];

/** Gives a report its number, unique over all of them. */
type ArrestNumbers = (booked: boolean, arrested: Happening, area: Area) => string;

/** Seven digits for a booking; for a release year, Area and five digits. */
function arrestNumbers(): ArrestNumbers {
  let bookings = 6_400_000;
  const releases = new Map<string, number>();
  return (booked, {year}, {code}) => {
    if (booked) return String(++bookings);
    const prefix = `${year % 100}${code}`;
    const count = (releases.get(prefix) ?? 0) + 1;
    releases.set(prefix, count);
    return prefix + String(count).padStart(5, "0");
  };
}

function arrest(chance: Chance, one: Happening, numberOf: ArrestNumbers): RowInTime {
  const {number} = one;
  const area = drawArea(chance);
  const charge = drawCharge(chance);
  const isFelony = chance.happens(charge.felony);
  const booked = isFelony || chance.happens(0.35);
  const time = clockTime(chance);
  const entered = number + (chance.happens(0.05) ? chance.between(1, 6) : 0);
  const [openCharge, charged] = [chance.happens(0.05), entered + chance.between(4, 40)];
  const [place, crossing] = [hundredBlock(chance), crossStreet(chance, 0.3)];
  const [latitude, longitude] = coordinates(chance, area);
  const person = [chance.between(18, 70), chance.one(["M", "M", "M", "F"]), chance.one(["A", "B", "H", "O", "W"])];
  const district = reportingDistrict(chance, area);
  const disposition = chance.happens(0.9)
    ? `${isFelony ? "FELONY" : "MISDEMEANOR"} COMPLAINT FILED`
    : "COUNSELED/RELEASED";
  const booking = booked ? [portalDate(number), time, "METRO - JAIL DIVISION", "4273"] : [null, null, null, null];
  const id = numberOf(booked, one, area);
  return {
    day: number,
    told: openCharge ? [entered, charged] : [entered],
    cells: (asOf) => {
      const isOpen = openCharge && charged > asOf;
      return [
        id,
        booked ? "BOOKING" : "RFC",
        portalDate(number),
        time,
        area.code,
        area.name,
        district,
        ...person,
        isOpen ? null : charge.group,
        isOpen ? null : charge.title,
        isFelony ? "F" : "M",
        charge.statute,
        isOpen ? null : charge.title.toUpperCase(),
        isOpen ? null : disposition,
        place,
        crossing,
        latitude,
        longitude,
        `POINT (${longitude} ${latitude})`,
        ...booking
      ];
    }
  };
}
