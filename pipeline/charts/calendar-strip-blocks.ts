import {endOfMonthOf, type IsoDate} from "../calendar/iso-date.ts";
import type {CalendarStripInput} from "./contract.ts";
import {type Outcome, outcomeOf} from "./part-words.ts";
import type {ChartWidth} from "./theme.ts";
import {monthName, shortMonth} from "./trend-months.ts";

export interface GridCell {
  readonly outcome: Outcome;
  /** How many parts of a cell that stands for several have this outcome; 0 where it is one. */
  readonly count: number;
}

/** Rows under one title, on one set of columns. */
export interface GridBlock {
  /** Empty where the rows' names say it. */
  readonly title: string;
  /** Over the columns; empty ones are not written. */
  readonly columns: readonly string[];
  readonly rows: readonly {readonly name: string; readonly cells: readonly (GridCell | null)[]}[];
}

/** Beyond as many sub-periods a unit has a cell a month, with the number of its gaps. */
const mostColumns = 60;
/** Days of a line: a month on a page, half of one on a phone. */
const daysInLine = {720: 31, 360: 16} as const;

/** A part or one to come. */
interface Entry {
  readonly unit: string;
  readonly name: string;
  readonly from: IsoDate;
  readonly shift: string | null;
  readonly outcome: Outcome;
}

/**
 * @param columnsFor How many columns fit beside rows of these names; figured ones hold a number too.
 */
export function gridBlocks(
  input: CalendarStripInput,
  width: ChartWidth,
  columnsFor: (names: readonly string[], isFigured: boolean) => number
): GridBlock[] {
  const entries = entriesOf(input);
  if (input.each === null) return input.every === "shift" ? shiftBlocks(entries, width) : [dayBlock(entries, width)];
  const units = [...new Map(input.parts.map(({segment}) => [segment.code, segment.name])).entries()];
  const names = units.map(([, name]) => name);
  const columns = [...new Map(entries.map((entry) => [entry.name, entry])).values()].sort(byDay);
  const isSummed = columns.length > mostColumns;
  const keyOf = ({name, from}: Pick<Entry, "name" | "from">) => (isSummed ? from.slice(0, 7) : name);
  const keys = [...new Set(columns.map(keyOf))];
  const inBlock = Math.max(1, columnsFor(names, isSummed));
  const blocks = Math.ceil(keys.length / inBlock);
  const length = Math.ceil(keys.length / blocks);
  const labels = columnNames(keys, columns, keyOf, input);
  const byCell = grouped(entries, (entry) => `${entry.unit} ${keyOf(entry)}`);
  return Array.from({length: blocks}, (_, block) => {
    const own = keys.slice(block * length, (block + 1) * length);
    return {
      title: "",
      columns: own.map((key) => labels.get(key) ?? ""),
      rows: units.map(([code, name]) => ({
        name,
        cells: own.map((key) => cellOf(byCell.get(`${code} ${key}`) ?? [], isSummed))
      }))
    };
  });
}

function entriesOf({parts, to_come, every, each}: CalendarStripInput): Entry[] {
  const known = parts.map((part) => ({
    unit: part.segment.code,
    name: part.period.name,
    from: part.period.from,
    shift: part.shift,
    outcome: outcomeOf(part)
  }));
  const units = each === null ? [""] : [...new Set(parts.map(({segment}) => segment.code))];
  const ahead = to_come.flatMap(({name, from}) =>
    units.map((unit) => ({
      unit,
      name,
      from,
      shift: every === "shift" ? name.slice(11) : null,
      outcome: "to_come" as const
    }))
  );
  return [...known, ...ahead];
}

function byDay(a: Entry, b: Entry): number {
  return a.from < b.from ? -1 : a.from > b.from ? 1 : 0;
}

/** The worst outcome of a cell, and how often it has it. */
function cellOf(entries: readonly Entry[], isSummed: boolean): GridCell | null {
  const worst = (["missed", "unknown", "open", "met", "to_come"] as const).find((outcome) =>
    entries.some((entry) => entry.outcome === outcome)
  );
  if (worst === undefined) return null;
  const isGap = worst !== "met" && worst !== "to_come";
  return {outcome: worst, count: isSummed && isGap ? entries.filter(({outcome}) => outcome === worst).length : 0};
}

/** Short names over the columns of units: months at their first week, quarters by their number. */
function columnNames(
  keys: readonly string[],
  columns: readonly Entry[],
  keyOf: (entry: Entry) => string,
  {every}: CalendarStripInput
): Map<string, string> {
  const names = new Map<string, string>();
  let before = "";
  for (const key of keys) {
    const first = columns.find((entry) => keyOf(entry) === key)!;
    const month = shortMonth(first.from.slice(0, 7)).slice(0, 3);
    const isPlain = every === "quarter" || every === "half" || every === "year" || every === "class";
    names.set(key, isPlain ? key.replace(/^\d+-(?=[QH])/, "") : month === before ? "" : month);
    before = month;
  }
  return names;
}

/** A row a month on a page; two on a phone. */
function dayBlock(entries: readonly Entry[], width: ChartWidth): GridBlock {
  const isWhole = width === 720;
  const byDate = grouped(entries, ({from}) => from);
  return {
    title: "",
    columns: isWhole ? Array.from({length: 31}, (_, index) => String(index + 1)) : [],
    rows: spansOf(entries, width).map(({month, days}) => ({
      name: isWhole ? shortMonth(month) : `${dayWords(days)} ${shortMonth(month).slice(0, 3)}`,
      cells: days.map((day) => cellOf(byDate.get(day) ?? [], false))
    }))
  };
}

/** A block a month on a page, half a month on a phone; a row a shift. */
function shiftBlocks(entries: readonly Entry[], width: ChartWidth): GridBlock[] {
  const shifts = [...new Set(entries.map(({shift}) => shift ?? ""))];
  const byShift = grouped(entries, ({from, shift}) => `${from} ${shift ?? ""}`);
  return spansOf(entries, width).map(({month, days}) => ({
    title: width === 720 ? monthName(month) : `${dayWords(days)} ${monthName(month)}`,
    columns: days.map((day) => String(Number(day.slice(8)))),
    rows: shifts.map((shift) => ({
      name: shift,
      cells: days.map((day) => cellOf(byShift.get(`${day} ${shift}`) ?? [], false))
    }))
  }));
}

/** Lines of days that hold all entries: whole months, or halves of one. */
function spansOf(
  entries: readonly Entry[],
  width: ChartWidth
): {readonly month: string; readonly days: readonly IsoDate[]}[] {
  const length = daysInLine[width];
  const months = [...new Set(entries.map(({from}) => from.slice(0, 7)))].sort();
  const found = new Set(entries.map(({from}) => from));
  return months
    .flatMap((month) => {
      const last = Number(endOfMonthOf(`${month}-01`).slice(8));
      const days = Array.from({length: last}, (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`);
      return [days.slice(0, length), days.slice(length)].map((part) => ({month, days: part}));
    })
    .filter(({days}) => days.some((day) => found.has(day)));
}

/** "1\u201316" */
function dayWords(days: readonly IsoDate[]): string {
  return `${Number(days[0]!.slice(8))}\u2013${Number(days.at(-1)!.slice(8))}`;
}

function grouped(entries: readonly Entry[], keyOf: (entry: Entry) => string): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [entry]);
    else known.push(entry);
  }
  return groups;
}
