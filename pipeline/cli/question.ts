import {isIsoDate} from "../calendar/iso-date.ts";
import {type Period, parsePeriod, periodForms} from "../calendar/period.ts";
import type {Project} from "../config/project.ts";
import {type Roster, resolveSegment, type Segment} from "../config/roster.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Question} from "../run/answer.ts";
import type {Given} from "./context.ts";
import {asOfOf} from "./project.ts";

/** What a command line asks: as-of, definitions, through, period and segment. All faults are of the command line. */
export function questionOf(given: Given, project: Project): Question {
  return {
    asOf: asOfOf(given, project),
    definitions: given.text("definitions") === "now" ? "now" : "then",
    through: throughOf(given),
    period: periodOf(given, project),
    segments: segmentsOf(given, project.roster)
  };
}

function throughOf(given: Given): string | null {
  const value = given.text("through");
  if (value === undefined) return null;
  if (!isIsoDate(value)) throw new RunFailure([complain("bad-day", null, {option: "--through", value})], 2);
  return value;
}

function periodOf(given: Given, {calendar}: Project): Period | null {
  const name = given.text("period");
  if (name === undefined) return null;
  const period = parsePeriod(name, calendar);
  if (period !== null) return period;
  const years = Object.keys(calendar.plan_years);
  const suggestion = years.length === 0 ? undefined : `Plan years of this project: ${years.join(", ")}`;
  throw new RunFailure([complain("no-such-period", null, {period: name, forms: periodForms, suggestion})], 2);
}

/** Every segment that the word may mean: `Central` is a bureau and an Area; `area:Central` says which. */
function segmentsOf(given: Given, roster: Roster): Segment[] | null {
  const word = given.text("segment");
  if (word === undefined) return null;
  const found = roster.types.flatMap((type) => {
    const own = word.startsWith(`${type}:`) ? word.slice(type.length + 1) : word;
    const segment = resolveSegment(roster, type, own);
    const single = word === type && roster.segments.filter((one) => one.type === type);
    return segment !== null ? [segment] : single !== false && single.length === 1 ? single : [];
  });
  if (found.length > 0) return found;
  const known = [...roster.types, ...roster.segments.map(({name}) => name)];
  throw new RunFailure([complain("segment-not-known", null, {segment: word, known})], 2);
}
