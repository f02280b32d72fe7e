import {fromDay} from "../../calendar/iso-date.ts";
import {daysOf} from "../report-lines.ts";
import type {ExtractMaker} from "../world.ts";
import {firstLogged} from "./happenings.ts";
import {wholeExtract} from "./rows-in-time.ts";

/** Which stations have a van is not in the documents: the names are invented, and so is when the last two began. */
const stations = [
  {station: "TTV 1", since: "2022-01-01"},
  {station: "TTV 2", since: "2022-01-01"},
  {station: "TTV 3", since: "2022-01-01"},
  {station: "TTV 4", since: "2022-10-01"},
  {station: "TTV 5", since: "2023-03-01"}
] as const;

/** Crews that were not found for a shift, assumed: one day in three hundred a van. */
const crewMissing = 1 / 300;

/** Each van's hours of service, day by day. */
export const therapeuticVans: ExtractMaker = (world) => [
  wholeExtract(
    {
      source: "therapeutic-vans",
      header: ["service_date", "station", "hours_in_service"],
      rows: function* (to) {
        const chance = world.chance("therapeutic-vans");
        for (const {number} of daysOf({from: firstLogged, to})) {
          for (const {station, since} of stations) {
            const hours = chance.happens(crewMissing) ? chance.one([0, 12, 12, 20]) : 24;
            const date = fromDay(number);
            if (date >= since) yield {day: number, told: [number], cells: () => [date, station, hours]};
          }
        }
      }
    },
    world.through
  )
];
