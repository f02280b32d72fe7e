import {endOfMonthOf, fromDay, toDay} from "../../calendar/iso-date.ts";
import {daysOf} from "../report-lines.ts";
import type {ExtractMaker} from "../world.ts";
import {firstLogged} from "./happenings.ts";
import {wholeExtract} from "./rows-in-time.ts";

/** Cases that come and cases that are closed in a month, assumed: about as many, so that some dozens stay open. */
const added = 14;
const atFirst = 38;

/** The count at the end of each month. */
export const prohibitedPersons: ExtractMaker = (world) => [
  wholeExtract(
    {
      source: "prohibited-persons",
      header: ["as_of_date", "open_cases", "closed_in_period"],
      rows: function* (to) {
        const chance = world.chance("prohibited-persons");
        let open = atFirst;
        for (const {number} of daysOf({from: firstLogged, to})) {
          const date = fromDay(number);
          if (date !== endOfMonthOf(date)) continue;
          const waiting = open + chance.count(added);
          const closed = Math.min(waiting, chance.count(added + 0.6));
          open = waiting - closed;
          const cells = [date, open, closed];
          yield {day: toDay(date), told: [toDay(date)], cells: () => cells};
        }
      }
    },
    world.through
  )
];
