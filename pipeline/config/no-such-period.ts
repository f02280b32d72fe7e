import {type Calendar, periodForms} from "../calendar/period.ts";
import type {Diagnostic, Place} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {nearest} from "../diagnostics/suggest.ts";

/** @param also Words that may stand there beside the names of periods. */
export function noSuchPeriod(name: string, place: Place, calendar: Calendar, also: readonly string[] = []): Diagnostic {
  const near = nearest(name, [...also, ...Object.keys(calendar.plan_years)]);
  return complain("no-such-period", place, {
    period: name,
    forms: [...also, periodForms].join(", "),
    suggestion: near === null ? undefined : `Did you mean "${near}"?`
  });
}
