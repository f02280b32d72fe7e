import {type Cell, type ExtractMaker, extractFile, type World} from "../world.ts";

const header = ["calendar_year", "class", "headcount", "regular_pay", "overtime_pay", "other_pay", "total_pay"];

const firstYear = 2020;

/** Published some weeks after the year, on this day. */
const published = "02-15";

/** People paid in the year, and dollars a head, in the first year and by how much they change from year to year. */
const classes = [
  {class: "sworn", people: [10_100, -230], pay: [104_000, 3400], overtime: [0.11, 0.012]},
  {class: "civilian", people: [3350, -90], pay: [72_000, 2300], overtime: [0.05, 0.004]}
] as const;

/** One file a calendar year. */
export const payroll: ExtractMaker = (world) => {
  const years = Array.from({length: 50}, (_, index) => firstYear + index).filter(
    (year) => `${year + 1}-${published}` <= world.through
  );
  return years.map((year) => ({
    file: extractFile("payroll", String(year)),
    header,
    records: {[Symbol.iterator]: () => sums(world, year)}
  }));
};

function* sums({chance}: World, year: number): Generator<readonly Cell[]> {
  const drawn = chance(`payroll ${year}`);
  const since = year - firstYear;
  for (const {class: kind, people, pay, overtime} of classes) {
    const noise = 0.99 + 0.02 * drawn.share();
    const headcount = Math.round((people[0] + people[1] * since) * noise);
    const regular = headcount * (pay[0] + pay[1] * since);
    const extra = Math.round(regular * (overtime[0] + overtime[1] * since));
    const other = Math.round(regular * 0.08);
    yield [year, kind, headcount, regular, extra, other, regular + extra + other];
  }
}
