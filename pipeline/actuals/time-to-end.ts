import type {DayNumber} from "../calendar/iso-date.ts";
import type {CaseCounts} from "./told-cases.ts";

/** How long cases took that had begun by a day: net numbers of them by days, 0 for the same day. */
export interface TimesToEnd {
  /** Of the cases that ended. */
  readonly ended: ReadonlyMap<number, number>;
  /** Of the others, how long they have lasted so far. */
  readonly open: ReadonlyMap<number, number>;
}

/**
 * What is known of cases on a day: an end after it is none yet, a case that begins after it is not there. A case that
 * ends before it begins is left out of both.
 *
 * @param cases Day of the end by day of the beginning.
 */
export function timesToEnd(cases: CaseCounts, known: DayNumber): TimesToEnd {
  const ended = new Map<number, number>();
  const open = new Map<number, number>();
  cases((end, rows, begun) => {
    if (begun > known || end < begun) return;
    const [to, days] = end <= known ? [ended, end - begun] : [open, known - begun];
    to.set(days, (to.get(days) ?? 0) + rows);
  });
  return {ended, open};
}

/**
 * The least number of days within which a share of the cases has ended, by Kaplan and Meier: cases that are still open
 * count among those that could have ended as long as they have lasted. Kaplan, Meier: Nonparametric estimation from
 * incomplete observations, 1958. Decided on exact fractions.
 *
 * @param at In percent.
 * @returns Null when so many have not ended.
 */
export function daysUntilEnded({ended, open}: TimesToEnd, at: number): number | null {
  const [share, whole] = exactPercent(at);
  const times = [...new Set([...ended.keys(), ...open.keys()])].sort((a, b) => a - b);
  let atRisk = total(ended) + total(open);
  // The share that has not ended is over / under x rest / of: factors between which nobody is lost cancel each other.
  let [over, under] = [1n, 1n];
  let [rest, of] = [atRisk, atRisk];
  for (const time of times) {
    const ends = ended.get(time) ?? 0;
    if (ends > 0) {
      if (atRisk !== rest) {
        over *= BigInt(rest);
        under *= BigInt(of);
        of = atRisk;
      }
      rest = atRisk - ends;
      if (over * BigInt(rest) * whole <= under * BigInt(of) * (whole - share)) return time;
    }
    atRisk -= ends + (open.get(time) ?? 0);
  }
  return null;
}

/** exactPercent(12.5) //=> [125n, 1000n] */
export function exactPercent(at: number): [share: bigint, whole: bigint] {
  const [whole = "", decimals = ""] = String(at).split(".");
  return [BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length)];
}

export function total(counts: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
