import {type IsoDate, toDay} from "../../pipeline/calendar/iso-date.ts";
import {addSpan, rollingFrom} from "../../pipeline/calendar/span.ts";
import type {ProjectMeasure} from "../../pipeline/config/project.ts";
import type {Condition} from "../../pipeline/config/where.ts";

// Every kind of measure counted by a plain look at each row, as its meaning says: slow, and by no code of the pipeline's.

export interface CaseRow {
  readonly id: number;
  readonly day: IsoDate;
  readonly area: string;
  readonly cls: string | null;
  readonly ended: IsoDate | null;
  readonly gone: IsoDate | null;
  readonly hours: number | null;
  readonly person: string | null;
  readonly sex: string | null;
  readonly watch: string | null;
}

export interface PlainWindow {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly known: IsoDate;
  readonly isOwn: (row: CaseRow) => boolean;
  readonly shift: string | null;
  /** Partitions that are observed each for itself, each with those of its rows; one in all without partition. */
  readonly observed: readonly ((row: CaseRow) => boolean)[];
}

export interface PlainValue {
  readonly value: number | null;
  readonly rows: number;
  readonly undecided?: number;
  readonly done_on?: IsoDate | null;
}

type Measures = ReadonlyMap<string, ProjectMeasure>;

export function plainValue(measures: Measures, name: string, all: readonly CaseRow[], asked: PlainWindow): PlainValue {
  const measure = measures.get(name)!;
  const {rolling, cumulative} = measure;
  if (rolling !== undefined) return ofWindow(measures, measure, all, {...asked, from: rollingFrom(asked.to, rolling)});
  if (cumulative === undefined) return ofWindow(measures, measure, all, asked);
  const since = ofWindow(measures, measure, all, {...asked, from: cumulative.since});
  return {...since, value: near((since.value ?? 0) + Number(cumulative.opening))};
}

function ofWindow(
  measures: Measures,
  measure: ProjectMeasure,
  all: readonly CaseRow[],
  asked: PlainWindow
): PlainValue {
  const {aggregate, where} = measure;
  const {from, to, known, isOwn, shift, observed} = asked;
  const counts = (row: CaseRow, of: Record<string, Condition> = where) =>
    Object.entries(of).every((one) => meets(row, one)) &&
    isOwn(row) &&
    (shift === null || row.watch?.trim().toLowerCase() === shift);
  const own = all.filter((row) => counts(row));
  const within = own.filter(({day}) => day >= from && day <= to);
  const only = (value: number): PlainValue => ({value, rows: value});
  const hours = (rows: readonly CaseRow[]) => rows.flatMap((row) => row.hours ?? []);
  const sum = (rows: readonly CaseRow[]) => near(hours(rows).reduce((a, b) => a + b, 0));
  const distinct = (rows: readonly CaseRow[]) => new Set(rows.flatMap(({person}) => person ?? [])).size;
  const named = (rows: readonly CaseRow[]) => rows.filter(({person}) => person !== null);
  const over = (a: number, b: number, rows: number): PlainValue =>
    b === 0 ? {value: null, rows: 0} : {value: a / b, rows};
  switch (aggregate.kind) {
    case "rows":
      if (aggregate.date === null) return only(within.length);
      return only(own.filter(({ended}) => ended !== null && ended >= from && ended <= to).length);
    case "sum":
      return {value: sum(within), rows: within.length};
    case "distinct":
      return {value: distinct(within), rows: named(within).length};
    case "mean":
      return over(sum(within), hours(within).length, hours(within).length);
    case "min":
    case "max": {
      const values = hours(within);
      if (values.length === 0) return {value: null, rows: 0};
      return {value: Math[aggregate.kind](...values), rows: values.length};
    }
    case "percentile": {
      const values = hours(within).sort((a, b) => a - b);
      if (values.length === 0) return {value: null, rows: 0};
      const place = ((values.length - 1) * aggregate.at) / 100;
      const [low, high] = [values[Math.floor(place)]!, values[Math.ceil(place)]!];
      return {value: low + (high - low) * (place - Math.floor(place)), rows: values.length};
    }
    case "share": {
      const of = within.filter((row) => counts(row, aggregate.where));
      return aggregate.weight === null
        ? over(of.length, within.length, within.length)
        : over(sum(of), sum(within), within.length);
    }
    case "ratio": {
      const [a, b] = [aggregate.of, aggregate.to].map((name) => plainValue(measures, name, all, asked));
      if (a!.value === null || b!.value === null) return {value: null, rows: 0};
      return over(a!.value, b!.value, Math.max(a!.rows, b!.rows));
    }
    case "share_within": {
      const cases = within.filter(({day, ended}) => day <= known && (ended === null || ended >= day));
      const limit = ({day}: CaseRow) => addSpan(day, aggregate.within);
      const decided = cases.filter((row) => limit(row) <= known);
      const ended = decided.filter((row) => row.ended !== null && row.ended <= limit(row));
      return {...over(ended.length, decided.length, decided.length), undecided: cases.length - decided.length};
    }
    case "duration": {
      const cases = within.filter(({day, ended}) => day <= known && (ended === null || ended >= day));
      const times = cases.map(({day, ended}) => {
        const isEnded = ended !== null && ended <= known;
        return {days: toDay(isEnded ? ended : known) - toDay(day), isEnded};
      });
      const ended = times.filter(({isEnded}) => isEnded);
      if (aggregate.at === null) {
        const days = ended.reduce((all, one) => all + one.days, 0);
        return {...over(days, ended.length, ended.length), undecided: cases.length - ended.length};
      }
      // The product of fractions as it stands in books, a case at a time; of small numbers that is near enough.
      let open = 1;
      for (const days of [...new Set(ended.map((one) => one.days))].sort((a, b) => a - b)) {
        const atRisk = times.filter((one) => one.days >= days).length;
        open *= 1 - ended.filter((one) => one.days === days).length / atRisk;
        if (1 - open >= aggregate.at / 100 - 1e-9) return {value: days, rows: cases.length};
      }
      return {value: null, rows: 0};
    }
    case "latest": {
      const lasts = observed.map((isOf) => {
        const days = all.filter((row) => isOf(row) && row.day <= to).map(({day}) => day);
        return {isOf, last: days.sort().at(-1)};
      });
      if (lasts.every(({last}) => last === undefined)) return {value: null, rows: 0};
      const rows = own.filter((row) => lasts.some(({isOf, last}) => isOf(row) && row.day === last));
      if (aggregate.of === "rows") return only(rows.length);
      if (aggregate.of === "sum") return {value: sum(rows), rows: rows.length};
      return {value: distinct(rows), rows: named(rows).length};
    }
    case "standing": {
      const {date, until} = aggregate;
      const stands = (row: CaseRow) => {
        const [begun, over] = [dayOf(row, date ?? "day"), dayOf(row, until)];
        return begun !== null && begun <= to && (over === null || over > to);
      };
      return only(own.filter(stands).length);
    }
    case "done": {
      const isDone = own.length > 0 && own.every(({ended}) => ended !== null && ended <= to);
      const done_on = isDone
        ? own
            .map(({ended}) => ended)
            .sort()
            .at(-1)!
        : null;
      return {value: isDone ? 1 : 0, rows: own.length, done_on};
    }
  }
}

function dayOf(row: CaseRow, column: string): IsoDate | null {
  return row[column as "day" | "ended" | "gone"];
}

/** Sums of quarters are told by doubles as they are. */
function near(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function meets(row: CaseRow, [column, of]: [string, Condition]): boolean {
  if (typeof of === "object" && "not" in of) return !meets(row, [column, of.not]);
  const value = row[column as keyof CaseRow];
  if (typeof of === "object" && "absent" in of) return value === null;
  if (value === null) return false;
  if (Array.isArray(of)) return of.includes(String(value));
  if (typeof of === "object" && "from" in of) return value >= of.from!;
  return typeof of === "object" ? true : value === of;
}
