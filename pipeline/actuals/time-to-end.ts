import type {DayNumber} from "../calendar/iso-date.ts";
import type {CaseRun} from "./told-cases.ts";

/** How long cases took that had begun by a day: net numbers of them by days, from 0 for the same day. */
export interface TimesToEnd {
  /** Of the cases that ended. */
  readonly ended: Float64Array;
  /** Of the others, how long they have lasted so far. */
  readonly open: Float64Array;
}

/**
 * What is known of cases on a day: an end after it is none yet, a case that begins after it is not there. A case that
 * ends before it begins is left out of both.
 *
 * @param runs Of each case the day of its end.
 */
export function timesToEnd(runs: readonly CaseRun[], known: DayNumber): TimesToEnd {
  const first = runs.reduce(
    (least, {days, begin, end}) => (begin < end ? Math.min(least, days[begin]!) : least),
    known
  );
  const ended = new Float64Array(known - first + 1);
  const open = new Float64Array(known - first + 1);
  for (const {days, values, rows, begin, end} of runs) {
    for (let at = begin; at < end; at += 1) {
      const [begun, over] = [days[at]!, values[at]!];
      if (begun > known || over < begun) continue;
      if (over <= known) ended[over - begun]! += rows[at]!;
      else open[known - begun]! += rows[at]!;
    }
  }
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
  let atRisk = total(ended) + total(open);
  // The share that has not ended is over / under x rest / of: factors between which nobody is lost cancel each other.
  let [over, under] = [1n, 1n];
  let [rest, of] = [atRisk, atRisk];
  for (let time = 0; time < ended.length; time += 1) {
    const ends = ended[time]!;
    if (ends > 0) {
      if (atRisk !== rest) {
        over *= BigInt(rest);
        under *= BigInt(of);
        of = atRisk;
      }
      rest = atRisk - ends;
      if (over * BigInt(rest) * whole <= under * BigInt(of) * (whole - share)) return time;
    }
    atRisk -= ends + open[time]!;
  }
  return null;
}

/** exactPercent(12.5) //=> [125n, 1000n] */
export function exactPercent(at: number): [share: bigint, whole: bigint] {
  const [whole = "", decimals = ""] = String(at).split(".");
  return [BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length)];
}

export function total(counts: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < counts.length; at += 1) sum += counts[at]!;
  return sum;
}
