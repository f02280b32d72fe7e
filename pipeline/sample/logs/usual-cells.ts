import {addDays, daysIn, type IsoDate} from "../../calendar/iso-date.ts";
import {type Chance, weighted} from "../random.ts";
import type {Cell} from "../world.ts";

/** A row as far as it is known when a cell is drawn. */
export interface CellContext {
  readonly chance: Chance;
  readonly day: IsoDate;
  readonly cells: Readonly<Record<string, Cell>>;
}

const drawFormat = weighted(
  ["in_person", "online", "hybrid"] as const,
  (one) => ({in_person: 7, online: 2, hybrid: 1})[one]
);
const drawLanguage = weighted(["en", "es", "ko"] as const, (one) => ({en: 16, es: 3, ko: 1})[one]);

/** Columns of a few values, each as likely. */
const values: Readonly<Record<string, readonly string[]>> = {
  event_type: ["community_event", "award_ceremony"],
  host_lead: ["OO", "OSO", "OSS", "CSPB", "COS", "OCPP"],
  partner_org: ["neighborhood_council", "parks_foundation", "school_district", "business_association"],
  units_represented: ["patrol", "detectives", "patrol detectives"],
  platform: ["facebook", "instagram", "x", "nextdoor", "youtube"],
  item_type: ["post", "video", "message", "release"],
  session_type: ["course", "roll_call", "seminar"],
  shift: ["day", "night"],
  station: ["Union Station", "Pershing Square", "Westlake/MacArthur Park", "Hollywood/Highland", "North Hollywood"],
  activity_type: ["directed_patrol"],
  channel: ["e_mail", "bulletin", "roll_call"],
  survey: ["service_satisfaction"],
  item: ["overall", "respect", "listening", "safety"],
  app: ["mdm"],
  vehicle_type: ["sedan", "suv", "truck", "van"],
  device_type: ["steering_lock", "tracker"]
};

/** Skewed, as sizes of meetings and numbers of readers are: most near the least. */
function about(least: number, most: number): (context: CellContext) => Cell {
  return ({chance}) => least + Math.floor((most - least) * chance.share() ** 2.5);
}

function numbered(prefix: string, count: number): (context: CellContext) => Cell {
  return ({chance}) => `${prefix}${String(chance.between(1, count)).padStart(3, "0")}`;
}

/** What stands in other columns where no condition and no measure asks for anything. */
const drawn: Readonly<Record<string, (context: CellContext) => Cell>> = {
  format: ({chance}) => drawFormat(chance),
  attendees: about(6, 120),
  language: ({chance}) => drawLanguage(chance),
  campaign_id: ({day, chance}) => `C-${day.slice(0, 7)}-${chance.between(1, 9)}`,
  impressions: about(300, 60_000),
  engagements: about(4, 900),
  followers_at_date: ({day, chance}) => 8200 + 9 * daysIn("2022-07-01", day) + chance.between(0, 4000),
  community_attendees: ({chance}) => (chance.happens(0.2) ? chance.between(1, 15) : 0),
  hours: ({chance}) => chance.between(2, 16) / 2,
  officers: ({chance}) => chance.between(2, 10),
  end_at: ({day, chance}) => (chance.happens(0.7) ? day : addDays(day, 1)),
  corridor_id: numbered("COR-", 40),
  grade_crossing: numbered("GX-", 60),
  wave: ({day}) => `${day.slice(0, 4)}-${day.slice(5, 7) <= "06" ? "spring" : "fall"}`,
  score: ({chance}) => Math.min(5, 1 + Math.floor(5 * Math.sqrt(chance.share()))),
  paired_flag: ({chance}) => chance.happens(0.6),
  notification_id: ({day}) => `N-${day}`,
  person_key: ({chance}) => `p${chance.between(100_000, 999_999)}`,
  course_code: numbered("LMS-", 60),
  pertinent_flag: ({chance}) => chance.happens(0.4),
  actioned_on: ({chance, day}) => (chance.happens(0.5) ? addDays(day, chance.between(0, 45)) : null),
  quantity: about(5, 60),
  basic_car_area: ({cells, chance}) =>
    cells.area_code == null ? null : `${cells.area_code}A${chance.between(1, 9)}${chance.between(1, 9)}`
};

/** Columns that stay empty in most rows, unless a condition or a measure asks for something. */
const seldom = new Set([
  ...["campaign_id", "partner_org", "corridor_id", "station", "grade_crossing", "units_represented", "topic"],
  ...["event_id", "course_code", "actioned_on", "shift", "paired_flag", "basic_car_area"]
]);

/** The values of a column that has a few; none of another. */
export function valuesOf(column: string): readonly string[] {
  return values[column] ?? [];
}

/** As the column usually is where it is filled; null of one that nobody knows. */
export function usualCell(column: string, context: CellContext): Cell {
  const known = valuesOf(column);
  return known.length > 0 ? context.chance.one(known) : (drawn[column]?.(context) ?? null);
}

/** As `usualCell`, and empty in most rows of what is seldom noted. */
export function freeCell(column: string, context: CellContext): Cell {
  const noted = context.chance.happens(0.12);
  const cell = usualCell(column, context);
  return seldom.has(column) && !noted ? null : cell;
}
