import {addDays, type IsoDate} from "../calendar/iso-date.ts";
import type {ProjectMeasure} from "../config/project.ts";
import {compare, dividedBy, type Exact, exact, plus, times, toNumber} from "../statistics/exact.ts";
import type {WindowValue} from "./contract.ts";

/*
 * Values that are made of values.
 */

/**
 * One value over another. Numerator and denominator are the two values; where these are quotients themselves, what is
 * left of them: (a / b) / (c / d) is ad / bc.
 *
 * @param sameRows Whether both count rows of one source. These are nearly always the same rows, or some of them: then the
 * ratio is made from as many as the greater of both is.
 */
export function ratioOf(of: WindowValue, by: WindowValue, sameRows: boolean): WindowValue {
  const missing = of.value === null ? of : by.value === null ? by : null;
  if (missing !== null) return {value: null, rows_counted: null, reason: missing.reason};
  const [a, b] = parted(of);
  const [c, d] = parted(by);
  const [over, under] = [times(a, d), times(b, c)];
  const value = dividedBy(over, under);
  if (value === null) return {value: null, rows_counted: null, reason: {code: "zero_base", detail: "the divisor is 0"}};
  const [ofRows, byRows] = [of.rows_counted ?? 0, by.rows_counted ?? 0];
  const sign = exact(compare(under, exact(0)));
  return {
    value: toNumber(value),
    rows_counted: sameRows ? Math.max(ofRows, byRows) : ofRows + byRows,
    numerator: toNumber(times(over, sign)),
    denominator: toNumber(times(under, sign)),
    reason: null
  };
}

function parted({value, numerator, denominator}: WindowValue): [over: Exact, under: Exact] {
  if (numerator == null || denominator == null) return [exact(value ?? 0), exact(1)];
  return [exact(numerator), exact(denominator)];
}

/**
 * A value with what stood before: on the day before the first one counted it is that alone. Earlier days nobody tells
 * of.
 */
export function plusOpening(
  {since, opening}: NonNullable<ProjectMeasure["cumulative"]>,
  to: IsoDate,
  counted: () => WindowValue
): WindowValue {
  if (to < addDays(since, -1)) {
    return {value: null, rows_counted: null, reason: {code: "not_covered", detail: `counted since ${since}`}};
  }
  const found = to < since ? {value: 0, rows_counted: 0, reason: null} : counted();
  if (found.value === null) return found;
  return {...found, value: toNumber(plus(exact(found.value), exact(opening)))};
}
