import Big from "big.js";

/**
 * An exact quotient of decimals. Goals are written in decimals and counts are whole, so every comparison of attainment
 * can be made on cross products; a double is made only for printing. The divisor is above 0.
 */
export interface Exact {
  readonly over: Big;
  readonly under: Big;
}

/** Decimals kept by a division before it becomes a double, which holds 17 digits: enough that it is the nearest one. */
const Quotient = Big();
Quotient.DP = 40;

/** exact("2.5"), exact(1903): a decimal as written, a double by its shortest form. */
export function exact(value: string | number): Exact {
  return {over: new Big(value), under: new Big(1)};
}

export function plus(a: Exact, b: Exact): Exact {
  return {over: a.over.times(b.under).plus(b.over.times(a.under)), under: a.under.times(b.under)};
}

export function minus(a: Exact, b: Exact): Exact {
  return {over: a.over.times(b.under).minus(b.over.times(a.under)), under: a.under.times(b.under)};
}

export function times(a: Exact, b: Exact): Exact {
  return {over: a.over.times(b.over), under: a.under.times(b.under)};
}

/** @returns Null when `b` is 0. */
export function dividedBy(a: Exact, b: Exact): Exact | null {
  if (isZero(b)) return null;
  const sign = b.over.lt(0) ? -1 : 1;
  return {over: a.over.times(b.under).times(sign), under: a.under.times(b.over).times(sign)};
}

/** -1 when `a` is less than `b`, 0 when they are equal, 1 when it is more: by cross products, nothing divided. */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  return a.over.times(b.under).cmp(b.over.times(a.under));
}

export function isZero(a: Exact): boolean {
  return a.over.eq(0);
}

/** The greatest whole number that is not more: wholePart of 7 / 2 //=> 3 */
export function wholePart(a: Exact): Exact {
  const towardsZero = a.over.div(a.under).round(0, Big.roundDown);
  return {over: towardsZero.times(a.under).gt(a.over) ? towardsZero.minus(1) : towardsZero, under: new Big(1)};
}

/** The least whole number that is not less: roundedUp of 7 / 2 //=> 4 */
export function roundedUp(a: Exact): Exact {
  const below = wholePart(a);
  return {over: below.over.times(a.under).lt(a.over) ? below.over.plus(1) : below.over, under: new Big(1)};
}

/** The nearest double; toNumber of 1903 x 90 / 100 //=> 1712.7 */
export function toNumber(a: Exact): number {
  const over = Number(a.over.toString());
  const under = Number(a.under.toString());
  // A quotient of two whole numbers that doubles hold is the nearest double as it is; twenty times as fast.
  const whole = Number.isSafeInteger(over) && Number.isSafeInteger(under);
  const value = whole ? over / under : Number(new Quotient(a.over).div(a.under).toString());
  return value === 0 ? 0 : value;
}
