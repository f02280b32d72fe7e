import type {Chance} from "./random.ts";

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

/** Days from the crime to its report, 0 to 1,103. */
export function crimeReportDelay(chance: Chance): number {
  const at = chance.share();
  const step = known.findIndex(([share]) => at < share);
  const after = known[step - 1]?.[1] ?? -1;
  return chance.between(after + 1, known[step]![1]);
}

/** Collisions are mostly reported where they happen: 0 to 30 days. */
export function collisionReportDelay(chance: Chance): number {
  if (chance.happens(0.75)) return 0;
  return chance.happens(0.9) ? chance.between(1, 4) : chance.between(5, 30);
}
