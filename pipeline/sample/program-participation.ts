import {fromDay, type IsoDate, toDay} from "../calendar/iso-date.ts";
import type {Chance} from "./random.ts";
import {type Cell, type ExtractMaker, extractFile} from "./world.ts";

/** Evenings of a program in the parks: months and days of the year, and weekdays from 0, Sunday. */
const programs = [
  {program: "summer_night_lights", from: "07-05", to: "08-31", weekdays: [3, 4, 5, 6], visits: 240},
  {program: "fall_friday_nights", from: "10-06", to: "12-08", weekdays: [5], visits: 120}
] as const;

const firstDay = "2022-07-01";
/** Invented ones: the extract names them as the program does. */
const parks = Array.from({length: 43}, (_, index) => `Park ${String(index + 1).padStart(2, "0")}`);

/** Summer Night Lights and Fall Friday Nights, a row for each park and evening; a season's jobs stand in its first. */
export const programParticipation: ExtractMaker = (world) => {
  const records = function* (): Generator<readonly Cell[]> {
    const chance = world.chance("program-participation");
    const begun = new Set<string>();
    for (let day = toDay(firstDay); day <= toDay(world.through); day++) {
      const date = fromDay(day);
      for (const one of programs) {
        if (!isEvening(one, date)) continue;
        for (const park of parks) {
          const season = `${one.program} ${park} ${date.slice(0, 4)}`;
          const jobs = begun.has(season) ? 0 : chance.between(8, 16);
          begun.add(season);
          const visits = visitsOf(chance, one.visits);
          yield [date, one.program, park, visits, Math.round(visits * (0.5 + chance.share() / 4)), jobs];
        }
      }
    }
  };
  const header = ["date", "program", "park", "visits", "meals", "jobs"];
  return [{file: extractFile("program-participation", world.through), header, records: {[Symbol.iterator]: records}}];
};

function isEvening({from, to, weekdays}: (typeof programs)[number], date: IsoDate): boolean {
  const day = date.slice(5);
  // 1970-01-01 was a Thursday.
  return day >= from && day <= to && (weekdays as readonly number[]).includes((toDay(date) + 4) % 7);
}

function visitsOf(chance: Chance, usual: number): number {
  return Math.round(usual * (0.5 + chance.share()));
}
