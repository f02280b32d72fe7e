import {addDays, type IsoDate} from "../../calendar/iso-date.ts";
import type {ProjectSource} from "../../config/project.ts";
import type {Chance} from "../random.ts";
import {type Cell, type ExtractMaker, extractFile} from "../world.ts";
import {extractedOn} from "../yearly-extracts.ts";
import {logKinds} from "./log-kinds.ts";
import {type LogRow, logRows} from "./log-rows.ts";

/**
 * A log as it would be kept by those who work by the plan: its rows are drawn from the project's own measures and the
 * targets that name them. Some are entered late, some counts are corrected, some rows were entered twice: what the extract
 * shows is what was known ten days after `through`.
 */
export function planLog(source: string): ExtractMaker {
  return (world) => {
    const definition = world.project.sources.get(source)!;
    const columns = Object.keys(definition.columns);
    const records = function* (): Generator<readonly Cell[]> {
      const chance = world.chance(`${source} entries`);
      for (const row of logRows(world, source)) {
        for (const cells of entriesOf(row, definition, chance, world.through)) {
          yield columns.map((column) => cells[column] ?? null);
        }
      }
    };
    const header = columns.map((column) => definition.columns[column]!.from[0]!);
    return [{file: extractFile(source, world.through), header, records: {[Symbol.iterator]: records}}];
  };
}

type Entry = Readonly<Record<string, Cell>>;

/** The entries of a row that stand in the extract: none, one, or now and then two. Draws the same whatever `through` is. */
function entriesOf({day, cells}: LogRow, source: ProjectSource, chance: Chance, through: IsoDate): Entry[] {
  const entered = addDays(day, lag(chance));
  const corrected = addDays(day, chance.happens(0.01) ? chance.between(20, 90) : 0);
  const twice = chance.happens(0.004);
  const withdrawn = addDays(day, chance.between(30, 90));
  const minute = chance.between(0, 11) * 5;
  const hour = chance.between(7, 20);
  const wrong = chance.share();
  const extracted = extractedOn(through);
  if (day > through || entered > extracted) return [];
  const shown = timed(asFirst(cells, source, corrected > extracted ? wrong : null, day, through), source, hour, minute);
  if (!twice || withdrawn <= extracted) return [shown];
  const [key] = source.key ?? [];
  return key === undefined ? [shown] : [shown, {...shown, [key]: `${shown[key]}-2`}];
}

/** Days until a row is entered. */
function lag(chance: Chance): number {
  const share = chance.share();
  if (share < 0.85) return Math.floor(share * 7);
  return share < 0.975 ? chance.between(6, 10) : chance.between(11, 60);
}

/** Counts as first entered, before they were corrected, and what readers have made of a new item so far. */
function asFirst(cells: Entry, {columns}: ProjectSource, wrong: number | null, day: IsoDate, through: IsoDate): Entry {
  const first: Record<string, Cell> = {...cells};
  for (const name of Object.keys(columns)) {
    const cell = first[name];
    if (typeof cell !== "number") continue;
    if (wrong !== null && name === "attendees") first[name] = Math.ceil(cell * (0.5 + wrong));
    if (growing.has(name) && addDays(day, 28) > through) first[name] = Math.ceil(cell * grown(day, through));
  }
  return first;
}

const growing = new Set(["impressions", "engagements"]);

/** The part of an item's readers that have seen it; all of them after four weeks. */
function grown(day: IsoDate, through: IsoDate): number {
  const steps = [3, 7, 14, 21].filter((days) => addDays(day, days) <= through).length;
  return [0.5, 0.7, 0.82, 0.92, 0.97][steps]!;
}

/** Days with their time, where the log has it. */
function timed(cells: Entry, {source, columns, date}: ProjectSource, hour: number, minute: number): Entry {
  if (!logKinds[source]?.timed) return cells;
  const at = (hours: number) => `${String(hours).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  const times = Object.entries(columns).flatMap(([name, {type}]) => {
    const cell = cells[name];
    if (type !== "date" || typeof cell !== "string") return [];
    return [[name, `${cell} ${at(name === date ? hour : Math.min(23, hour + 3))}`] as const];
  });
  return {...cells, ...Object.fromEntries(times)};
}
