import poisson from "@stdlib/random-base-poisson";
import {xoroshiro128plus} from "pure-rand/generator/xoroshiro128plus";

/** One run of chance, decided by its seed alone. */
export interface Chance {
  /** 0 up to, and never, 1; in steps of 2^-32. */
  share(): number;
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  /** How many of something that comes `mean` times on average; 0 for a mean of 0. */
  count(mean: number): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  /** One of them, each as likely. */
  one<Item>(items: readonly Item[]): Item;
}

/**
 * Independent runs from one seed: the second stays as it is when the first draws more numbers.
 *
 * @param seed A whole number.
 */
export function chances(seed: number, runs: number): Chance[] {
  const generator = xoroshiro128plus(seed);
  return Array.from({length: runs}, () => {
    generator.jump();
    return chanceOf(generator.clone());
  });
}

function chanceOf(generator: ReturnType<typeof xoroshiro128plus>): Chance {
  // One draw of 32 bits is enough here and half the price of a whole double; some forty million are drawn.
  const share = () => (generator.next() >>> 0) / 2 ** 32;
  const between = (least: number, most: number) => least + Math.floor(share() * (most - least + 1));
  const drawn = poisson.factory({prng: share});
  return {
    share,
    between,
    count: (mean) => (mean > 0 ? drawn(mean) : 0),
    happens: (probability) => share() < probability,
    one: (items) => items[Math.floor(share() * items.length)]!
  };
}

/**
 * Draws one of the items as often as its weight says; weights need not add up to 1.
 *
 * @returns A function, because the sums are made once.
 */
export function weighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): (chance: Chance) => Item {
  const sums: number[] = [];
  let sum = 0;
  for (const item of items) {
    sum += weightOf(item);
    sums.push(sum);
  }
  const last = items.length - 1;
  return (chance) => {
    const at = chance.share() * sum;
    let index = 0;
    while (index < last && at >= sums[index]!) index++;
    return items[index]!;
  };
}
