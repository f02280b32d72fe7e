import type {Trend, TrendMonth} from "../comparisons/contract.ts";
import type {RuleItem} from "./spec-parts.ts";
import {palette} from "./theme.ts";
import {monthName} from "./trend-months.ts";

/** What a shade means, and the same in short. */
export const shadeHints = ["shaded: late reports may still come in", "shaded: provisional"] as const;

/** Behind what is not all known yet: where a line falls there, that is no finding. In px of the frame. */
export function shade(left: number, right: number, top: number, bottom: number): RuleItem {
  const middle = (left + right) / 2;
  const width = Math.round((right - left) * 10) / 10;
  return {x: middle, x2: middle, y: top, y2: bottom, colour: palette.shade, width};
}

/** First of the months of which late reports may still come in, by its index; null where all are settled. */
export function firstProvisional({provisional_from}: Trend, months: readonly TrendMonth[]): number | null {
  if (provisional_from === undefined) return null;
  const first = months.findIndex(({to}) => to >= provisional_from);
  return first < 0 ? null : first;
}

/** From the first provisional month of a panel on. */
export function provisionalShade(
  trend: Trend,
  months: readonly TrendMonth[],
  {left, right, top, bottom, step}: Readonly<Record<"left" | "right" | "top" | "bottom" | "step", number>>
): RuleItem[] {
  const first = firstProvisional(trend, months);
  return first === null ? [] : [shade(left + first * step, right, top, bottom)];
}

/** "From February 2024 on late reports may still come in." */
export function provisionalPhrase(trend: Trend, months: readonly TrendMonth[]): string[] {
  const first = firstProvisional(trend, months);
  return first === null ? [] : [`From ${monthName(months[first]!.month)} on late reports may still come in.`];
}
