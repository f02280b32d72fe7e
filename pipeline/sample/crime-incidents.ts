import {type DayNumber, toDay} from "../calendar/iso-date.ts";
import type {AreaSharesOf} from "./area-shares.ts";
import {type Area, coordinates, crossStreet, hundredBlock, reportingDistrict} from "./areas.ts";
import {
  clockTime,
  drawMetroPremise,
  drawPremise,
  drawStatus,
  drawWeapon,
  modusOperandi,
  victim
} from "./circumstances.ts";
import {crimeLevel, methodFactor, rareLevel, seasons, weekdayLevels} from "./levels.ts";
import {type Category, type Offense, offenses, violent} from "./offenses.ts";
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
import {crimeReportDelay} from "./reporting-delay.ts";

/** The portal's 28 columns in its order, then the three that only synthetic extracts have. */
export const crimeHeader = csvCells(
  ...["DR_NO", "Date Rptd", "DATE OCC", "TIME OCC", "AREA", "AREA NAME", "Rpt Dist No", "Part 1-2"],
  ...["Crm Cd", "Crm Cd Desc", "Mocodes", "Vict Age", "Vict Sex", "Vict Descent", "Premis Cd", "Premis Desc"],
  ...["Weapon Used Cd", "Weapon Desc", "Status", "Status Desc", "Crm Cd 1", "Crm Cd 2", "Crm Cd 3", "Crm Cd 4"],
  ...["LOCATION", "Cross Street", "LAT", "LON", "CSP NEA", "Metro System", "Gang Retaliation"]
);

export const categories = Object.keys(offenses) as Category[];
const part1 = categories.filter((category) => category !== "part2");
/** Homicides are left out: the milestone speaks of the living. */
const gangViolence = new Set<Category>(["homicide", "aggravated_assault"]);
const violentOnMetro = new Set<Category>(["rape", "robbery", "aggravated_assault"]);

/** An offense as it stands in a record. */
interface WrittenOffense {
  readonly code: string;
  /** Part, code and description: three cells. */
  readonly cells: string;
}

const drawOffense = Object.fromEntries(
  categories.map((category) => {
    const draw = weighted(
      offenses[category].map((offense) => ({weight: offense.weight, written: writtenOffense(category, offense)})),
      ({weight}) => weight
    );
    return [category, (chance: Chance) => draw(chance).written];
  })
) as Record<Category, (chance: Chance) => WrittenOffense>;

/** The portal marks codes 522 and 648 as Part 1 as well, which COMPSTAT does not. */
function writtenOffense(category: Category, {code, description}: Offense): WrittenOffense {
  const part = category !== "part2" || code === 522 || code === 648 ? "1" : "2";
  return {code: String(code), cells: csvCells(part, String(code), description)};
}

/** The commonest of Part II. */
const firstOffense = writtenOffense(
  "part2",
  offenses.part2.reduce((one, next) => (next.weight > one.weight ? next : one))
);

/** Crimes of the span that were reported by the day of the extract: the records of each day. */
export function* crimeRecords(
  span: Span,
  {usual, rare, restated, beside}: Runs,
  numberOf: ReportNumbers,
  sharesOf: AreaSharesOf
): Generator<DayRecords> {
  const extracted = toDay(span.extracted);
  for (const day of daysOf(span)) {
    const within = rareShares(day, span, sharesOf);
    let text = "";
    let rows = 0;
    for (const category of categories) {
      const shares = sharesOf(category, day.year);
      const chance = category === "homicide" ? rare : usual;
      for (let left = chance.count(dailyMean(category, day, span)); left > 0; left--) {
        const area = shares.draw(chance);
        const reported = day.number + crimeReportDelay(chance);
        const mended = mending(restated, reported);
        const retaliation = gangViolence.has(category) && beside.happens(within.gangs * gangPart(area));
        const asFirst = mended?.what === "reclassified" && mended.on > extracted;
        const number = numberOf(reported, area);
        // Written even where it is not to be known yet, so that the same ones come again in a later extract.
        const record = crimeRecord(usual, {day, category, area, reported, number, within, asFirst, retaliation});
        if (reported > extracted || (mended?.what === "withdrawn" && mended.on <= extracted)) continue;
        text += record;
        rows++;
      }
    }
    yield {text, rows};
  }
}

/** What becomes of a report after it was made, and when. */
interface Mending {
  readonly what: "reclassified" | "withdrawn";
  readonly on: DayNumber;
}

/** One report in 160 is classified anew or found to be of no crime, one to five months after it was made. */
function mending(chance: Chance, reported: DayNumber): Mending | null {
  const share = chance.share();
  if (share >= 1 / 160) return null;
  return {what: share < 1 / 200 ? "reclassified" : "withdrawn", on: reported + chance.between(30, 150)};
}

interface Crime {
  readonly day: DayParts;
  readonly category: Category;
  readonly area: Area;
  readonly reported: DayNumber;
  readonly number: string;
  readonly within: RareShares;
  /** It will be classified anew, and is not yet: a lesser offense so far. */
  readonly asFirst: boolean;
  readonly retaliation: boolean;
}

/** The south of the city has more of one gang's answer to another's crime, the valley and the west less. */
function gangPart({name}: Area): number {
  return southern.has(name) ? 1.5 : 0.7;
}

const southern: ReadonlySet<string> = new Set(["Southwest", "Harbor", "77th Street", "Southeast", "Newton"]);

/** A record with its line end. It is put together by hand: there are a million and a half of them. */
function crimeRecord(
  chance: Chance,
  {day, category, area, reported, number, within, asFirst, retaliation}: Crime
): string {
  const atPeople = violent.has(category);
  const classified = drawOffense[category](chance);
  const {code, cells} = asFirst ? firstOffense : classified;
  const metro = violentOnMetro.has(category) && chance.happens(within.metro);
  const when = `${portalDate(reported)},${portalDate(day.number)},${clockTime(chance)}`;
  const what = `${cells},${modusOperandi(chance, atPeople)},${victim(chance)}`;
  const how = `${metro ? drawMetroPremise(chance) : drawPremise(chance)},${drawWeapon(chance, category, atPeople)}`;
  const second = chance.happens(0.07) ? "998" : "";
  const [latitude, longitude] = coordinates(chance, area);
  const where = `${hundredBlock(chance)},${crossStreet(chance, 0.16)},${latitude},${longitude}`;
  // Part II is in the engagement areas too, and as often; it is what the milestone must not count.
  const engagement = area.csp.length > 0 && chance.happens(within.csp) ? chance.one(area.csp) : "";
  return (
    `${number},${when},${area.code},${area.name},${reportingDistrict(chance, area)},${what},${how},` +
    `${drawStatus(chance)},${code},${second},,,${where},${engagement},${metro ? "Y" : "N"},${retaliation ? "Y" : "N"}\n`
  );
}

function dailyMean(category: Category, {number, year, month, weekday}: DayParts, {scale}: Span): number {
  const kind = violent.has(category) ? "violent" : "theft";
  const level = crimeLevel(category, year, scale) * methodFactor(category, number);
  return (level / 365.25) * seasons[kind][month - 1]! * weekdayLevels[kind][weekday]!;
}

/**
 * The parts of a day's reports that are on the Metro system, in an engagement area of an Area that has any, or one gang's
 * answer to another.
 */
interface RareShares {
  readonly gangs: number;
  readonly metro: number;
  readonly csp: number;
}

/** As often as brings the city to its level, whatever the volume; no more than nine in ten. */
function rareShares({year, month}: DayParts, {scale}: Span, sharesOf: AreaSharesOf): RareShares {
  const sum = (some: Iterable<Category>, part: (category: Category) => number) =>
    [...some].reduce((total, category) => total + crimeLevel(category, year, scale) * part(category), 0);
  const onMetro = sum(violentOnMetro, () => 1);
  const inCspAreas = sum(part1, (category) => sharesOf(category, year).csp);
  const byGangs = sum(gangViolence, () => 1);
  return {
    gangs: Math.min(0.6, rareLevel("retaliatory_gang_violence", year, month) / byGangs),
    metro: Math.min(0.9, rareLevel("metro_violent", year, month) / onMetro),
    csp: Math.min(0.9, rareLevel("part1_csp", year, month) / inCspAreas)
  };
}
