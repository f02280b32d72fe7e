import {addDays, earlier, type IsoDate} from "../../calendar/iso-date.ts";
import {type Cell, type ExtractMaker, extractFile, type World} from "../world.ts";

const header = ["person_key", "program", "site", "area_code", "cohort", "role", "enrolled_on", "left_on", "capacity"];

/** A group that began together; `enrolled` of its `places` are taken. */
interface Cohort {
  readonly program: string;
  readonly site: string | null;
  readonly cohort: string;
  readonly from: IsoDate;
  /** Days after the first one on which the last has come. */
  readonly within: number;
  /** Nobody stays longer. */
  readonly to: IsoDate;
  readonly enrolled: number;
  readonly places: number | null;
  readonly role?: string;
  /** Numbers of Areas without anybody; of interns who work in Areas. */
  readonly without?: readonly number[];
}

const pams = {program: "pams", site: "banning"} as const;
const popp = {program: "popp", site: "lavc", places: 35, within: 20} as const;
const clinical = {program: "lacdmh_intern", site: null, places: null, within: 10} as const;
const students = {program: "student_intern", site: null, places: null, within: 30, role: "mentor_tutor"} as const;
const youth = {program: "youth_council", site: null, places: 14, within: 1, enrolled: 14} as const;

/** Years of invented cohorts; a school year that lies beyond them has none. */
const cohorts: readonly Cohort[] = [
  {...pams, cohort: "2021", from: "2021-08-16", within: 25, to: "2025-06-12", enrolled: 101, places: 120},
  {...pams, cohort: "2022", from: "2022-08-15", within: 25, to: "2026-06-11", enrolled: 104, places: 120},
  {...pams, cohort: "2023", from: "2023-08-14", within: 30, to: "2027-06-10", enrolled: 113, places: 120},
  {...pams, cohort: "2024", from: "2024-08-12", within: 30, to: "2028-06-15", enrolled: 118, places: 120},
  {...popp, cohort: "2022", from: "2022-08-29", to: "2024-06-04", enrolled: 30},
  {...popp, cohort: "2023", from: "2023-08-28", to: "2025-06-03", enrolled: 35},
  {...popp, cohort: "2024", from: "2024-08-26", to: "2026-06-02", enrolled: 33},
  {...clinical, cohort: "2024-1", from: "2024-01-16", to: "2024-06-14", enrolled: 6},
  {...clinical, cohort: "2024-2", from: "2024-09-09", to: "2025-05-30", enrolled: 9},
  {
    ...students,
    cohort: "2022-fall",
    from: "2022-09-06",
    to: "2023-05-26",
    enrolled: 11,
    without: [3, 7, 12, 13, 15, 18, 19, 20, 21]
  },
  {...students, cohort: "2023-fall", from: "2023-09-05", to: "2024-05-31", enrolled: 38, without: [5, 16]},
  {...students, cohort: "2024-fall", from: "2024-09-03", to: "2025-05-30", enrolled: 45, without: []},
  {...youth, cohort: "2021", from: "2021-09-08", to: "2022-06-30"},
  {...youth, cohort: "2022", from: "2022-09-07", to: "2023-06-30"},
  {...youth, cohort: "2023", from: "2023-09-06", to: "2024-06-30"},
  {...youth, cohort: "2024", from: "2024-09-04", to: "2025-06-30"}
];

/** Part of those who leave before the cohort ends. */
const dropouts = 0.12;

const numbers = Array.from({length: 21}, (_, index) => index + 1);

/** Everybody who has enrolled by the day: one file. */
export const programEnrolment: ExtractMaker = (world) => [
  {
    file: extractFile("program-enrolment", world.through),
    header,
    records: {[Symbol.iterator]: () => enrolments(world)}
  }
];

function* enrolments({through, chance}: World): Generator<readonly Cell[]> {
  for (const {program, site, cohort, from, within, to, enrolled, places, role, without} of cohorts) {
    const drawn = chance(`${program} ${cohort}`);
    const open = numbers.filter((area) => without?.includes(area) !== true);
    for (let index = 0; index < enrolled; index++) {
      const day = addDays(from, drawn.between(0, within));
      const leaves = drawn.happens(dropouts) && program !== "youth_council";
      const left = leaves ? addDays(day, drawn.between(30, 300)) : to;
      if (day > through) continue;
      const area = without === undefined ? null : open[index % open.length]!;
      const key = `${program.toUpperCase().slice(0, 2)}${cohort.replace("-", "")}-${String(index + 1).padStart(3, "0")}`;
      const end = earlier(left, to);
      yield [key, program, site, area, cohort, role ?? null, day, end <= through ? end : null, places];
    }
  }
}
