import type {Actuals, WindowValue} from "../../pipeline/actuals/contract.ts";
import type {AttainmentRow, Measured} from "../../pipeline/attainment/contract.ts";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {addDays, daysIn, type IsoDate} from "../../pipeline/calendar/iso-date.ts";
import type {Calendar} from "../../pipeline/calendar/period.ts";
import type {Project, ProjectTarget} from "../../pipeline/config/project.ts";
import {resolveMeasure} from "../../pipeline/config/resolve-measure.ts";
import {resolveTarget} from "../../pipeline/config/resolve-target.ts";
import {leavesBelow, type Roster, type Segment} from "../../pipeline/config/roster.ts";
import {type Source, sourceSchema} from "../../pipeline/config/source.ts";
import {targetSchema} from "../../pipeline/config/target.ts";
import {judge} from "../../pipeline/status/judge.ts";

export const calendar: Calendar = {
  week_starts: "sunday",
  fiscal_year_starts: "07-01",
  plan_years: {"2023-2024": {from: "2023-07-01", to: "2024-06-30"}},
  shifts: ["day", "night"],
  classes: "recruit_class"
};

/** A division, or a class, of the roster: code, and when it is valid. */
export interface Unit {
  readonly code: string;
  readonly type?: string;
  readonly from?: IsoDate;
  readonly to?: IsoDate;
}

/** One row of the source; `unit` left out: of the city alone. */
export interface Row {
  readonly day: IsoDate;
  readonly unit?: string;
  readonly shift?: string;
  /** Whether it makes the numerator of a share. */
  readonly hit?: boolean;
  /** Of a deliverable. */
  readonly done?: IsoDate | null;
}

export interface Given {
  readonly target: Readonly<Record<string, unknown>>;
  /** As in a source's file; a count of meetings where it is left out. */
  readonly measure?: Readonly<Record<string, unknown>>;
  readonly source?: Readonly<Record<string, unknown>>;
  readonly units?: readonly Unit[];
  readonly rows: readonly Row[];
  readonly covered?: readonly [from: IsoDate, to: IsoDate];
  readonly through?: IsoDate;
}

export const city = {type: "city", code: "1"};

export function rosterOf(units: readonly Unit[]): Roster {
  const all = {name: "Oakton", aliases: [], parent: null, valid_from: null, valid_to: null, ...city};
  const below = units.map(({code, type = "division", from, to}): Segment => {
    return {type, code, name: code, aliases: [], parent: city, valid_from: from ?? null, valid_to: to ?? null};
  });
  return {types: ["city", "division"], segments: [all, ...below]};
}

export interface Asked {
  readonly measured: Measured;
  readonly row: AttainmentRow;
}

/** Holds one target against rows, as known at the end of what is covered: its binding row with its verdict. */
export function ask(given: Given): Asked {
  const {project, actuals} = projectOf(given);
  const options = {as_of: null, through: given.through ?? null, knownOn: () => actuals};
  const [measured] = measureTargets(project, actuals, options);
  return {measured: measured!, row: judge(measured!)};
}

export function projectOf(given: Given): {readonly project: Project; readonly actuals: Actuals} {
  const roster = rosterOf(given.units ?? []);
  const source: Source = sourceSchema.parse({
    source: "meetings",
    title: "Meetings",
    files: ["*.csv"],
    delivery: "snapshot",
    covers: {from: "rows"},
    date: "held_on",
    columns: {
      held_on: {from: "Held", type: "date", formats: ["yyyy-MM-dd"], required: true},
      done_on: {from: "Done", type: "date", formats: ["yyyy-MM-dd"]},
      kind: {from: "Kind", type: "text"},
      division: {from: "Division", segment: "division"},
      recruit_class: {from: "Class", segment: "recruit_class"}
    },
    measures: {
      meetings: {
        title: "Meetings",
        count: "rows",
        nature: "output",
        better: "higher",
        unit: "meetings",
        ...given.measure
      },
      launch: {title: "Launch", done: "done_on", better: "higher", unit: "deliverables"}
    },
    ...given.source
  });
  const origin = {file: "targets/meetings.yaml", line: 1};
  const asked = targetSchema.parse({target: "t", title: "T", measure: "meetings", period: "2024-Q1", ...given.target});
  const target: ProjectTarget = {
    ...asked,
    ...resolveTarget(asked, calendar, new Map(), null)!,
    origin,
    at: city,
    milestone: null,
    plan: null
  };
  const measures = Object.entries(source.measures).map(([name, one]) => resolveMeasure(name, one, source, roster));
  const project: Project = {
    directory: "/project",
    files: [],
    definitions: "0".repeat(64),
    settings: {} as Project["settings"],
    calendar,
    roster,
    codeLists: new Map(),
    references: new Map(),
    sources: new Map([["meetings", {...source, origin}]]),
    measures: new Map(measures.map((one) => [one.name, one])),
    targets: [target],
    plans: [],
    reports: new Map()
  };
  return {project, actuals: actualsOf(project, given)};
}

/** Counts the rows one by one: slow and plain. */
function actualsOf({roster, measures}: Project, {rows, covered = ["2020-01-01", "2025-12-31"]}: Given): Actuals {
  const [first, last] = covered;
  const unknown = (detail: string): WindowValue => ({
    value: null,
    rows_counted: null,
    reason: {code: "not_covered", detail}
  });
  const rowsOf = (segment: {readonly type: string; readonly code: string}) => {
    const below = new Set(leavesBelow(roster, segment, segment.type).map(({code}) => code));
    return rows.filter(({unit}) => segment.type === "city" || below.has(unit ?? ""));
  };
  return {
    over: (name, segment, from, to, options) => {
      const {aggregate} = measures.get(name)!;
      const own = rowsOf(segment);
      const stands = aggregate.kind === "latest" || aggregate.kind === "done";
      const [start, end] = [stands ? to : from, to];
      if (start < first || end > last) return unknown(`${to} is not covered`);
      const {valid_from, valid_to} = roster.segments.find(
        ({type, code}) => type === segment.type && code === segment.code
      )!;
      if ((valid_from ?? start) > start || (valid_to ?? end) < end)
        return unknown(`${segment.code} is not in the roster`);
      if (aggregate.kind === "done") {
        const open = own.filter(({done}) => done == null || done > to);
        const isDone = own.length > 0 && open.length === 0;
        const done_on = isDone
          ? own
              .map(({done}) => done!)
              .sort()
              .at(-1)!
          : null;
        return {value: isDone ? 1 : 0, rows_counted: own.length, done_on, reason: null};
      }
      const observed = rows
        .map(({day}) => day)
        .filter((day) => day <= to)
        .sort()
        .at(-1);
      const [begins, ends] = aggregate.kind === "latest" ? [observed ?? "9999", observed ?? "0000"] : [from, to];
      const counted = own.filter(
        ({day, shift}) => day >= begins && day <= ends && (options?.shift === undefined || shift === options.shift)
      );
      if (aggregate.kind !== "share") return {value: counted.length, rows_counted: counted.length, reason: null};
      const hits = counted.filter(({hit}) => hit === true).length;
      const {length} = counted;
      if (length === 0) return {value: null, rows_counted: null, reason: {code: "no_cases", detail: "no cases"}};
      return {value: hits / length, numerator: hits, denominator: length, rows_counted: length, reason: null};
    },
    daily: () => [],
    observations: (_measure, _segment, from, to) =>
      [...new Set(rows.map(({day}) => day))].filter((day) => day >= from && day <= to).sort(),
    lastCovered: () => last,
    horizon: () => last,
    knownTo: () => last,
    canFall: () => false,
    series: () => ["all"]
  };
}

/** So many rows on each day of a run of days. */
export function daily(from: IsoDate, to: IsoDate, count = 1, more: Partial<Row> = {}): Row[] {
  return Array.from({length: daysIn(from, to)}, (_, index) => addDays(from, index)).flatMap((day) =>
    Array.from({length: count}, () => ({day, ...more}))
  );
}

/** So many rows on one day. */
export function times(count: number, day: IsoDate, more: Partial<Row> = {}): Row[] {
  return Array.from({length: count}, () => ({day, ...more}));
}
