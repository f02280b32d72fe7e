import type {Actuals, WindowValue} from "../actuals/contract.ts";
import {earlier, type IsoDate, later} from "../calendar/iso-date.ts";
import type {ProjectMeasure, SegmentKey} from "../config/project.ts";
import {dividedBy, type Exact, exact} from "../statistics/exact.ts";

/** A measure over days with its value as a fraction of decimals: a share is its numerator over its denominator. */
export interface ReadValue extends WindowValue {
  readonly exact: Exact | null;
}

/**
 * @param knownTo Of cases that begin and end: the last day of which it is known what has ended. Cases of a period that is
 * over go on ending after it; without it they would never be decided. Never before `to`, nor after what is loaded.
 */
export function readMeasure(
  actuals: Actuals,
  {name, aggregate}: ProjectMeasure,
  segment: SegmentKey,
  {from, to, knownTo}: {readonly from: IsoDate; readonly to: IsoDate; readonly knownTo: IsoDate}
): ReadValue {
  const ofCases = aggregate.kind === "share_within" || aggregate.kind === "duration";
  const known = ofCases ? later(to, earlier(knownTo, actuals.horizon(name) ?? to)) : to;
  const read = actuals.over(name, segment, from, to, known === to ? undefined : {known_to: known});
  return {exact: exactValue(read), ...read};
}

/** exactValue({value: 0.3333, numerator: 1, denominator: 3}) is 1/3, not the nearest double. */
export function exactValue({value, numerator, denominator}: WindowValue): Exact | null {
  if (value === null) return null;
  if (numerator == null || denominator == null) return exact(value);
  return dividedBy(exact(numerator), exact(denominator)) ?? exact(value);
}
