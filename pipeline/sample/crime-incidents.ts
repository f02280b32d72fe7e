import {addDays, type IsoDate} from "../calendar/iso-date.ts";
import {
  type Area,
  areas,
  coordinates,
  crossStreet,
  cspShare,
  hundredBlock,
  reportingDistrict,
  type Share
} from "./areas.ts";
import {
  clockTime,
  drawMetroPremise,
  drawPremise,
  drawStatus,
  drawWeapon,
  modusOperandi,
  victim
} from "./circumstances.ts";
import {crimeLevel, rareLevel, seasons, weekdayLevels} from "./levels.ts";
import {type Category, type Offense, offenses, violent} from "./offenses.ts";
import {type Chance, weighted} from "./random.ts";
import {csvRecord, type DayParts, daysOf, portalDate, type ReportNumbers, type Span} from "./report-lines.ts";
import {crimeReportDelay} from "./reporting-delay.ts";

/** The portal's 28 columns in its order, then the two that only synthetic extracts have. */
export const crimeHeader = csvRecord([
  ...["DR_NO", "Date Rptd", "DATE OCC", "TIME OCC", "AREA", "AREA NAME", "Rpt Dist No", "Part 1-2"],
  ...["Crm Cd", "Crm Cd Desc", "Mocodes", "Vict Age", "Vict Sex", "Vict Descent", "Premis Cd", "Premis Desc"],
  ...["Weapon Used Cd", "Weapon Desc", "Status", "Status Desc", "Crm Cd 1", "Crm Cd 2", "Crm Cd 3", "Crm Cd 4"],
  ...["LOCATION", "Cross Street", "LAT", "LON", "CSP NEA", "Metro System"]
]);

const categories = Object.keys(offenses) as Category[];
const part1 = categories.filter((category) => category !== "part2");

const drawArea = Object.fromEntries(
  (["violent", "vehicle_theft", "theft", "part2"] as const).map((share) => [
    share,
    weighted(areas, (area) => area[share])
  ])
) as Record<Share, (chance: Chance) => Area>;

const drawOffense = Object.fromEntries(
  categories.map((category) => [category, weighted(offenses[category], ({weight}) => weight)])
) as Record<Category, (chance: Chance) => Offense>;

/** Crimes of the span that were reported by the day of the extract: the records of each day. */
export function* crimeRecords(span: Span, chance: Chance, numberOf: ReportNumbers): Generator<string[]> {
  for (const day of daysOf(span)) {
    const records: string[] = [];
    const report = (category: Category, area: Area, reported: IsoDate) => {
      if (reported > span.extracted) return;
      records.push(crimeRecord(chance, {day, span, category, area, reported, number: numberOf(reported, area)}));
    };
    for (const category of categories) {
      for (let left = chance.count(dailyMean(category, day, span)); left > 0; left--) {
        report(category, drawArea[shareOf(category)]!(chance), addDays(day.date, crimeReportDelay(chance)));
      }
    }
    yield records;
  }
}

interface Crime {
  readonly day: DayParts;
  readonly span: Span;
  readonly category: Category;
  readonly area: Area;
  readonly reported: IsoDate;
  readonly number: string;
}

function crimeRecord(chance: Chance, {day, span, category, area, reported, number}: Crime): string {
  const atPeople = violent.has(category);
  const offense = drawOffense[category](chance);
  const metro = onMetro(chance, category, day, span);
  const [, premiseCode, premise] = metro ? drawMetroPremise(chance) : drawPremise(chance);
  const [, weaponCode, weapon] = drawWeapon(chance, category, atPeople) ?? [0, "", ""];
  const [, statusCode, status] = drawStatus(chance);
  const second = chance.happens(0.07) ? "998" : "";
  return csvRecord([
    ...[number, portalDate(reported), portalDate(day.date), clockTime(chance)],
    ...[
      String(area.number).padStart(2, "0"),
      area.name,
      reportingDistrict(chance, area),
      portalPart(category, offense)
    ],
    ...[String(offense.code), offense.description, modusOperandi(chance, atPeople), ...victim(chance)],
    ...[premiseCode, premise, weaponCode, weapon, statusCode, status, String(offense.code), second, "", ""],
    ...[hundredBlock(chance), crossStreet(chance, 0.16), ...coordinates(chance, area)],
    ...[inEngagementArea(chance, area, day, span), metro ? "Y" : "N"]
  ]);
}

function shareOf(category: Category): Share {
  if (violent.has(category)) return "violent";
  return category === "vehicle_theft" || category === "part2" ? category : "theft";
}

function dailyMean(category: Category, {year, month, weekday}: DayParts, {scale}: Span): number {
  const kind = violent.has(category) ? "violent" : "theft";
  return ((crimeLevel(category, year) * scale) / 365.25) * seasons[kind][month - 1]! * weekdayLevels[kind][weekday]!;
}

/** As often as brings the city to its level, whatever the volume; no more than nine in ten. */
function onMetro(chance: Chance, category: Category, {year, month}: DayParts, {scale}: Span): boolean {
  if (!violent.has(category) || category === "homicide") return false;
  const all = crimeLevel("rape", year) + crimeLevel("robbery", year) + crimeLevel("aggravated_assault", year);
  return chance.happens(Math.min(0.9, rareLevel("metro_violent", year, month) / (all * scale)));
}

function inEngagementArea(chance: Chance, area: Area, day: DayParts, {scale}: Span): string {
  if (area.csp.length === 0) return "";
  const all = part1.reduce((sum, one) => sum + crimeLevel(one, day.year) * cspShares[shareOf(one)]!, 0);
  const probability = Math.min(0.9, rareLevel("part1_csp", day.year, day.month) / (all * scale));
  // Part II is there too, and as often; it is what the milestone must not count.
  return chance.happens(probability) ? chance.one(area.csp) : "";
}

const cspShares: Partial<Record<Share, number>> = {
  violent: cspShare("violent"),
  vehicle_theft: cspShare("vehicle_theft"),
  theft: cspShare("theft")
};

/** The portal marks these two as Part 1 as well, which COMPSTAT does not. */
function portalPart(category: Category, {code}: Offense): "1" | "2" {
  return category !== "part2" || code === 522 || code === 648 ? "1" : "2";
}
