import {fromDay, toDay} from "../calendar/iso-date.ts";
import {type Cell, type ExtractMaker, extractFile} from "./world.ts";

const firstDay = "2022-07-01";
/** A year, as the mayor's page reports them of 2019. */
const calloutsAYear = 720;

/** Responses of the volunteers of the Crisis Response Team: two a day, two or three volunteers for an hour or two. */
export const crtCallouts: ExtractMaker = (world) => {
  const records = function* (): Generator<readonly Cell[]> {
    const chance = world.chance("crt-callouts");
    let number = 0;
    for (let day = toDay(firstDay); day <= toDay(world.through); day++) {
      for (let left = chance.count(calloutsAYear / 365.25); left > 0; left--) {
        const volunteers = chance.between(2, 3);
        number++;
        yield [
          `CRT-${String(number).padStart(5, "0")}`,
          fromDay(day),
          volunteers,
          (volunteers * chance.between(5, 12)) / 5
        ];
      }
    }
  };
  const header = ["callout_id", "date", "volunteers", "hours"];
  return [{file: extractFile("crt-callouts", world.through), header, records: {[Symbol.iterator]: records}}];
};
