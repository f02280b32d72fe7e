import {addCalendarMonths, addDays, type IsoDate} from "../calendar/iso-date.ts";
import type {Window, Windows} from "./contract.ts";

/** Four whole weeks: as many Mondays on one side of a comparison as on the other. */
const days = 28;

/**
 * The columns of the table that ends on a day, which should be the last of a week.
 *
 * The years before are counted through the same calendar date: to 31 December it is 366 days of a leap year against
 * 365, which is said and never scaled. To 29 February it is 60 days against 59: the other years have no such day.
 */
export function windowsTo(last: IsoDate): Windows {
  const from = addDays(last, 1 - days);
  return {
    current: {from, to: last},
    previous: {from: addDays(from, -days), to: addDays(from, -1)},
    year_to_date: yearTo(last),
    last_year: yearTo(addCalendarMonths(last, -12)),
    two_years_before: yearTo(addCalendarMonths(last, -24))
  };
}

function yearTo(last: IsoDate): Window {
  return {from: `${last.slice(0, 4)}-01-01`, to: last};
}
