import Big from "big.js";

/** A number of any size and decimals. One that a double holds exactly as a whole number is a double: ten times as fast. */
export type Decimal = number | Big;

/**
 * An exact quotient of decimals. Goals are written in decimals and counts are whole, so every comparison of attainment
 * can be made on cross products; a double is made only for printing. The divisor is above 0.
 */
export interface Exact {
  readonly over: Decimal;
  readonly under: Decimal;
}

/** Decimals kept by a division before it becomes a double, which holds 17 digits: enough that it is the nearest one. */
const Quotient = Big();
Quotient.DP = 40;

/** Decimals whose digits together make a whole number that doubles hold: "2.5" is 25 / 10. */
const shortDecimal = /^(-?\d{1,9})\.(\d{1,6})$/;

/** exact("2.5"), exact(1903): a decimal as written, a double by its shortest form. */
export function exact(value: string | number): Exact {
  const number = Number(value);
  if (Number.isSafeInteger(number) && (typeof value === "number" || String(number) === value))
    return fraction(number, 1);
  const [, whole, decimals] = shortDecimal.exec(String(value)) ?? [];
  if (whole !== undefined && decimals !== undefined) return fraction(Number(whole + decimals), 10 ** decimals.length);
  return {over: new Big(value), under: 1};
}

/**
 * fraction(1, 3): a third
 *
 * @param over A whole number, as is `under`; both up to 2^53.
 * @param under Above 0.
 */
export function fraction(over: number, under: number): Exact {
  return {over, under};
}

export function plus(a: Exact, b: Exact): Exact {
  return {over: sum(product(a.over, b.under), product(b.over, a.under)), under: product(a.under, b.under)};
}

export function minus(a: Exact, b: Exact): Exact {
  return plus(a, {over: product(b.over, -1), under: b.under});
}

export function times(a: Exact, b: Exact): Exact {
  return {over: product(a.over, b.over), under: product(a.under, b.under)};
}

/** @returns Null when `b` is 0. */
export function dividedBy(a: Exact, b: Exact): Exact | null {
  if (isZero(b)) return null;
  const sign = order(b.over, 0);
  return {over: product(product(a.over, b.under), sign), under: product(product(a.under, b.over), sign)};
}

/** -1 when `a` is less than `b`, 0 when they are equal, 1 when it is more: by cross products, nothing divided. */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  return order(product(a.over, b.under), product(b.over, a.under));
}

export function isZero(a: Exact): boolean {
  return order(a.over, 0) === 0;
}

/** The greatest whole number that is not more: wholePart of 7 / 2 //=> 3 */
export function wholePart({over, under}: Exact): Exact {
  if (typeof over === "number" && typeof under === "number") {
    const rest = over % under;
    return fraction((over - rest) / under - (rest < 0 ? 1 : 0), 1);
  }
  const towardsZero = new Big(over).div(under).round(0, Big.roundDown);
  return {over: towardsZero.times(under).gt(over) ? towardsZero.minus(1) : towardsZero, under: 1};
}

/** The least whole number that is not less: roundedUp of 7 / 2 //=> 4 */
export function roundedUp(a: Exact): Exact {
  const below = wholePart(a);
  return compare(below, a) < 0 ? plus(below, fraction(1, 1)) : below;
}

/** The nearest double; toNumber of 1903 x 90 / 100 //=> 1712.7 */
export function toNumber({over, under}: Exact): number {
  // A quotient of two whole numbers that doubles hold is the nearest double as it is.
  const value =
    typeof over === "number" && typeof under === "number"
      ? over / under
      : Number(new Quotient(over).div(under).toString());
  return value === 0 ? 0 : value;
}

function product(a: Decimal, b: Decimal): Decimal {
  if (typeof a === "number" && typeof b === "number") {
    const doubles = a * b;
    // Products that are rounded lie beyond.
    if (Number.isSafeInteger(doubles)) return doubles;
  }
  return new Big(a).times(b);
}

function sum(a: Decimal, b: Decimal): Decimal {
  if (typeof a === "number" && typeof b === "number") {
    const doubles = a + b;
    if (Number.isSafeInteger(doubles)) return doubles;
  }
  return new Big(a).plus(b);
}

function order(a: Decimal, b: Decimal): -1 | 0 | 1 {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  return new Big(a).cmp(b);
}
