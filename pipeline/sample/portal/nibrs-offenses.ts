import type {IsoDate} from "../../calendar/iso-date.ts";
import {leavesBelow} from "../../config/roster.ts";
import {type Area, areas, coordinates, hundredBlock, reportingDistrict} from "../areas.ts";
import {happenings} from "../cases/happenings.ts";
import {type RowInTime, wholeExtract} from "../cases/rows-in-time.ts";
import {clockTime} from "../circumstances.ts";
import {type Chance, weighted} from "../random.ts";
import {portalDate, reportNumbers} from "../report-lines.ts";
import {crimeReportDelay} from "../reporting-delay.ts";
import {type Cell, type ExtractMaker, extractFile, type World} from "../world.ts";

const header = [
  "caseno",
  "uniquenibrno",
  "date_rptd",
  "date_occ",
  "time_occ",
  "area",
  "area_name",
  "rpt_dist_no",
  "totaloffensecount",
  "group",
  "nibr_code",
  "nibr_description",
  "crime_against",
  "premis_cd",
  "premis_desc",
  "weapon_used_cd",
  "weapon_desc",
  "status",
  "status_desc",
  "totalvictimcount",
  "victim_shot",
  "domestic_violence_crime",
  "hate_crime",
  "gang_related_crime",
  "transit_related_crime",
  "homeless_victim_crime",
  "homeless_suspect_crime",
  "homeless_arrestee_crime",
  "hndrdth_loc_chk",
  "hndrdth_lat",
  "hndrdth_lon"
];

/** The first day of a bureau in the new records system. Central's is known; the others followed within two months, assumed. */
const bureaus: readonly {readonly bureau: string; readonly since: IsoDate}[] = [
  {bureau: "central", since: "2024-03-07"},
  {bureau: "west", since: "2024-04-11"},
  {bureau: "south", since: "2024-04-25"},
  {bureau: "valley", since: "2024-05-09"}
];

interface Offense {
  readonly code: string;
  readonly title: string;
  readonly against: "Person" | "Property" | "Society";
  readonly group: "A" | "B";
  readonly weight: number;
  /** How often a victim of it is shot. */
  readonly shot: number;
}

const offenses: readonly Offense[] = (
  [
    ["09A", "Murder", "Person", "A", 1, 0.7],
    ["11A", "Rape", "Person", "A", 8, 0],
    ["11D", "Fondling", "Person", "A", 8, 0],
    ["120", "Robbery", "Property", "A", 42, 0.01],
    ["13A", "ADW", "Person", "A", 75, 0.06],
    ["13B", "Simple Battery", "Person", "A", 170, 0],
    ["13C", "Criminal Threats", "Person", "A", 30, 0],
    ["220", "Residential Burglary", "Property", "A", 75, 0],
    ["23C", "Shoplifting", "Property", "A", 58, 0],
    ["23F", "Burglary From Motor Vehicle", "Property", "A", 104, 0],
    ["23H", "Petty Theft", "Property", "A", 124, 0],
    ["240", "Grand Theft Auto", "Property", "A", 109, 0],
    ["26F", "Identity Theft", "Property", "A", 52, 0],
    ["290", "Vandalism", "Property", "A", 135, 0],
    ["35A", "Drug Violation", "Society", "A", 45, 0],
    ["520", "Weapon Violation", "Society", "A", 35, 0],
    ["90D", "Driving Under the Influence", "Society", "B", 40, 0],
    ["90Z", "All Other Offenses", "Society", "B", 70, 0]
  ] as const
).map(([code, title, against, group, weight, shot]) => ({code, title, against, group, weight, shot}));

const drawOffense = weighted(offenses, ({weight}) => weight);

const states = {open: ["IC", "Investigation Continued"], arrest: ["CA", "Cleared by Arrest (CA/DA Filed)"]} as const;
const noCrime = ["UF", "Unfounded"] as const;

/** Cases a year in the whole city that were reported in the new system: some 620 offenses a day in 550 cases. */
const cases = 550 * 365.25;

/** A file a bureau that has changed to the new system, so that none is said to have had no offense before. */
export const nibrsOffenses: ExtractMaker = (world) =>
  bureaus
    .filter(({since}) => since <= world.through)
    .flatMap(({bureau, since}) => {
      const own = areasOf(world, bureau);
      if (own.length === 0) return [];
      const rows = (to: IsoDate) => bureauRows(world, {bureau, since, own}, to);
      const extract = wholeExtract({source: "nibrs-offenses", header, rows}, world.through);
      return [{...extract, file: extractFile("nibrs-offenses", `${bureau}-${world.through}`)}];
    });

function areasOf({project}: World, bureau: string): readonly Area[] {
  const codes = leavesBelow(project.roster, {type: "bureau", code: bureau}, "area").map(({code}) => +code);
  return areas.filter(({number}) => codes.includes(number));
}

interface Bureau {
  readonly bureau: string;
  readonly since: IsoDate;
  readonly own: readonly Area[];
}

function* bureauRows(world: World, {bureau, since, own}: Bureau, to: IsoDate): Generator<RowInTime> {
  const chance = world.chance(`nibrs-offenses ${bureau}`);
  const sum = (list: readonly Area[]) => list.reduce((total, {part2}) => total + part2, 0);
  const drawArea = weighted(own, ({part2}) => part2);
  const numberOf = reportNumbers();
  const rate = {halves: [(cases * world.scale * sum(own)) / sum(areas)]};
  for (const {number} of happenings(chance, rate, to, since)) {
    const area = drawArea(chance);
    yield* caseRows(chance, number, area, numberOf(number, area));
  }
}

/** The offenses of one case, each a row. */
function caseRows(chance: Chance, reported: number, area: Area, caseNumber: string): RowInTime[] {
  const several = chance.happens(0.11);
  const count = several ? chance.between(2, 3) : 1;
  const entered = reported + (chance.happens(0.3) ? chance.between(1, 12) : 0);
  const [settled, decided] = [chance.share(), entered + chance.between(3, 60)];
  const end = settled < 0.015 ? noCrime : settled < 0.15 ? states.arrest : states.open;
  const occurred = reported - crimeReportDelay(chance);
  const shared: readonly Cell[] = [
    portalDate(reported),
    portalDate(occurred),
    clockTime(chance),
    area.code,
    area.name,
    reportingDistrict(chance, area)
  ];
  const place: readonly Cell[] = [hundredBlock(chance), ...coordinates(chance, area)];
  const victims = chance.happens(0.9) ? 1 : chance.between(2, 4);
  const drawn = Array.from({length: count}, () => ({offense: drawOffense(chance), shot: chance.share()}));
  const shot = drawn.some((one) => one.shot < one.offense.shot);
  const flags = [0.12, 0.004, 0.03, 0.02, 0.05, 0.05, 0.03].map((share) => yesNo(chance.happens(share)));
  return drawn.map(({offense: {code, title, against, group}}, index) => ({
    day: reported,
    told: end === states.open ? [entered] : [entered, decided],
    cells: (asOf) => [
      caseNumber,
      `${caseNumber}${code}${index + 1}`,
      ...shared,
      count,
      group,
      code,
      title,
      against,
      "101",
      "STREET",
      null,
      null,
      ...(decided <= asOf ? end : states.open),
      victims,
      yesNo(shot),
      ...flags,
      ...place
    ]
  }));
}

function yesNo(truth: boolean): string {
  return truth ? "Yes" : "No";
}
