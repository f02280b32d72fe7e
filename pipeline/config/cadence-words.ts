import type {Cadence} from "./target.ts";

const nouns: Readonly<Record<Cadence, readonly [one: string, several: string]>> = {
  day: ["day", "days"],
  week: ["week", "weeks"],
  "two weeks": ["pair of weeks", "pairs of weeks"],
  month: ["month", "months"],
  "two months": ["pair of months", "pairs of months"],
  quarter: ["quarter", "quarters"],
  half: ["half-year", "half-years"],
  year: ["year", "years"],
  shift: ["shift", "shifts"],
  class: ["class", "classes"],
  observation: ["observation", "observations"]
};

/** What the sub-periods of a cadence are called: cadenceNoun("two weeks", 3) //=> "pairs of weeks" */
export function cadenceNoun(cadence: Cadence, count: number): string {
  return nouns[cadence][count === 1 ? 0 : 1];
}

/** countedCadence(1, "shift") //=> "1 shift"; countedCadence(1095, "shift") //=> "1,095 shifts" */
export function countedCadence(count: number, cadence: Cadence): string {
  return `${count.toLocaleString("en-US")} ${cadenceNoun(cadence, count)}`;
}
