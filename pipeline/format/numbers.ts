import Big from "big.js";

/**
 * How numbers are printed, everywhere: nothing is rounded before it gets here, and here it is rounded once, on exact
 * decimals, half away from zero (0.25 -> 0.3, -0.25 -> -0.3). A minus is U+2212, which screen readers say aloud.
 */

/** Printed where a change has no base to be measured by: not calculable. */
export const notCalculable = "N.C.";

/** Printed where a value is null. */
export const unknownValue = "\u2013";

/** Beyond this share of what was asked for, a percentage is no longer plainer than words. */
export const mostReached = 2;

/** Below this base a percentage says more than the counts do, so only the counts are printed (domain notes, 3.13). */
export const smallestPercentBase = 10;

/** formatCount(1903) //=> "1,903"; a count with decimals is rounded to a whole one. */
export function formatCount(count: number): string {
  return group(quotient(count, 1, 0));
}

/**
 * A value in its measure's unit: whole numbers without decimals, others with one; unit `share` in percent.
 *
 * @example formatValue(1712.7) //=> "1,712.7"; formatValue(0.305, "share") //=> "30.5%"; formatValue(null) //=> "\u2013"
 */
export function formatValue(value: number | null, unit = ""): string {
  if (value === null) return unknownValue;
  if (unit === "share") return formatShare(value);
  const rounded = quotient(value, 1, 1);
  return group(rounded.endsWith(".0") ? rounded.slice(0, -2) : rounded);
}

/**
 * A figure in a calculation that can be done again by hand: up to six decimals, zeros at the end left out.
 *
 * @example formatFigure(1712.7) //=> "1,712.7"; formatFigure(-75 / 1903) //=> "\u22120.039411"
 */
export function formatFigure(value: number | null): string {
  if (value === null) return unknownValue;
  return group(quotient(value, 1, 6).replace(/\.?0+$/, ""));
}

/** The same with its sign: formatDifference(115.3) //=> "+115.3"; formatDifference(0) //=> "0" */
export function formatDifference(value: number | null, unit = ""): string {
  const printed = formatValue(value, unit);
  return value === null || !/[1-9]/.test(printed) || value < 0 ? printed : `+${printed}`;
}

/** A fraction 0 to 1 in percent: formatShare(0.3941) //=> "39.4%"; formatShare(0.3941, 0) //=> "39%" */
export function formatShare(share: number, decimals = 1): string {
  return `${group(quotient(new Big(share).times(100), 1, decimals))}%`;
}

/**
 * A share of what was asked for, in whole percents: neither 0% for a little, nor 100% for nearly all, nor a number for
 * several times as much.
 *
 * @example formatReached(0.9996) //=> "over 99%"; formatReached(5.83) //=> "over 200%"
 */
export function formatReached(share: number): string {
  if (share > 0 && share < 0.005) return "under 1%";
  if (share > mostReached) return `over ${formatShare(mostReached, 0)}`;
  return share < 1 && share >= 0.995 ? "over 99%" : formatShare(share, 0);
}

/** How far a change has come, of what was asked for: "39% of the way", "more than twice what was needed". */
export function formatWay(share: number): string {
  if (share < 0) return "the wrong way";
  return share > mostReached ? "more than twice what was needed" : `${formatReached(share)} of the way`;
}

/**
 * A change against its base, one decimal, with its sign.
 *
 * @returns `N.C.` when the base is 0; null when it is under 10: print the counts only.
 * @example formatPercentChange(1828, 1903) //=> "\u22123.9%"; formatPercentChange(110, 100) //=> "+10.0%"
 */
export function formatPercentChange(actual: number, base: number): string | null {
  if (base === 0) return notCalculable;
  return Math.abs(base) < smallestPercentBase ? null : formatPercent(actual, base);
}

/**
 * The percentage itself with its sign, however small the base; a base of 0 has none. A page asks `formatPercentChange`.
 *
 * @example formatPercent(2, 9) //=> "\u221277.8%"; formatPercent(8978, 9034, 2) //=> "\u22120.62%"
 */
export function formatPercent(actual: number, base: number, decimals = 1): string {
  const printed = percentOf(new Big(actual).minus(base), base, decimals);
  return actual > base && /[1-9]/.test(printed) ? `+${printed}` : printed;
}

/** The size of a change without its sign, for "Down 3.9%": formatPercentSize(1828, 1903) //=> "3.9%". The base is not 0. */
export function formatPercentSize(actual: number, base: number): string {
  return percentOf(new Big(actual).minus(base).abs(), Math.abs(base));
}

/** formatCounted(1, "day") //=> "1 day"; formatCounted(39, "day") //=> "39 days" */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function percentOf(part: Big, whole: number, decimals = 1): string {
  return `${group(quotient(part.times(100), whole, decimals))}%`;
}

/** Divides and rounds in one step, so that no number is rounded twice. */
function quotient(part: Big | number, whole: number, decimals: number): string {
  if (whole === 1) return new Big(part.toString()).toFixed(decimals, Big.roundHalfUp);
  const Rounded = roundedTo(decimals);
  return new Rounded(part.toString()).div(whole.toString()).toFixed(decimals);
}

/** By decimals: to make one takes longer than to divide. */
const constructors = new Map<number, Big.BigConstructor>();

function roundedTo(decimals: number): Big.BigConstructor {
  const known = constructors.get(decimals);
  if (known !== undefined) return known;
  const Rounded = Big();
  Rounded.DP = decimals;
  Rounded.RM = Big.roundHalfUp;
  constructors.set(decimals, Rounded);
  return Rounded;
}

function group(digits: string): string {
  const [whole = "", fraction] = digits.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = digits.startsWith("-") && /[1-9]/.test(digits) ? "\u2212" : "";
  return `${sign}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}
