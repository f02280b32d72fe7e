import {type Area, areas, type Share} from "./areas.ts";
import {firstYear} from "./levels.ts";
import {type Category, violent} from "./offenses.ts";
import {type Chance, weighted} from "./random.ts";

/** How the city's reports of one kind and year fall on its Areas. */
export interface AreaShares {
  /** The Area of a report. */
  readonly draw: (chance: Chance) => Area;
  /** The part that falls into Areas with engagement areas, 0 to 1. */
  readonly csp: number;
}

/** Each Area's part moves by up to this much a year, up or down: else all would change as the city does. */
const drift = 0.1;

/** The shares of each year; the first year's are those of the table of Areas. */
export type AreaSharesOf = (kind: Category | "collisions", year: number) => AreaShares;

/** @param chance Decides how the Areas drift, and nothing else. */
export function areaShares(chance: Chance, kinds: readonly (Category | "collisions")[]): AreaSharesOf {
  let weights = new Map(kinds.map((kind) => [kind, areas.map((area) => area[shareOf(kind)])]));
  const years: ReadonlyMap<string, AreaShares>[] = [sharesOf(weights)];
  return (kind, year) => {
    const index = Math.max(0, year - firstYear);
    while (years.length <= index) {
      weights = new Map(
        [...weights].map(([name, before]) => [
          name,
          before.map((weight) => weight * (1 + drift * (2 * chance.share() - 1)))
        ])
      );
      years.push(sharesOf(weights));
    }
    return years[index]!.get(kind)!;
  };
}

function sharesOf(weights: ReadonlyMap<string, readonly number[]>): ReadonlyMap<string, AreaShares> {
  return new Map(
    [...weights].map(([kind, ofAreas]) => {
      const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
      const csp = sum(ofAreas.filter((_, index) => areas[index]!.csp.length > 0)) / sum(ofAreas);
      return [kind, {draw: weighted(areas, ({number}) => ofAreas[number - 1]!), csp}];
    })
  );
}

function shareOf(kind: Category | "collisions"): Share {
  if (kind === "collisions" || kind === "vehicle_theft" || kind === "part2") return kind;
  return violent.has(kind) ? "violent" : "theft";
}
