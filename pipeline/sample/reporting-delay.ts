import {type Chance, weighted} from "./random.ts";

/**
 * How many of West LA's 12,954 reports of 2020 and 2021 were made within so many days of the crime: the share, then the
 * days.
 */
const known: readonly (readonly [share: number, days: number])[] = [
  [0.4266, 0],
  [0.6445, 1],
  [0.708, 2],
  [0.8289, 7],
  [0.8801, 14],
  [0.9221, 30],
  [0.9521, 60],
  [0.9644, 90],
  [0.9795, 180],
  [0.9917, 365],
  [0.998, 730],
  [1, 1103]
];

const drawStep = weighted(
  known.map(([share, most], step) => {
    const [before, after] = known[step - 1] ?? [0, -1];
    return {share: share - before, least: after + 1, most};
  }),
  ({share}) => share
);

/** Days from the crime to its report, 0 to 1,103. */
export function crimeReportDelay(chance: Chance): number {
  const {least, most} = drawStep(chance);
  return least === most ? least : chance.between(least, most);
}

/** Collisions are mostly reported where they happen: 0 to 30 days. */
export function collisionReportDelay(chance: Chance): number {
  if (chance.happens(0.75)) return 0;
  return chance.happens(0.9) ? chance.between(1, 4) : chance.between(5, 30);
}
