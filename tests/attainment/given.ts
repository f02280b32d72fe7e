import type {Actuals, NullReason, WindowOptions, WindowValue} from "../../pipeline/actuals/contract.ts";
import {addDays, daysIn, type IsoDate} from "../../pipeline/calendar/iso-date.ts";
import type {Calendar} from "../../pipeline/calendar/period.ts";
import type {Project, ProjectSource, ProjectTarget, SegmentKey} from "../../pipeline/config/project.ts";
import {resolveMeasure} from "../../pipeline/config/resolve-measure.ts";
import {resolveTarget} from "../../pipeline/config/resolve-target.ts";
import type {Roster} from "../../pipeline/config/roster.ts";
import {sourceSchema} from "../../pipeline/config/source.ts";
import {targetSchema} from "../../pipeline/config/target.ts";

export const calendar: Calendar = {
  week_starts: "sunday",
  fiscal_year_starts: "07-01",
  plan_years: {"2023-2024": {from: "2023-07-01", to: "2024-06-30"}}
};

/** A city of two Areas; the second belongs to the roster from 2024 on. */
const roster: Roster = {
  types: ["city", "area"],
  segments: [
    {type: "city", code: "1", name: "Oakton", aliases: [], parent: null, valid_from: null, valid_to: null},
    {
      type: "area",
      code: "8",
      name: "Alder",
      aliases: [],
      parent: {type: "city", code: "1"},
      valid_from: null,
      valid_to: null
    },
    {
      type: "area",
      code: "9",
      name: "Birch",
      aliases: [],
      parent: {type: "city", code: "1"},
      valid_from: "2024-01-01",
      valid_to: null
    }
  ]
};

export interface Given {
  /** As in a target's file; what is left out is a fall of 10% against the year before. */
  readonly target?: Readonly<Record<string, unknown>>;
  readonly nature?: "outcome" | "output";
  /** As in a source's file: mature, freshness, series. */
  readonly source?: Readonly<Record<string, unknown>>;
  /** As in a source's file, in place of a count of rows: {latest: "rows", unit: "sites"}. */
  readonly measure?: Readonly<Record<string, unknown>> | undefined;
  /** Targets that the target follows on, as in their file. */
  readonly before?: readonly Readonly<Record<string, unknown>>[];
}

/** Columns of every kind, so that any measure can be written over them. */
const columns = {
  occurred_on: {from: "Occurred", type: "date", formats: ["yyyy-MM-dd"], required: true},
  ended_on: {from: "Ended", type: "date", formats: ["yyyy-MM-dd"]},
  hours: {from: "Hours", type: "decimal"},
  kind: {from: "Kind", type: "text"},
  area: {from: "Area", segment: "area", required: true}
};

/** A project of one source, one measure `incidents` and one target, the first of its targets. */
export function projectOf({target = {}, nature = "outcome", source = {}, measure: spec, before = []}: Given): Project {
  const read = sourceSchema.parse({
    source: "incidents",
    title: "Incidents",
    files: ["*.csv"],
    delivery: "snapshot",
    covers: {from: "rows"},
    date: "occurred_on",
    columns,
    measures: {
      incidents: {
        title: "Incidents",
        better: "none",
        unit: "incidents",
        ...(spec ?? {count: "rows", nature})
      }
    },
    ...source
  });
  const origin = {file: "targets/incidents.yaml", line: 1};
  const measure = resolveMeasure("incidents", read.measures.incidents!, read, roster);
  const asked = {
    target: "incidents-down",
    goal: {change: "-10%"},
    ...("goal" in target ? {} : {baseline: {period: "previous"}}),
    period: "2023",
    ...target
  };
  const resolved = [asked, ...before].map((one): ProjectTarget => {
    const read = targetSchema.parse({title: "Incidents down", measure: "incidents", ...one});
    return {
      ...read,
      ...resolveTarget(read, calendar, new Map(), null)!,
      origin,
      at: {type: "city", code: "1"},
      milestone: null,
      plan: null
    };
  });
  return {
    directory: "/project",
    files: [],
    definitions: "0".repeat(64),
    settings: {} as Project["settings"],
    calendar,
    roster,
    codeLists: new Map(),
    references: new Map(),
    sources: new Map<string, ProjectSource>([["incidents", {...read, origin}]]),
    measures: new Map([["incidents", measure]]),
    targets: resolved,
    plans: [],
    reports: new Map()
  };
}

export interface Days {
  /** The days that are covered. */
  readonly covered: readonly [from: IsoDate, to: IsoDate];
  /** How many happened on a day; the same in the city and in every Area. */
  readonly on: (day: IsoDate) => number;
  /** Series by the day on which each begins, in order. */
  readonly series?: readonly (readonly [name: string, from: IsoDate])[];
}

/** Actuals made from a rule of days, so that a test states its numbers in one line. */
export function actualsOf({covered: [first, last], on, series = [["all", "1000-01-01"]]}: Days): Actuals {
  const daysOf = (from: IsoDate, to: IsoDate) =>
    Array.from({length: daysIn(from, to)}, (_, index) => addDays(from, index));
  const sum = (from: IsoDate, to: IsoDate) => daysOf(from, to).reduce((all, day) => all + on(day), 0);
  return {
    over: (_measure, _segment, from, to) => {
      const days = daysIn(from, to);
      const known = daysIn(from > first ? from : first, to < last ? to : last);
      if (known === days) return {value: sum(from, to), rows_counted: sum(from, to), reason: null};
      const code: NullReason = "not_covered";
      return {value: null, rows_counted: null, reason: {code, detail: `${known} of ${days} days`}};
    },
    daily: (_measure, _segment, from, to) => daysOf(from, to).map((day) => ({day, value: on(day)})),
    observations: () => [],
    lastCovered: () => last,
    horizon: () => last,
    knownTo: () => last,
    canFall: () => false,
    series: (_measure, from, to) =>
      series
        .filter(([, begins], index) => begins <= to && (series[index + 1]?.[1] ?? "9999-12-31") > from)
        .map(([name]) => name)
  };
}

/** A window's value where a rule gives it as a number, or with what it is made of. */
type Read = number | Partial<WindowValue> | null;

/** Actuals by a rule of windows: stocks, which look at the last day, and averages. What is null is not covered. */
export function actualsBy(
  {covered, series}: Omit<Days, "on">,
  read: (from: IsoDate, to: IsoDate, options: WindowOptions, segment: SegmentKey) => Read
): Actuals {
  return {
    ...actualsOf({covered, on: () => 0, ...(series === undefined ? {} : {series})}),
    over: (_measure, segment, from, to, options = {}) => {
      const found = read(from, to, options, segment);
      if (found === null) {
        return {value: null, rows_counted: null, reason: {code: "not_covered", detail: "0 of 1 days"}};
      }
      return {rows_counted: 0, value: null, reason: null, ...(typeof found === "number" ? {value: found} : found)};
    },
    canFall: () => true
  };
}

/** A share of so many cases, as the window of a share has it. */
export function shareOf(numerator: number, denominator: number, undecided = 0): Partial<WindowValue> {
  return {value: numerator / denominator, numerator, denominator, undecided, rows_counted: denominator};
}

/** All of each count on one day: "1,903 by the end of the first month". */
export function onDays(counts: Readonly<Record<IsoDate, number>>): (day: IsoDate) => number {
  return (day) => counts[day] ?? 0;
}
