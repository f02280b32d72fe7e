import {addCalendarMonths, addDays, type IsoDate} from "../../calendar/iso-date.ts";
import {areas} from "../areas.ts";
import {weighted} from "../random.ts";
import {type Cell, type ExtractMaker, extractFile, type World} from "../world.ts";

const header = [
  "record_id",
  "kind",
  "person_key",
  "program",
  "duty",
  "area_code",
  "joined_on",
  "left_on",
  "prior_program",
  "hours",
  "contacts",
  "event_id"
];

/** The extract holds all rows since this day; who had joined before is told from it on. */
const firstDay: IsoDate = "2019-01-01";

interface Program {
  readonly name: string;
  /** Members on the first day, and those who join in a month of the first and of the fifth year. */
  readonly first: number;
  readonly joining: readonly [number, number];
  /** Years after which the last of those who joined together has left. */
  readonly stays: number;
  /** Part of those who join that were cadets. */
  readonly cadets: number;
}

const programs: readonly Program[] = [
  {name: "volunteer_corps", first: 1500, joining: [26, 33], stays: 10, cadets: 0.06},
  {name: "citizens_on_patrol", first: 300, joining: [5.5, 8.5], stays: 8, cadets: 0.02},
  {name: "cadet", first: 2200, joining: [55, 50], stays: 5, cadets: 0},
  {name: "crisis_response_team", first: 235, joining: [3.4, 4.2], stays: 9, cadets: 0}
];

/** Work of volunteers on single days, with the number of events a month in the first and the fifth year. */
const services = [
  {
    duty: "traffic_seminar",
    program: "volunteer_corps",
    mark: "TS",
    events: [3.6, 4.8],
    people: [2, 5],
    contacts: false
  },
  {
    duty: "radar_education",
    program: "citizens_on_patrol",
    mark: "RE",
    events: [2.6, 3.2],
    people: [2, 4],
    contacts: false
  },
  {duty: "safety_flyers", program: "cadet", mark: "SF", events: [2.2, 3.6], people: [4, 9], contacts: true}
] as const;

/** Members on the first day who do office work, and those posted to it in a month of the first and the fifth year. */
const officeWork = {first: 60, joining: [2.2, 3.4]} as const;

/** Part of the services that are entered weeks later. */
const late = 0.06;

const anyArea = weighted(areas, () => 1);

/** All memberships, duties and services that are entered by the day: one file. */
export const volunteerRoster: ExtractMaker = (world) => [
  {
    file: extractFile("volunteer-roster", world.through),
    header,
    records: {[Symbol.iterator]: () => rows(world)}
  }
];

function* rows(world: World): Generator<readonly Cell[]> {
  const {through, chance} = world;
  for (const program of programs) {
    const drawn = chance(`members of ${program.name}`);
    let number = 0;
    const row = (joined: IsoDate): readonly Cell[] => {
      const [area, stayed] = [anyArea(drawn).number, 20 + Math.floor(drawn.share() * program.stays * 365.25)];
      const prior = drawn.happens(program.cadets) ? "cadet" : null;
      const id = `${program.name.toUpperCase().slice(0, 3)}-${++number}`;
      return [
        id,
        "membership",
        `V${id}`,
        program.name,
        null,
        area,
        joined,
        endBy(addDays(joined, stayed), through),
        prior,
        null,
        null,
        null
      ];
    };
    for (let index = 0; index < program.first; index++) yield row(firstDay);
    for (const {first, share} of monthsTo(through))
      for (let count = drawn.count(grown(program.joining, share)); count > 0; count--) {
        const record = row(addDays(first, drawn.between(0, 27)));
        if (String(record[6]) <= through) yield record;
      }
  }
  yield* duties(world);
  for (const service of services) yield* servicesOf(service, world);
}

function* duties({through, chance}: World): Generator<readonly Cell[]> {
  const drawn = chance("office work of volunteers");
  let number = 0;
  const row = (from: IsoDate): readonly Cell[] => {
    const stays = 30 + Math.floor(drawn.share() * 4 * 365.25);
    const [area, member] = [anyArea(drawn).number, drawn.between(1, programs[0]!.first)];
    const id = `OFF-${++number}`;
    return [
      id,
      "duty",
      `VVOL-${member}`,
      "volunteer_corps",
      "administrative",
      area,
      from,
      endBy(addDays(from, stays), through),
      null,
      null,
      null,
      null
    ];
  };
  for (let index = 0; index < officeWork.first; index++) yield row(firstDay);
  for (const {first, share} of monthsTo(through))
    for (let count = drawn.count(grown(officeWork.joining, share)); count > 0; count--) {
      const record = row(addDays(first, drawn.between(0, 27)));
      if (String(record[6]) <= through) yield record;
    }
}

function* servicesOf(
  {duty, program, mark, events, people, contacts}: (typeof services)[number],
  {through, chance}: World
) {
  const drawn = chance(`services at ${duty}`);
  let event = 0;
  for (const {first, share} of monthsTo(through)) {
    for (let count = drawn.count(grown(events, share)); count > 0; count--) {
      const [day, area] = [addDays(first, drawn.between(0, 27)), anyArea(drawn).number];
      const id = `${mark}-${String(++event).padStart(4, "0")}`;
      for (let helper = drawn.between(people[0], people[1]); helper > 0; helper--) {
        const entered = drawn.happens(late) ? addDays(day, drawn.between(10, 45)) : day;
        const [hours, spoken] = [drawn.between(2, 8), drawn.between(8, 70)];
        const key = `V${program.toUpperCase().slice(0, 3)}-${drawn.between(1, 1200)}`;
        if (entered > through) continue;
        const cells = [program, duty, area, day, day, null, hours, contacts ? spoken : null, id];
        yield [`${id}-${helper}`, "service", key, ...cells] as readonly Cell[];
      }
    }
  }
}

/** First days of the months up to the day, with the part of five years that is over by then; after them it is 1. */
function* monthsTo(through: IsoDate): Generator<{readonly first: IsoDate; readonly share: number}> {
  let month = 0;
  for (let first = firstDay; first <= through; first = addCalendarMonths(first, 1))
    yield {first, share: Math.min(1, month++ / 60)};
}

function grown([first, last]: readonly [number, number], share: number): number {
  return first + (last - first) * share;
}

/** Null while it lasts. */
function endBy(day: IsoDate, through: IsoDate): IsoDate | null {
  return day <= through ? day : null;
}
